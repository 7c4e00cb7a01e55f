package comfybucket.store.disk;

import comfybucket.store.checksum.Digests;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of each object beside its bytes, in a file of its own. The file's name holds the key's hash and the
 * {@link Identity} of the data it belongs to; so it can be written before the data appears and be removed after the data
 * has gone, and no reader ever joins the one's bytes with the other's metadata.
 */
final class Sidecars {
    private final Path root;
    private final Staging staging;

    Sidecars(Path root, Staging staging) {
        this.root = root;
        this.staging = staging;
    }

    private Path file(String bucket, String key, Identity identity) {
        String hash = HexFormat.of().formatHex(Digests.sha256().digest(key.getBytes(StandardCharsets.UTF_8)));
        return root.resolve(bucket)
                .resolve(hash.substring(0, 2))
                .resolve(hash.substring(2, 34) + "-" + identity.text());
    }

    /**
     * Writes it for data that is about to appear. Its name is new and nobody looks for it yet, so it is written in
     * place: forcing the file forces its name with it on the journalling file systems, and a step is saved.
     */
    void create(String bucket, String key, Identity identity, ObjectMeta meta) throws IOException {
        Path file = file(bucket, key, identity);
        byte[] text = Fields.write(meta.toFields(key));
        try (StagedFile written = StagedFile.createAt(file, staging)) {
            written.write(text, 0, text.length);
            written.keep();
        }
    }

    /** Puts it in place of the one that is there for the same data. */
    void replace(String bucket, String key, Identity identity, ObjectMeta meta) throws IOException {
        Path file = file(bucket, key, identity);
        byte[] text = Fields.write(meta.toFields(key));
        try (StagedFile staged = staging.create()) {
            staged.write(text, 0, text.length);
            staged.moveTo(file);
        }
        staging.forceDirectory(file.getParent());
    }

    void delete(String bucket, String key, Identity identity) throws IOException {
        Files.deleteIfExists(file(bucket, key, identity));
    }

    /** What was said about these bytes; empty when nothing ever was. */
    Optional<ObjectMeta> read(String bucket, String key, Identity identity) throws IOException {
        try {
            return Fields.read(Files.readAllBytes(file(bucket, key, identity)))
                    .flatMap(fields -> ObjectMeta.fromFields(fields, key));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * For a file that was put into the folder by hand. Its ETag is a version and not a hash of the content, and looks
     * so: reading gigabytes to list a folder would help nobody.
     */
    static ObjectMeta assumed(String key, Identity identity) {
        MessageDigest md5 = Digests.md5();
        md5.update(key.getBytes(StandardCharsets.UTF_8));
        String etag = HexFormat.of().formatHex(md5.digest(identity.text().getBytes(StandardCharsets.UTF_8))) + "-1";
        String type = URLConnection.getFileNameMap().getContentTypeFor(key);
        return new ObjectMeta(
                etag,
                Map.of("content-type", type == null ? "binary/octet-stream" : type),
                Map.of(),
                Optional.empty(),
                List.of());
    }
}
