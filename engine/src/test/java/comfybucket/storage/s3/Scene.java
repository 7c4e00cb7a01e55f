package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.GetOptions;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.MultipartUpload;
import comfybucket.storage.ObjectContent;
import comfybucket.storage.ObjectInfo;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectStore;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.stream.StreamSupport;

/** What one {@link PortOperation} finds in the store, made and looked at on a way without faults. */
final class Scene {
    private static final int SIZE = 3_000;

    final ObjectStore direct;
    final ObjectKey key;
    final KeyPrefix folder;
    final byte[] old = new byte[SIZE];
    final byte[] fresh = new byte[SIZE + 1];
    MultipartUpload upload;
    Part part;
    ObjectInfo info;

    /** @param name a part of keys that no other scene of the store has */
    Scene(ObjectStore direct, String name) {
        this.direct = direct;
        this.folder = new KeyPrefix(name + "/");
        this.key = new ObjectKey(name + "/key");
        Random random = new Random(name.hashCode());
        random.nextBytes(old);
        random.nextBytes(fresh);
    }

    void putOld() {
        direct.put(key, Payload.of(old), PutOptions.REPLACE);
        info = direct.head(key);
    }

    void beginUpload() {
        upload = direct.multipart().create(key, PutOptions.REPLACE);
    }

    void uploadPart() {
        beginUpload();
        part = direct.multipart().upload(upload, 1, Payload.of(fresh));
    }

    /** The object's bytes; empty when there is none. */
    Optional<byte[]> bytes(ObjectKey object) throws IOException {
        try (ObjectContent content = direct.get(object, GetOptions.WHOLE)) {
            return Optional.of(content.bytes().readAllBytes());
        } catch (CloudException missing) {
            assertThat(missing.problem()).isEqualTo(Problem.OBJECT_NOT_FOUND);
            return Optional.empty();
        }
    }

    long uploads() {
        return StreamSupport.stream(direct.multipart().open(folder).spliterator(), false)
                .count();
    }

    /** Nothing but one of the two, and the new one if it is said to be stored. */
    void assertOldOrFresh(boolean stored) throws IOException {
        byte[] there = bytes(key).orElseThrow();
        assertThat(there.length == fresh.length ? fresh : old).isEqualTo(there);
        assertThat(stored && there.length != fresh.length).isFalse();
    }

    /** Nothing, or the whole new object, which is there if it is said to be stored. */
    void assertNothingOrFresh(boolean stored) throws IOException {
        Optional<byte[]> there = bytes(key);
        assertThat(there.isPresent() || !stored).isTrue();
        there.ifPresent(bytes -> assertThat(bytes).isEqualTo(fresh));
    }
}
