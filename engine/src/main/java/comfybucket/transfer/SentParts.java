package comfybucket.transfer;

import comfybucket.storage.MultipartUpload;
import comfybucket.storage.MultipartUploads;
import comfybucket.storage.Part;
import comfybucket.storage.Payload;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** The parts of an upload that the store has. Safe for use by many threads. */
final class SentParts {
    private final MultipartUploads uploads;
    private final MultipartUpload upload;
    private final Parts plan;
    private final SortedMap<Integer, Part> parts = new ConcurrentSkipListMap<>();

    SentParts(MultipartUploads uploads, MultipartUpload upload, Parts plan) {
        this.uploads = uploads;
        this.upload = upload;
        this.plan = plan;
    }

    /**
     * Asks the store for those of an earlier try. Each was signed with its hash when it was sent, so what the store has is
     * what was sent; one of another length was cut by another plan.
     *
     * @param moved is told their bytes
     */
    void recall(LongConsumer moved) {
        for (Part part : uploads.parts(upload)) {
            if (part.number() <= plan.count()
                    && part.size() == plan.range(part.number() - 1).length()) {
                parts.put(part.number(), part);
                moved.accept(part.size());
            }
        }
    }

    /** The numbers of those that are to be sent. */
    List<Integer> missing() {
        return IntStream.rangeClosed(1, plan.count())
                .filter(number -> !parts.containsKey(number))
                .boxed()
                .toList();
    }

    void send(int number, Payload payload) {
        parts.put(number, uploads.upload(upload, number, payload));
    }

    /** In ascending order. */
    List<Part> all() {
        return List.copyOf(parts.values());
    }
}
