/**
 * Providers as they are known to differ from a store that does everything right: small habits, one quirk each, put in
 * front of the embedded store, and for each provider the list of its habits.
 */
package comfybucket.store.personality;
