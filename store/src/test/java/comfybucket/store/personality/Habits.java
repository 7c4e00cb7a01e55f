package comfybucket.store.personality;

import java.time.Duration;
import java.util.List;

/** What is known of each provider. */
final class Habits {
    private Habits() {}

    /** Anew for each store, since some habits remember; the first sees a request first. */
    static List<Habit> of(Personality personality) {
        return switch (personality) {
            case AWS_S3 -> List.of(new ConditionalConflicts(), new DeniesMissingKeys());
            case BACKBLAZE_B2 ->
                List.of(
                        Refuses.expectContinue(),
                        Refuses.header("x-amz-checksum-", 400, "InvalidArgument"),
                        Refuses.header("x-amz-sdk-checksum-", 400, "InvalidArgument"),
                        Refuses.header("x-amz-tagging", 400, "InvalidArgument"),
                        Refuses.header("x-amz-acl", 400, "InvalidArgument"),
                        Refuses.bulkDeleteWithoutMd5(),
                        Ignores.header("If-None-Match"),
                        new DeniesMissingKeys());
            case CLOUDFLARE_R2 ->
                List.of(
                        Refuses.expectContinue(),
                        Refuses.header("x-amz-tagging", 501, "NotImplemented"),
                        Refuses.otherFullObjectChecksums(),
                        Refuses.bulkDeleteWithoutMd5(),
                        new BulkDeleteLimit(700),
                        new EqualParts(),
                        new OpaqueMultipartETags(),
                        new Gunzips());
            case MINIO -> List.of(Refuses.expectContinue(), Refuses.bulkDeleteWithoutMd5(), new NoKeyBelowKey());
            case WASABI ->
                List.of(
                        Refuses.expectContinue(),
                        Refuses.partChecksums(),
                        Refuses.bulkDeleteWithoutMd5(),
                        Ignores.header("If-None-Match"));
            case DIGITALOCEAN_SPACES ->
                List.of(
                        new BucketInHostName(),
                        Refuses.expectContinue(),
                        Refuses.awsChunked(),
                        Refuses.bulkDeleteWithoutMd5(),
                        new LowWriteLimits(8, Duration.ofMillis(200)),
                        new ClaimsUrlEncoding(),
                        new UnquotedIfMatch(),
                        Ignores.header("If-None-Match"));
            case GCS ->
                List.of(
                        Refuses.expectContinue(),
                        Refuses.awsChunked(),
                        Refuses.parameter("x-id"),
                        new Gunzips(),
                        new RewritesAcceptEncoding(),
                        new CreateOnlyByGeneration(),
                        Ignores.header("x-amz-tagging"),
                        Ignores.header("x-amz-checksum-algorithm"),
                        Refuses.bulkDelete());
            case CUSTOM ->
                List.of(
                        Refuses.expectContinue(),
                        Refuses.awsChunked(),
                        Refuses.header("x-amz-checksum-", 400, "InvalidArgument"),
                        new ListsByV1(),
                        new ClaimsUrlEncoding(),
                        Ignores.header("x-amz-tagging"),
                        Ignores.header("If-None-Match"),
                        Refuses.bulkDelete());
        };
    }
}
