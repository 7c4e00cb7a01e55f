package comfybucket.store.disk;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What decides how a key's segments are written as file names.
 *
 * @param folds whether the file system takes names for the same that differ by case or by Unicode normalisation
 *     (NTFS, APFS, FAT)
 * @param charset what this process can write file names in; US-ASCII where the locale is C
 */
record NameRules(boolean folds, Charset charset) {
    NameRules {
        Objects.requireNonNull(charset);
    }

    /** Finds out by trying, in a directory that may be written to. */
    static NameRules of(Path directory) throws IOException {
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding"));
        boolean unicode = charset.newEncoder().canEncode("é");
        boolean folds = sameFile(directory, "case-a", "CASE-A")
                || (unicode && sameFile(directory, "form-\u00e9", "form-e\u0301"));
        return new NameRules(folds, charset);
    }

    private static boolean sameFile(Path directory, String one, String other) throws IOException {
        Path own = Files.createTempDirectory(directory, "names");
        try {
            Path file = Files.createFile(own.resolve(one));
            try {
                return Files.exists(own.resolve(other));
            } finally {
                Files.delete(file);
            }
        } catch (InvalidPathException notInThisLocale) {
            return false;
        } finally {
            Files.delete(own);
        }
    }

    /** The rules that would hold on the other kind of file system; a folder may have been brought here from one. */
    NameRules elsewhere() {
        return new NameRules(!folds, charset);
    }

    CharsetEncoder encoder() {
        return charset.newEncoder();
    }
}
