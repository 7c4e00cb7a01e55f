/**
 * What is accepted for upload and not yet in the bucket: on disk before its upload starts, sent by this process or, when
 * that dies, by the next one.
 */
package comfybucket.outbox;
