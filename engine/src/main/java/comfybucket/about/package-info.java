/** What this build is. */
package comfybucket.about;
