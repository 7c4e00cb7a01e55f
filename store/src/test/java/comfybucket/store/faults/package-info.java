/**
 * What can go wrong between a client and a store, on purpose and reproducibly: for the tests of the engine and, as a
 * process, for those in other languages.
 */
package comfybucket.store.faults;
