/**
 * The S3 adapter: {@link comfybucket.storage.ObjectStore} on the AWS SDK for Java. Nothing outside of this package sees
 * the SDK, and none of its exceptions leaves it.
 */
package comfybucket.storage.s3;
