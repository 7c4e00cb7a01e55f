package comfybucket.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a save node learns of its bucket before it has anything to upload. */
class BucketRefusalTest extends SaveNodeFixture {
    @ParameterizedTest
    @CsvSource({
        "COMFY_S3_BUCKET, nowhere, BUCKET_NOT_FOUND",
        "COMFY_S3_ACCESS_KEY, somebody, ACCESS_KEY_INVALID",
        "COMFY_S3_SECRET_KEY, guessed, SIGNATURE_MISMATCH"
    })
    void whatNoLaterTryWouldChangeIsTold(String variable, String value, Problem problem) {
        set(variable, value);
        assertThatThrownBy(() -> reach("wait"))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        thrown -> assertThat(thrown.problem()).isEqualTo(problem));
    }

    @Test
    void aBucketThatIsThereIsNoReason() {
        assertThatCode(() -> reach("wait")).doesNotThrowAnyException();
    }

    @Test
    void whatMayPassIsLeftToTheUpload() {
        set("COMFY_S3_ENDPOINT_URL", "http://127.0.0.1:9");
        assertThatCode(() -> reach("wait")).doesNotThrowAnyException();
    }

    @Test
    void whoMayOnlyWriteNeedNotSeeTheBucket() {
        refuseQuestions();
        assertThatCode(() -> reach("wait")).doesNotThrowAnyException();
    }

    @Test
    void inTheBackgroundItIsTheOutboxThatWaits() {
        set("COMFY_S3_BUCKET", "nowhere");
        assertThatCode(() -> reach("background")).doesNotThrowAnyException();
    }

    private void reach(String upload) {
        JsonObject inputs = new JsonObject();
        inputs.addProperty("upload", upload);
        nodes().reach("SaveVideoToCloud", inputs);
    }
}
