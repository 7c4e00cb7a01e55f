package comfybucket.store.personality;

import comfybucket.store.http.Handler;
import comfybucket.store.sign.Resigner;

/** One thing in which a provider differs from a store that does everything right. */
@FunctionalInterface
interface Habit {
    /**
     * The store with this habit.
     *
     * @param resigner for a habit that changes what a client has signed
     */
    Handler around(Handler store, Resigner resigner);
}
