package comfybucket.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Whether a link opens for somebody without an account. */
final class LinkCheck implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "link";
    }

    @Override
    public boolean needsObject() {
        return true;
    }

    @Override
    public Finding look(Patient patient) {
        String link = patient.bucket().link(patient.object().orElseThrow(), Duration.ofMinutes(5), Optional.empty());
        boolean isPublic = patient.profile().publicBaseUrl().isPresent();
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(link).toURL().openConnection();
            connection.setConnectTimeout(Math.toIntExact(PATIENCE.toMillis()));
            connection.setReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                String cure = isPublic
                        ? "Check public_base_url and that the bucket is public there."
                        : "Look at what the browser shows.";
                return Finding.bad(this, "A link is answered with status " + status + ". " + cure);
            }
            try (InputStream body = connection.getInputStream()) {
                return Arrays.equals(body.readNBytes(1 << 16), WriteCheck.content())
                        ? Finding.good(this, "opens without an account")
                        : Finding.bad(this, "A link leads to something else. Check public_base_url.");
            }
        } catch (IOException unreachable) {
            // This request trusts and goes where any program's would, not by the profile's certificates and proxy.
            return Finding.warning(
                    this,
                    "A link could not be opened from here ("
                            + unreachable.getClass().getSimpleName()
                            + "). Try one in a browser: comfy-bucket share KEY.");
        }
    }
}
