package comfybucket.store.disk;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What decides how a key's segments are written as file names.
 *
 * @param folds whether the file system takes names for the same that differ by case or by Unicode normalisation
 *     (NTFS, APFS, FAT)
 * @param unicode whether this process can write names outside ASCII; on Unix it cannot where the locale is C
 */
record NameRules(boolean folds, boolean unicode) {
    /** Finds out by trying, in a directory that may be written to. */
    static NameRules of(Path directory) throws IOException {
        boolean unicode = File.separatorChar != '/'
                || Charset.forName(System.getProperty("sun.jnu.encoding")).equals(StandardCharsets.UTF_8);
        boolean folds = sameFile(directory, "case-a", "CASE-A")
                || (unicode && sameFile(directory, "form-\u00e9", "form-e\u0301"));
        return new NameRules(folds, unicode);
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
        } finally {
            Files.delete(own);
        }
    }

    /** The rules that would hold on the other kind of file system; a folder may have been brought here from one. */
    NameRules elsewhere() {
        return new NameRules(!folds, unicode);
    }

    /** Whether this process can write all of the text into a file name. */
    boolean canWrite(String text) {
        return unicode || text.chars().allMatch(c -> c < 0x80);
    }
}
