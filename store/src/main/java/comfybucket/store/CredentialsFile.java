package comfybucket.store;

import comfybucket.store.disk.PrivateFiles;
import comfybucket.store.sign.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key pair of a folder: random, made once, kept in a file that only its owner may read. */
final class CredentialsFile {
    private static final String ACCESS_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String SECRET_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final Pattern FORMAT = Pattern.compile(
            "\\s*\\{\\s*\"access_key\"\\s*:\\s*\"(\\w+)\"\\s*,\\s*\"secret_key\"\\s*:\\s*\"(\\w+)\"\\s*}\\s*");

    private CredentialsFile() {}

    static Credentials readOrCreate(Path file) throws IOException {
        SecureRandom random = new SecureRandom();
        String fresh = "{\"access_key\": \"" + letters(random, ACCESS_ALPHABET, 20) + "\", \"secret_key\": \""
                + letters(random, SECRET_ALPHABET, 40) + "\"}\n";
        Matcher text = FORMAT.matcher(PrivateFiles.readOrCreate(file, fresh));
        if (!text.matches()) {
            throw new IOException("Not a file with access_key and secret_key: " + file
                    + ". Delete it to get new keys; links that were shared stop working then.");
        }
        return new Credentials(text.group(1), text.group(2));
    }

    private static String letters(SecureRandom random, String alphabet, int count) {
        StringBuilder letters = new StringBuilder(count);
        random.ints(count, 0, alphabet.length()).forEach(i -> letters.append(alphabet.charAt(i)));
        return letters.toString();
    }
}
