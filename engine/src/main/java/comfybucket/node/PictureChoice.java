package comfybucket.node;

import comfybucket.browse.Glob;
import comfybucket.browse.Selection;
import comfybucket.connect.Bucket;
import comfybucket.storage.ObjectKey;
import comfybucket.storage.ObjectSummary;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pictures that a prefix or a pattern means. A prefix leaves out what does not end like a picture, so that a folder
 * may hold other things too; a pattern is taken at its word.
 *
 * @param wanted the prefix or the pattern
 * @param count of pictures at most
 */
record PictureChoice(String wanted, int count, PictureOrder order) {
    private static final Set<String> ENDINGS = Set.of(
            "apng", "avif", "bmp", "gif", "jfif", "jpe", "jpeg", "jpg", "mpo", "png", "tga", "tif", "tiff", "webp");

    List<ObjectSummary> find(Bucket bucket) {
        Stream<ObjectSummary> listed = Glob.isOne(wanted)
                ? new Selection.Matching(wanted).find(bucket).filter(object -> !isFolder(object.key()))
                : new Selection.Below(wanted).find(bucket).filter(object -> endsLikeAPicture(object.key()));
        return order.first(count, listed);
    }

    /** Some tools store empty objects in place of folders. */
    private static boolean isFolder(ObjectKey key) {
        return key.value().endsWith("/");
    }

    private static boolean endsLikeAPicture(ObjectKey key) {
        String name = key.value();
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
