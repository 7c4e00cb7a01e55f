package comfybucket.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import comfybucket.connect.Bucket;
import comfybucket.connect.Buckets;
import comfybucket.naming.Batch;
import comfybucket.naming.Counters;
import comfybucket.naming.ItemName;
import comfybucket.naming.NameTemplate;
import comfybucket.naming.Namer;
import comfybucket.naming.OnConflict;
import comfybucket.naming.Suffix;
import comfybucket.naming.Widgets;
import comfybucket.profile.Machine;
import comfybucket.profile.ProfileRef;
import comfybucket.profile.Profiles;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** Saves for ever, under one template, and says what was accepted; made to be killed. */
final class SavingProcess {
    /** Each file begins with the name under which it was accepted. */
    static final int ID_LENGTH = 20;

    private static final int THREADS = 8;

    /** Goes in parts; one thread of some processes saves such files. */
    private static final int LARGE = 33 << 20;

    private static final int SAVES_LARGE = 20;

    private SavingProcess() {}

    public static void main(String[] args) throws InterruptedException {
        Machine machine = Machine.ofThisProcess();
        Buckets buckets = new Buckets(new Profiles(machine, Path.of(args[1], "profiles.json"))::resolve);
        Namer namer = new Namer(Clock.system(ZoneOffset.UTC), new SecureRandom(), Counters.inMemory());
        Outbox outbox = new Outbox(Path.of(args[0]), buckets::open, namer, notice -> {});
        outbox.start();
        PrintStream out = System.out;
        out.println("ready");
        AtomicInteger count = new AtomicInteger();
        for (int thread = 0; thread < THREADS; thread++) {
            boolean waits = thread % 2 == 0;
            boolean large = thread == 0 && Integer.parseInt(args[2]) % SAVES_LARGE == 0;
            Thread.ofPlatform().start(() -> {
                while (true) {
                    String id = String.format(
                            Locale.ROOT, "%08d-%011d", Integer.parseInt(args[2]), count.incrementAndGet());
                    Bucket bucket = buckets.open(ProfileRef.DEFAULT);
                    ItemName name = namer.names(
                                    new NameTemplate("", "cat", "txt"),
                                    new Batch(
                                            1,
                                            OptionalInt.empty(),
                                            OptionalInt.empty(),
                                            Widgets.of(Optional.empty(), Optional.empty())),
                                    bucket.keys(),
                                    Suffix.of(OnConflict.RENAME, !waits))
                            .getFirst();
                    Accepted accepted = outbox.accept(new Draft(
                            ProfileRef.DEFAULT,
                            bucket,
                            name.first(),
                            waits ? Optional.of(name) : Optional.empty(),
                            OnConflict.RENAME,
                            "text/plain",
                            new Source.Bytes(
                                    MemorySegment.ofArray(
                                            (id + "x".repeat(large ? LARGE : count.get() % 5000)).getBytes(UTF_8)),
                                    "txt")));
                    synchronized (out) {
                        out.println(id);
                    }
                    if (waits) {
                        accepted.send(moved -> {});
                    } else {
                        accepted.sendLater();
                    }
                }
            });
        }
        Thread.sleep(Long.MAX_VALUE);
    }
}
