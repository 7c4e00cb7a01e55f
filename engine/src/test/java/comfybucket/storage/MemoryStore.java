package comfybucket.storage;

import comfybucket.checksum.Crc;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A bucket in memory, for tests that read it many thousand times; with true versions, ranges and checksums. */
public final class MemoryStore implements ObjectStore {
    private volatile Runnable beforeGet = () -> {};

    private volatile Runnable beforeHead = () -> {};

    private final Map<ObjectKey, Version> objects = new ConcurrentHashMap<>();
    private final AtomicInteger heads = new AtomicInteger();
    private final AtomicLong served = new AtomicLong();
    private final AtomicInteger versions = new AtomicInteger();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Version(byte[] bytes, ObjectInfo info) {}

    public void put(ObjectKey key, byte[] bytes) {
        var crc = Crc.CRC64NVME.start();
        crc.update(bytes);
        int number = versions.incrementAndGet();
        objects.put(
                key,
                new Version(
                        bytes,
                        new ObjectInfo(
                                key,
                                bytes.length,
                                new ETag("version-" + number),
                                Instant.ofEpochSecond(1_700_000_000L + number),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                Optional.empty(),
                                Optional.of(new Checksum(
                                        Checksum.Algorithm.CRC64NVME, Crc.CRC64NVME.text(crc.getValue()))))));
    }

    /** Happens before each answer to a {@link #get}. */
    public void beforeGet(Runnable happening) {
        beforeGet = happening;
    }

    /** Happens before each answer to a {@link #head}. */
    public void beforeHead(Runnable happening) {
        beforeHead = happening;
    }

    /** How often {@link #head} was asked since the last time this was. */
    public int takeHeads() {
        return heads.getAndSet(0);
    }

    /** How many bytes were handed out since the last time this was asked. */
    public long takeServed() {
        return served.getAndSet(0);
    }

    @Override
    public ObjectInfo head(ObjectKey key) {
        heads.incrementAndGet();
        beforeHead.run();
        return version(key).info();
    }

    private Version version(ObjectKey key) {
        Version version = objects.get(key);
        if (version == null) {
            throw new CloudException(Problem.OBJECT_NOT_FOUND, Map.of("uri", key.value()));
        }
        return version;
    }

    @Override
    public ObjectContent get(ObjectKey key, GetOptions options) {
        beforeGet.run();
        Version version = version(key);
        if (options.ifMatch()
                .filter(etag -> !etag.equals(version.info().etag()))
                .isPresent()) {
            throw new CloudException(Problem.OBJECT_CHANGED, Map.of("uri", key.value()));
        }
        int offset =
                (int) options.range().map(range -> range.offset()).orElse(0L).longValue();
        int length = (int) options.range()
                .map(range -> range.length())
                .orElse((long) version.bytes().length)
                .longValue();
        served.addAndGet(length);
        return new ObjectContent(version.info(), new ByteArrayInputStream(version.bytes(), offset, length));
    }

    @Override
    public OptionalLong partSize(ObjectInfo object) {
        return OptionalLong.empty();
    }

    @Override
    public PutResult put(ObjectKey key, Payload payload, PutOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<ListPage> list(ListRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(ObjectKey key) {
        objects.remove(key);
    }

    @Override
    public ETag copy(ObjectKey from, ObjectKey to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public URI presignGet(ObjectKey key, PresignOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LinkAnswer follow(URI link, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkBucket() {}

    @Override
    public Capabilities capabilities() {
        throw new UnsupportedOperationException();
    }

    @Override
    public MultipartUploads multipart() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
