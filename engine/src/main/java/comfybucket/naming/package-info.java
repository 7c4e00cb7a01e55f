/** Names of saved files: tokens, keys that S3 can store, and keys that replace nothing. */
package comfybucket.naming;
