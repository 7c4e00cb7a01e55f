package comfybucket.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import comfybucket.error.CloudException;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.Payload;
import comfybucket.storage.PutOptions;
import comfybucket.storage.PutResult;
import comfybucket.store.LocalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests are signed with this computer's time, whatever a store says about it. */
class SigningClockTest {
    private static final ObjectKey KEY = new ObjectKey("key");

    @Test
    void aStoreWithAWrongClockSpoilsNoOther(@TempDir Path folder) throws Exception {
        String body = "<Error><Code>RequestTimeTooSkewed</Code><Message>Too far off</Message></Error>";
        String tomorrow = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plus(Duration.ofDays(1)));
        String answer = "HTTP/1.1 403 Forbidden\r\nDate: " + tomorrow + "\r\nContent-Type: application/xml\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (RawServer skewed = RawServer.always(answer);
                S3Store wrong = Connections.impatient(Connections.to(skewed.uri(), "b", "a", "s"));
                LocalStore local = LocalStore.open(folder);
                S3Store right = Connections.impatient(
                        Connections.to(local.endpoint(), local.bucket(), local.accessKey(), local.secretKey()))) {
            assertThatThrownBy(() -> wrong.put(KEY, Payload.of(new byte[1]), PutOptions.REPLACE))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("clock");
            assertThat(right.put(KEY, Payload.of(new byte[1]), PutOptions.REPLACE))
                    .isInstanceOf(PutResult.Stored.class);
        }
    }
}
