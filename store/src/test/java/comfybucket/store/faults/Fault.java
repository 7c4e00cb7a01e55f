package comfybucket.store.faults;

import comfybucket.store.faults.Strike.Break;
import comfybucket.store.faults.Strike.Damage;
import comfybucket.store.faults.Strike.Refuse;
import java.util.List;

/** What can go wrong with a request to an S3 store. */
@SuppressWarnings("ImmutableEnumChecker") // a message is never changed
public enum Fault {
    INTERNAL_ERROR(Refuse.s3(500, "InternalError", "We encountered an internal error. Please try again.")),
    /** An error without a word about it. */
    BARE_ERROR(Refuse.bare(500)),
    /** What a reverse proxy says whose store is gone. */
    BAD_GATEWAY(Refuse.page(502, "<html><body>Bad gateway</body></html>")),
    GATEWAY_TIMEOUT(Refuse.page(504, "<html><body>Gateway timeout</body></html>")),
    BUSY(Refuse.s3(503, "SlowDown", "Please reduce your request rate.")),
    BUSY_FOR_A_SECOND(
            Refuse.s3(503, "SlowDown", "Please reduce your request rate.").after(1)),
    TOO_MANY_REQUESTS(Refuse.s3(429, "TooManyRequests", "Too many requests")),
    TOO_MANY_FOR_A_SECOND(Refuse.bare(429).after(1)),
    /** The store says that the body came too slowly. */
    REQUEST_TIMEOUT(Refuse.s3(400, "RequestTimeout", "Your socket connection was not read from or written to.")),
    /** The store's clock is a day ahead. */
    WRONG_CLOCK(Refuse.s3(403, "RequestTimeTooSkewed", "The difference is too large.")
            .tomorrow()),
    /** Status 200, and an error in the body, as S3 does after a copy. */
    ERROR_IN_SUCCESS(Refuse.s3(200, "InternalError", "We encountered an internal error. Please try again.")),
    /** The connection is reset; after the effect that is a lost acknowledgement. */
    RESET(Break.RESET),
    /** The connection is closed in good order; after the effect that is a lost acknowledgement too. */
    HANG_UP(Break.HANG_UP),
    /** Nothing more comes, and the connection stays. */
    SILENCE(Break.SILENCE),
    /** The connection is closed within the answer. */
    CUT(Damage.CUT),
    /** The rest of the answer comes byte by byte. */
    DRIP(Damage.DRIP),
    /** One bit of the request's body arrives wrong. */
    FLIPPED_UP(new Strike.Flip()),
    /** One bit of the answer's body arrives wrong. */
    FLIPPED_DOWN(Damage.FLIP),
    /** More is announced than comes. */
    TOO_LONG(Damage.TOO_LONG),
    /** More comes than is announced. */
    TOO_SHORT(Damage.TOO_SHORT),
    /** The body lacks its end, and the announced length agrees: a truncated listing, an early clean end. */
    CLEAN_END(Damage.CLEAN_END),
    /** Something that is no HTTP. */
    GARBAGE(Damage.GARBAGE),
    /** The answer is right but for its Date. */
    WRONG_DATE(Damage.WRONG_DATE);

    /** What a client that tries again gets over, whatever it asked. */
    public static final List<Fault> PASSING = List.of(
            INTERNAL_ERROR,
            BARE_ERROR,
            BAD_GATEWAY,
            GATEWAY_TIMEOUT,
            BUSY,
            TOO_MANY_REQUESTS,
            REQUEST_TIMEOUT,
            ERROR_IN_SUCCESS,
            RESET,
            HANG_UP,
            CUT,
            FLIPPED_UP,
            GARBAGE,
            WRONG_DATE);

    private final Strike strike;

    Fault(Strike strike) {
        this.strike = strike;
    }

    Strike strike() {
        return strike;
    }
}
