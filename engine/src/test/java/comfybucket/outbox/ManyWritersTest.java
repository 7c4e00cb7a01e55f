package comfybucket.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.assurance.Assurance;
import comfybucket.assurance.Promise;
import comfybucket.naming.Batch;
import comfybucket.naming.ItemName;
import comfybucket.naming.NameTemplate;
import comfybucket.naming.OnConflict;
import comfybucket.naming.Suffix;
import comfybucket.naming.Widgets;
import comfybucket.profile.ProfileRef;
import comfybucket.store.http.Response;
import comfybucket.store.personality.Personality;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many machines that save with one template lose and replace nothing. */
@Timeout(7200)
class ManyWritersTest {
    private static final int MACHINES = 8;
    private static final int WRITERS = 64;

    /** What a store does when it is asked to write only if nothing is there. */
    enum Condition {
        HEEDED("with conditional writes"),
        REFUSED("without conditional writes"),
        IGNORED("that ignores the condition in silence");

        private final String words;

        Condition(String words) {
            this.words = words;
        }

        Home home(Path folder) throws IOException {
            Home home = switch (this) {
                case HEEDED -> new Home(folder, "MinIO");
                case REFUSED -> new Home(folder, "Custom");
                case IGNORED -> new Home(folder, Personality.CUSTOM);
            };
            if (this == REFUSED) {
                home.front = (request, store) ->
                        request.headers().has("If-None-Match") ? Response.of(501) : store.handle(request);
            }
            return home;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFileIsThere(Condition condition, @TempDir Path folder) throws Exception {
        int saves = Assurance.cases(20, 1000);
        try (Home home = condition.home(folder)) {
            List<Home.Life> machines = new ArrayList<>();
            for (int i = 0; i < MACHINES; i++) {
                machines.add(home.life());
            }
            boolean createsOnly = home.bucket().store().capabilities().createOnly();
            assertThat(createsOnly).isEqualTo(condition == Condition.HEEDED);
            List<Future<Map<String, String>>> writers = new ArrayList<>();
            Map<String, String> expected = new HashMap<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < WRITERS; i++) {
                    Home.Life machine = machines.get(i % MACHINES);
                    int writer = i;
                    writers.add(threads.submit(() -> save(home, machine, writer, saves, createsOnly)));
                }
                for (Future<Map<String, String>> writer : writers) {
                    expected.putAll(writer.get());
                }
            }
            assertThat(expected).as("keys that a writer was told").hasSize(WRITERS * saves);
            awaitEmpty(machines);
            List<String> keys = home.keys();
            // As sets: to compare lists in any order takes a time that grows with the square of their length.
            assertThat(keys).hasSize(expected.size());
            assertThat(new HashSet<>(keys)).isEqualTo(expected.keySet());
            for (Map.Entry<String, String> file : expected.entrySet()) {
                assertThat(home.read(file.getKey())).asString(UTF_8).isEqualTo(file.getValue());
            }
            Assurance.shown(
                    Promise.NEVER_REPLACED,
                    WRITERS + " writers with one template, wait and background, on a store " + condition.words,
                    WRITERS * saves + " saves, all distinct, all right");
        }
    }

    /** However long it takes, as long as it goes on. */
    private static void awaitEmpty(List<Home.Life> machines) throws InterruptedException {
        for (int left = waiting(machines); left > 0; ) {
            int before = left;
            Home.await(() -> waiting(machines) < before);
            left = waiting(machines);
        }
    }

    private static int waiting(List<Home.Life> machines) {
        return machines.stream().mapToInt(machine -> machine.outbox.waiting()).sum();
    }

    private static Map<String, String> save(Home home, Home.Life machine, int writer, int saves, boolean createsOnly) {
        Map<String, String> saved = new HashMap<>();
        for (int i = 0; i < saves; i++) {
            boolean waits = (writer + i) % 3 != 0;
            boolean renames = waits && createsOnly;
            ItemName name = machine.namer
                    .names(
                            new NameTemplate("", "cat", "txt"),
                            new Batch(
                                    1,
                                    OptionalInt.empty(),
                                    OptionalInt.empty(),
                                    Widgets.of(Optional.empty(), Optional.empty())),
                            home.bucket().keys(),
                            Suffix.of(OnConflict.RENAME, !renames))
                    .getFirst();
            String text = "writer " + writer + " save " + i;
            Accepted accepted = machine.outbox.accept(new Draft(
                    ProfileRef.DEFAULT,
                    home.bucket(),
                    name.first(),
                    renames ? Optional.of(name) : Optional.empty(),
                    OnConflict.RENAME,
                    "text/plain",
                    new Source.Bytes(MemorySegment.ofArray(text.getBytes(UTF_8)), "txt")));
            if (waits) {
                saved.put(accepted.send(moved -> {}).value(), text);
            } else {
                saved.put(accepted.key().value(), text);
                accepted.sendLater();
            }
        }
        return saved;
    }
}
