package comfybucket.storage.s3;

import java.util.List;

/** Makes what a store wrote fit to be shown: one line, not long, and without our secrets, should it send them back. */
final class Redaction {
    private static final int LONGEST = 300;

    private final List<String> secrets;

    Redaction(S3Credentials credentials) {
        this.secrets = credentials.secrets();
    }

    String shown(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        shown = shown.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…";
    }
}
