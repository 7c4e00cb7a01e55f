package comfybucket.store.disk;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How an {@link Upload} is written down. */
final class UploadFields {
    private UploadFields() {}

    static Map<String, String> write(Upload upload) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("bucket", upload.bucket());
        fields.put("begun", upload.begun().toString());
        upload.checksum().ifPresent(sum -> fields.put("announced", sum.algorithm() + " " + sum.type()));
        fields.putAll(upload.template().toFields(upload.key()));
        return fields;
    }

    /** The upload that the fields describe; empty when they are not those of one. */
    static Optional<Upload> read(String id, Map<String, String> fields) {
        String bucket = fields.get("bucket");
        String key = fields.get("key");
        String begun = fields.get("begun");
        if (bucket == null || key == null || begun == null) {
            return Optional.empty();
        }
        String[] announced = fields.getOrDefault("announced", "").split(" ", -1);
        Optional<ObjectMeta.Checksum> checksum = announced.length == 2
                ? Optional.of(new ObjectMeta.Checksum(announced[0], announced[1], ""))
                : Optional.empty();
        try {
            Instant time = Instant.parse(begun);
            return ObjectMeta.fromFields(fields, key)
                    .map(template -> new Upload(id, bucket, key, time, template, checksum));
        } catch (DateTimeException damaged) {
            return Optional.empty();
        }
    }
}
