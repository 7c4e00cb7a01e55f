/** S3's operations, one file each, and what they share. */
package comfybucket.store.s3;
