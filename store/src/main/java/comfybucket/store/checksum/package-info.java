/** The checksums that S3 knows. */
package comfybucket.store.checksum;
