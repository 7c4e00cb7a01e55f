/** Runs the embedded store for profiles of the provider {@code Local}. */
package comfybucket.local;
