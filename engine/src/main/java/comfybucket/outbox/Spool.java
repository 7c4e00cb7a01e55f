package comfybucket.outbox;

import comfybucket.files.PrivateFiles;
import comfybucket.media.Image8;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The files that jobs send. */
final class Spool {
    private final OutboxFolder folder;
    private final boolean force;

    Spool(OutboxFolder folder, boolean force) {
        this.folder = folder;
        this.force = force;
    }

    /** Writes what the job will send; it is on disk when this returns. */
    Content store(JobId job, Source source) throws IOException {
        return source.store(this, name(job, source));
    }

    /** What the file is called that {@link #store} writes. */
    static String name(JobId job, Source source) {
        return Entry.content(job, source.extension());
    }

    static Content elsewhere(Path file, Optional<String> ledger) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Content.Elsewhere(
                file.toAbsolutePath(), now.size(), now.lastModifiedTime().toInstant(), ledger);
    }

    Content bytes(String name, MemorySegment bytes) throws IOException {
        try (FileChannel channel = PrivateFiles.create(folder.file(name))) {
            PrivateFiles.write(channel, bytes);
            finish(channel);
        }
        return new Content.Stored(name, bytes.byteSize());
    }

    Content picture(String name, Image8 image, PictureRecipe recipe, byte[] workflow) throws IOException {
        try (FileChannel channel = PrivateFiles.create(folder.file(name))) {
            PrivateFiles.write(channel, image.samples());
            PrivateFiles.write(channel, MemorySegment.ofArray(workflow));
            finish(channel);
        }
        return new Content.Picture(name, image.width(), image.height(), image.channels(), recipe, workflow.length);
    }

    /** Where the disk is the same, nothing is copied. */
    Content finished(String name, Path file) throws IOException {
        Path target = folder.file(name);
        try {
            Files.createLink(target, file);
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            copy(file, target);
        }
        return forced(name);
    }

    Content copied(String name, Path file) throws IOException {
        copy(file, folder.file(name));
        return forced(name);
    }

    private Content forced(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.file(name), StandardOpenOption.WRITE)) {
            finish(channel);
            return new Content.Stored(name, channel.size());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = PrivateFiles.create(to)) {
            long length = source.size();
            for (long at = 0; at < length; ) {
                long count = source.transferTo(at, length - at, target);
                if (count <= 0) {
                    throw new FileSystemException(from.toString(), null, "it became shorter while it was copied");
                }
                at += count;
            }
        }
    }

    private void finish(FileChannel channel) throws IOException {
        if (force) {
            channel.force(true);
        }
    }

    /** Without the dot, and only when every file system takes it. */
    static String extension(Path file) {
        String name = file.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return extension.length() < name.length() && extension.matches("[A-Za-z0-9]{1,16}") ? extension : "";
    }
}
