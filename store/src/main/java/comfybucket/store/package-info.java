/** The S3 server behind the {@code Local} provider: plain files in a folder, served as a bucket. Knows nothing of the engine. */
package comfybucket.store;
