/** Loaded pictures, sounds and videos as files of this machine, so that what has not changed is not fetched again. */
package comfybucket.media.cache;
