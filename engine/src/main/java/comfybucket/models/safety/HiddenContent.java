package comfybucket.models.safety;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file that is two things at once: what its name says, and something else to a program that looks for its end, or does
 * not look at its name.
 */
final class HiddenContent {
    /** Nothing that ZIP readers take for the end of an archive. Chance would have to hit 64 bits to look like one. */
    static void checkEnd(ModelBytes file) throws IOException {
        long start = Math.max(0, file.size() - ZipDirectory.END_LENGTH - ZipDirectory.LONGEST_COMMENT);
        ByteBuffer tail = file.read(start, (int) (file.size() - start));
        for (int at = tail.limit() - ZipDirectory.END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == ZipDirectory.END && tail.getInt(at + 4) == 0) {
                throw new UnfitException("has a ZIP archive hidden at its end");
            }
        }
    }

    /** Nothing at its beginning that a pickle reader would follow to a name that is not allowed. */
    static void checkBeginning(ModelBytes file, PickleNames names) {
        try {
            if (file.startsWith(TorchFile.ZIP)) {
                return; // Its first letter would be taken for an instruction.
            }
            var _ = new PickleScanner(new PickleInput(file.stream(0, file.size())), names).scanOne();
        } catch (IOException noPickle) {
            // As it should be.
        }
    }

    private HiddenContent() {}
}
