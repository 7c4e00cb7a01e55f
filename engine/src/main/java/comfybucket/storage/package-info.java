/**
 * The storage port: one bucket of one profile as the rest of the engine sees it. Nothing here knows which protocol or
 * library stands behind it; {@link comfybucket.storage.ObjectStore} holds the contract.
 */
package comfybucket.storage;
