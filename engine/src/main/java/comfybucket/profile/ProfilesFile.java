package comfybucket.profile;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The profiles file, read anew each time: a stamp of time and size misses a key that was replaced by one as long within
 * the same tick of the clock, and the file is small. What is read is parsed only when it has changed. A file that is not
 * there is an empty one.
 */
final class ProfilesFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Path path;
    private byte[] lastBytes;
    private ProfilesText last = ProfilesText.EMPTY;
    private int changes;

    ProfilesFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /**
     * What the file says now.
     *
     * @throws CloudException {@link Problem#PROFILES_FILE_NOT_READABLE}
     */
    synchronized ProfilesText read() {
        Optional<byte[]> bytes = bytes(path);
        if (bytes.isEmpty()) {
            changes += lastBytes == null ? 0 : 1;
            lastBytes = null;
            return ProfilesText.EMPTY;
        }
        if (!Arrays.equals(bytes.get(), lastBytes)) {
            changes++;
            lastBytes = bytes.get();
            last = parse(lastBytes);
        }
        return last;
    }

    /** How often the file was found changed; it is looked at now. */
    synchronized int version() {
        try {
            var _ = read();
        } catch (CloudException unreadable) {
            // For whoever wants to read it; it is not changed for all that is known.
        }
        return changes;
    }

    /**
     * The file as it is, or its beginning if it is too large; empty if it is not there.
     *
     * @throws CloudException {@link Problem#PROFILES_FILE_NOT_READABLE}
     */
    static Optional<byte[]> bytes(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return Optional.of(in.readNBytes(MAX_BYTES + 1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            String reason = e.getClass().getSimpleName();
            throw new CloudException(
                    Problem.PROFILES_FILE_NOT_READABLE, Map.of("profiles_file", path.toString(), "reason", reason), e);
        }
    }

    static String text(byte[] bytes) throws Mistake {
        if (bytes.length > MAX_BYTES) {
            throw new Mistake(1, "the file is larger than " + MAX_BYTES + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // Some editors begin a file with a byte order mark.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Mistake(1, "the file is not UTF-8 text; save it as UTF-8");
        }
    }

    /** What is wrong with the file's place rather than with its text; asked for reports, not for each node. */
    Optional<Complaint> looseness() {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) {
            return Optional.empty();
        }
        try {
            Set<PosixFilePermission> loose = EnumSet.copyOf(OTHERS);
            loose.retainAll(view.readAttributes().permissions());
            return loose.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Complaint(
                            path,
                            0,
                            Optional.empty(),
                            "other users of this machine can reach it; run: chmod 600 " + path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private ProfilesText parse(byte[] bytes) {
        try {
            return ProfilesText.parse(path, text(bytes));
        } catch (Mistake e) {
            Complaint complaint = new Complaint(path, e.line(), Optional.empty(), e.getMessage());
            return new ProfilesText(Map.of(), Optional.of(complaint), List.of());
        }
    }
}
