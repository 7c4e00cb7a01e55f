/** The catalogue of everything that can go wrong for a user, and the one exception that carries an entry of it. */
package comfybucket.error;
