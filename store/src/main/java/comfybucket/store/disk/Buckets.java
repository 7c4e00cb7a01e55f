package comfybucket.store.disk;

import comfybucket.store.disk.RefusedException.Reason;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The buckets: the folders at the top whose names are bucket names. */
public final class Buckets {
    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">S3's rules</a>. */
    private static final Pattern NAME = Pattern.compile("(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private final Path root;
    private final KeyPaths paths;

    Buckets(Path root, KeyPaths paths) {
        this.root = root;
        this.paths = paths;
    }

    /** A bucket and when it was made. */
    public record Bucket(String name, Instant created) {}

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private Path folder(String bucket) throws IOException {
        return paths.find(root, bucket, SegmentNames.Kind.FOLDER);
    }

    /** The folder of a bucket that exists. */
    Path require(String bucket) throws IOException {
        if (isName(bucket)) {
            Path folder = folder(bucket);
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return folder;
            }
        }
        throw new RefusedException(Reason.NO_SUCH_BUCKET, "No such bucket: " + bucket);
    }

    /** Fails when there is no such bucket. */
    public void check(String bucket) throws IOException {
        require(bucket);
    }

    /**
     * Creates a bucket unless it is there already.
     *
     * @throws IllegalArgumentException when that is no name for a bucket
     */
    public void create(String bucket) throws IOException {
        if (!isName(bucket)) {
            throw new IllegalArgumentException("Not a bucket name: " + bucket);
        }
        try {
            Files.createDirectory(folder(bucket));
        } catch (FileAlreadyExistsException e) {
            require(bucket);
        }
    }

    /** Removes a bucket in which no object is. */
    public void delete(String bucket) throws IOException {
        Path folder = require(bucket);
        try {
            deleteEmpty(folder);
        } catch (DirectoryNotEmptyException e) {
            throw new RefusedException(Reason.BUCKET_NOT_EMPTY, "There are objects in the bucket " + bucket);
        }
    }

    private static void deleteEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    throw new DirectoryNotEmptyException(folder.toString());
                }
                deleteEmpty(entry);
            }
        }
        Files.delete(folder);
    }

    /** All buckets by name. */
    public List<Bucket> list() throws IOException {
        List<Bucket> buckets = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                BasicFileAttributes attributes =
                        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isDirectory()) {
                    paths.read(entry.getFileName().toString(), true, "", List.of())
                            .filter(found -> found.kind() == SegmentNames.Kind.FOLDER && isName(found.segment()))
                            .ifPresent(found -> buckets.add(new Bucket(
                                    found.segment(), attributes.creationTime().toInstant())));
                }
            }
        }
        buckets.sort(Comparator.comparing(Bucket::name));
        return buckets;
    }
}
