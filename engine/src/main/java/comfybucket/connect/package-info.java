/** From the names on a profile wire to an open bucket: settings, connection and keys together. */
package comfybucket.connect;
