/** Checksums that the JDK lacks, and what can be done with checksums without the bytes. */
package comfybucket.checksum;
