package comfybucket.profile;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Something about the profiles file that its owner should know. It names places and never values.
 *
 * @param line counted from 1; 0 when it concerns the file as a whole
 * @param profile the profile it is in, if it is in one
 * @param what the matter is, as a sentence without a full stop
 */
public record Complaint(Path file, int line, Optional<String> profile, String what) {
    @Override
    public String toString() {
        String place = line == 0 ? file.toString() : file + ", line " + line;
        return place + profile.map(name -> ", profile " + name).orElse("") + ": " + what;
    }
}
