package comfybucket.doctor;

import comfybucket.error.CloudException;
import comfybucket.storage.LinkAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Whether a link opens for somebody without an account. */
final class LinkCheck implements Check {
    private static final int OK = 200;
    private static final int MOST = 1 << 16;

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
        try {
            return judge(patient, patient.store().follow(URI.create(link), MOST));
        } catch (CloudException unreachable) {
            // Others may come another way than this computer does.
            return Finding.warning(
                    this,
                    "A link could not be opened from here. " + unreachable.getMessage()
                            + " Try one in a browser: comfy-bucket share KEY.");
        }
    }

    private Finding judge(Patient patient, LinkAnswer answer) {
        if (answer.status() / 100 == 3) {
            return Finding.warning(
                    this,
                    "A link leads on to another address, which browsers follow and some programs do not. Try one in a"
                            + " browser: comfy-bucket share KEY.");
        }
        if (answer.status() != OK) {
            String cure = patient.profile().publicBaseUrl().isPresent()
                    ? "Check public_base_url and that the bucket is public there."
                    : "Look at what the browser shows.";
            return Finding.bad(this, "A link is answered with status " + answer.status() + ". " + cure);
        }
        return answer.beginning().equals(new String(WriteCheck.content(), StandardCharsets.UTF_8))
                ? Finding.good(this, "opens without an account")
                : Finding.bad(this, "A link leads to something else. Check public_base_url.");
    }
}
