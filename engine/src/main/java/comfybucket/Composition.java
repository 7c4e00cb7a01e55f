package comfybucket;

import comfybucket.backup.Backups;
import comfybucket.connect.Buckets;
import comfybucket.media.cache.MediaCache;
import comfybucket.naming.Counters;
import comfybucket.naming.LocalClock;
import comfybucket.naming.Namer;
import comfybucket.node.Host;
import comfybucket.node.Nodes;
import comfybucket.outbox.Notice;
import comfybucket.outbox.Outbox;
import comfybucket.outbox.OutboxPlace;
import comfybucket.profile.Machine;
import comfybucket.profile.Profiles;
import comfybucket.profile.ProfilesPlace;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** The parts of the engine behind one ComfyUI, and their end. */
final class Composition implements AutoCloseable {
    private final Machine machine;
    private final Deque<Outbox> outboxes = new ArrayDeque<>();
    private final Deque<Backups> backups = new ArrayDeque<>();

    Composition(Machine machine) {
        this.machine = machine;
    }

    /** @param notices are told to ComfyUI's page */
    synchronized Nodes nodes(Host host, Consumer<Notice> notices) {
        Path file = ProfilesPlace.find(machine, Optional.empty(), host.user());
        Profiles profiles = new Profiles(machine, file);
        Buckets buckets = Buckets.remembering(profiles::resolve, machine.storesFolder());
        Path place = OutboxPlace.find(file, machine.dataFolder());
        Counters counters = Counters.in(place.resolveSibling("counters.json"));
        Namer namer = new Namer(new LocalClock(), new SecureRandom(), counters);
        Outbox outbox = new Outbox(place, buckets::open, namer, notices);
        outboxes.push(outbox);
        outbox.start(profiles::version);
        host.output().ifPresent(output -> {
            Backups backup = new Backups(output, profiles::backingUp, buckets, outbox, namer, notices);
            backups.push(backup);
            backup.start();
        });
        return new Nodes(buckets, outbox, namer, host, MediaCache.of(machine));
    }

    /** Uploads that are under way get a moment; connections end with the process. */
    @Override
    public synchronized void close() {
        backups.forEach(Backups::close);
        outboxes.forEach(Outbox::close);
    }
}
