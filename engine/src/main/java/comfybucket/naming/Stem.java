package comfybucket.naming;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import comfybucket.storage.KeyPrefix;
import comfybucket.storage.KeySpace;
import comfybucket.storage.ObjectKey;
import java.util.Map;

/**
 * A name that leaves room for a suffix, so that it is the same with one and without.
 *
 * @param folder everything up to the last {@code /}, the profile's prefix included
 * @param name what comes after it
 * @param ending the dot and the extension
 */
record Stem(KeyPrefix folder, String name, String ending) {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
    private static final int MAX_KEY_BYTES = 1024;

    /**
     * Cuts a name to what a key can hold.
     *
     * @param path folders and name, tokens replaced
     * @param number what tells the file from others of its batch; never cut
     * @throws CloudException {@link Problem#KEY_EMPTY} when there is no name,
     *     {@link Problem#KEY_NOT_STORABLE} when the folders leave no room for a name, or
     *     {@link Problem#KEY_OUTSIDE} for an {@code s3://} address that is not this profile's
     */
    static Stem of(KeySpace space, String path, String number, String ending) {
        int slash = path.lastIndexOf('/');
        KeyPrefix folder = space.resolvePrefix(KeyText.folders(path.substring(0, slash + 1)));
        int room = Math.min(KeyText.MAX_SEGMENT_BYTES, MAX_KEY_BYTES - KeyText.bytes(folder.value()))
                - KeyText.bytes(number + ending)
                - Suffixes.LENGTH;
        if (room < 1) {
            throw new CloudException(
                    Problem.KEY_NOT_STORABLE, Map.of("reason", "its folders leave no room for a name"));
        }
        String last = path.substring(slash + 1);
        String name = KeyText.cut(ending.isEmpty() ? KeyText.folders(last) : last, room) + number;
        if (name.isEmpty() && ending.isEmpty()) {
            throw new CloudException(Problem.KEY_EMPTY, Map.of());
        }
        return new Stem(folder, name, ending);
    }

    ObjectKey key(String suffix) {
        return new ObjectKey(folder.value() + name + suffix + ending);
    }
}
