package comfybucket.store.sign;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a signing key is good for: {@code 20261123/us-east-1/s3/aws4_request}. Any region is accepted; there is only one
 * place here.
 */
record Scope(String date, String region) {
    /** Reads {@code <access key>/<scope>}, of which only the scope is returned. */
    static Optional<Scope> ofCredential(String credential) {
        String[] parts = credential.split("/", -1);
        boolean valid = parts.length == 5
                && parts[1].matches("\\d{8}")
                && parts[2].matches("[A-Za-z0-9-]{1,64}")
                && parts[3].equals("s3")
                && parts[4].equals("aws4_request");
        return valid ? Optional.of(new Scope(parts[1], parts[2])) : Optional.empty();
    }

    byte[] signingKey(String secretKey) {
        byte[] start = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        return Hmac.sha256(Hmac.sha256(Hmac.sha256(Hmac.sha256(start, date), region), "s3"), "aws4_request");
    }

    @Override
    public String toString() {
        return date + "/" + region + "/s3/aws4_request";
    }
}
