package comfybucket.storage.s3;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps many requests at once from storming a store that is in trouble: each retry takes tokens from a common store of
 * them, successes give a few back. The figures are those of the standard retry mode of AWS's SDKs.
 */
final class RetryBudget {
    private static final int TOKENS = 500;
    private static final int RETRY = 5;

    private final AtomicInteger left = new AtomicInteger(TOKENS);

    /** Whether there may be one more retry. */
    boolean take() {
        return left.getAndUpdate(tokens -> tokens < RETRY ? tokens : tokens - RETRY) >= RETRY;
    }

    /** @param tries how many it took */
    void succeeded(int tries) {
        int back = tries > 1 ? RETRY : 1;
        left.updateAndGet(tokens -> Math.min(TOKENS, tokens + back));
    }
}
