/** As much XML as S3 needs: a writer for answers, and a reader for requests that expands nothing and has limits. */
package comfybucket.store.xml;
