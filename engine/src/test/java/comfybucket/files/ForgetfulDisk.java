package comfybucket.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory that remembers all that was done to it, and so can become what a real one may be after a crash: after
 * the end of a process it has everything up to a moment, after a power cut what was forced and any part of the rest.
 */
public final class ForgetfulDisk implements Disk {
    /** What a disk writes whole or not at all. */
    private static final int SECTOR = 512;

    /** What becomes of a call before it is done. */
    public interface Fault {
        /** @throws IOException instead of doing it */
        void before(int call) throws IOException;

        /** How many of so many bytes a write takes. */
        default int taken(int call, int bytes) {
            return bytes;
        }
    }

    private static final class Content {
        private byte[] bytes = new byte[0];
        private Instant modified = Instant.now();

        Content copy() {
            Content copy = new Content();
            copy.bytes = bytes.clone();
            copy.modified = modified;
            return copy;
        }

        void write(byte[] from, int at) {
            if (at + from.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, at + from.length);
            }
            System.arraycopy(from, 0, bytes, at, from.length);
        }
    }

    /** One thing that was done, of which a crash may leave all, nothing, or parts. */
    private sealed interface Step {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Write(int file, byte[] bytes, int at) implements Step {}

        record Resize(int file, int size) implements Step {}

        record Modified(int file, Instant time) implements Step {}

        record ForceFile(int file) implements Step {}

        /** At one moment; a file of -1 is none. */
        record Names(Map<Path, Integer> names) implements Step {}

        record ForceFolder(Path folder) implements Step {}
    }

    private final Map<Path, Integer> names = new TreeMap<>();
    private final List<Content> files = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<Path, Integer> firstNames;
    private final List<Content> firstFiles;
    private Fault fault = call -> {};
    private int calls;

    public ForgetfulDisk() {
        this(Map.of(), List.of());
    }

    private ForgetfulDisk(Map<Path, Integer> names, List<Content> files) {
        this.names.putAll(names);
        files.forEach(file -> this.files.add(file.copy()));
        this.firstNames = Map.copyOf(names);
        this.firstFiles = List.copyOf(files);
    }

    public synchronized void set(Fault next) {
        fault = next;
        calls = 0;
    }

    /** How many calls there were since the last {@link #set}. */
    public synchronized int calls() {
        return calls;
    }

    /** How many things were done that change the disk. */
    public synchronized int steps() {
        return steps.size();
    }

    /** The bytes under a name now. */
    public synchronized Optional<byte[]> content(Path name) {
        return Optional.ofNullable(names.get(name))
                .map(file -> files.get(file).bytes.clone());
    }

    public synchronized List<Path> all() {
        return List.copyOf(names.keySet());
    }

    /** As the same disk is, with all that was done up to a step, when the process has been killed there. */
    public synchronized ForgetfulDisk afterKill(int step) {
        ForgetfulDisk disk = new ForgetfulDisk(firstNames, firstFiles);
        steps.subList(0, step).forEach(disk::redo);
        return new ForgetfulDisk(disk.names, disk.files);
    }

    /** As it may be after a power cut at a step. */
    public synchronized ForgetfulDisk afterPowerCut(int step, Random random) {
        List<Step> kept = new ArrayList<>();
        double share = random.nextDouble();
        for (int i = 0; i < step; i++) {
            switch (steps.get(i)) {
                case Step.Write write -> {
                    for (int at = 0; at < write.bytes().length; at += SECTOR) {
                        if (isForced(write.file(), i, step) || random.nextDouble() < share) {
                            int end = Math.min(at + SECTOR, write.bytes().length);
                            kept.add(new Step.Write(
                                    write.file(), Arrays.copyOfRange(write.bytes(), at, end), write.at() + at));
                        }
                    }
                }
                case Step.Resize resize -> keep(kept, resize, isForced(resize.file(), i, step), share, random);
                case Step.Modified time -> keep(kept, time, isForced(time.file(), i, step), share, random);
                case Step.Names change -> keep(kept, change, isForced(change.names(), i, step), share, random);
                case Step.ForceFile force -> {}
                case Step.ForceFolder force -> {}
            }
        }
        ForgetfulDisk disk = new ForgetfulDisk(firstNames, firstFiles);
        while (disk.files.size() < files.size()) {
            disk.files.add(new Content());
        }
        kept.forEach(disk::redo);
        return new ForgetfulDisk(disk.names, disk.files);
    }

    private static void keep(List<Step> kept, Step step, boolean forced, double share, Random random) {
        if (forced || random.nextDouble() < share) {
            kept.add(step);
        }
    }

    private boolean isForced(int file, int from, int to) {
        return steps.subList(from, to).contains(new Step.ForceFile(file));
    }

    private boolean isForced(Map<Path, Integer> changed, int from, int to) {
        Path folder = changed.keySet().iterator().next().getParent();
        return steps.subList(from, to).contains(new Step.ForceFolder(folder));
    }

    private void redo(Step step) {
        switch (step) {
            case Step.Write(int file, byte[] bytes, int at) -> file(file).write(bytes, at);
            case Step.Resize(int file, int size) -> file(file).bytes = Arrays.copyOf(file(file).bytes, size);
            case Step.Modified(int file, Instant time) -> file(file).modified = time;
            case Step.Names(Map<Path, Integer> changed) ->
                changed.forEach((name, file) -> {
                    if (file < 0) {
                        names.remove(name);
                    } else {
                        var _ = file(file);
                        names.put(name, file);
                    }
                });
            case Step.ForceFile force -> {}
            case Step.ForceFolder force -> {}
        }
    }

    private Content file(int number) {
        while (files.size() <= number) {
            files.add(new Content());
        }
        return files.get(number);
    }

    private void step(Step step) {
        redo(step);
        steps.add(step);
    }

    private int call() throws IOException {
        fault.before(calls);
        return calls++;
    }

    private int numberOf(Path file) throws IOException {
        Integer number = names.get(file);
        if (number == null) {
            throw new NoSuchFileException(file.toString());
        }
        return number;
    }

    @Override
    public synchronized DiskFile create(Path file) throws IOException {
        call();
        if (names.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        int number = files.size();
        step(new Step.Names(Map.of(file, number)));
        return new Open(number);
    }

    @Override
    public synchronized DiskFile open(Path file) throws IOException {
        call();
        return new Open(numberOf(file));
    }

    @Override
    public DiskFile read(Path file) throws IOException {
        return open(file);
    }

    @Override
    public synchronized Optional<FileState> state(Path file) throws IOException {
        call();
        return Optional.ofNullable(names.get(file))
                .map(number -> new FileState(
                        files.get(number).bytes.length,
                        files.get(number).modified,
                        Instant.ofEpochSecond(number),
                        true));
    }

    @Override
    public synchronized boolean same(Path file, Path other) throws IOException {
        call();
        return names.containsKey(file) && names.get(file).equals(names.get(other));
    }

    @Override
    public synchronized List<Path> list(Path folder) throws IOException {
        call();
        return names.keySet().stream()
                .filter(name -> folder.equals(name.getParent()))
                .toList();
    }

    @Override
    public synchronized void createFolders(Path folder) throws IOException {
        call();
    }

    @Override
    public synchronized void setModified(Path file, Instant time) throws IOException {
        call();
        step(new Step.Modified(numberOf(file), time));
    }

    @Override
    public synchronized void publish(Path file, Path name) throws IOException {
        call();
        int number = numberOf(file);
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name.toString());
        }
        step(new Step.Names(Map.of(name, number)));
    }

    @Override
    public synchronized void replace(Path file, Path name) throws IOException {
        call();
        step(new Step.Names(Map.of(name, numberOf(file), file, -1)));
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        call();
        if (names.containsKey(file)) {
            step(new Step.Names(Map.of(file, -1)));
        }
    }

    @Override
    public synchronized void force(Path folder) throws IOException {
        call();
        step(new Step.ForceFolder(folder));
    }

    @Override
    public synchronized long room(Path folder) throws IOException {
        call();
        return Long.MAX_VALUE;
    }

    private final class Open implements DiskFile {
        private final int number;

        Open(int number) {
            this.number = number;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            synchronized (ForgetfulDisk.this) {
                call();
                byte[] bytes = files.get(number).bytes;
                int count = (int) Math.min(into.remaining(), bytes.length - position);
                if (count <= 0) {
                    return into.hasRemaining() ? -1 : 0;
                }
                into.put(bytes, (int) position, count);
                return count;
            }
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            synchronized (ForgetfulDisk.this) {
                int call = call();
                byte[] taken = new byte[fault.taken(call, from.remaining())];
                from.get(taken);
                step(new Step.Write(number, taken, (int) position));
                return taken.length;
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (ForgetfulDisk.this) {
                call();
                return files.get(number).bytes.length;
            }
        }

        @Override
        public void resize(long size) throws IOException {
            synchronized (ForgetfulDisk.this) {
                call();
                step(new Step.Resize(number, (int) size));
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (ForgetfulDisk.this) {
                call();
                step(new Step.ForceFile(number));
            }
        }

        @Override
        public void close() {}
    }
}
