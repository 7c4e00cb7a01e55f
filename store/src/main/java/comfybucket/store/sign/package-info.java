/** Signature Version 4, from the server's side: who signed a request, and is it what was signed. */
package comfybucket.store.sign;
