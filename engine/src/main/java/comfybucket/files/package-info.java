/** What the JDK lacks for files and folders. */
package comfybucket.files;
