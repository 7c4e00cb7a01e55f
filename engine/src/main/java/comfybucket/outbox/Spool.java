package comfybucket.outbox;

import comfybucket.files.PrivateFiles;
import comfybucket.ledger.Ledger;
import comfybucket.media.Image8;
import comfybucket.media.WorkflowMetadata;
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

    /** How much {@link #store} is going to write. */
    static long size(Source source) throws IOException {
        return switch (source) {
            case Source.Bytes(MemorySegment bytes, var _) -> bytes.byteSize();
            case Source.Picture(Image8 image, var _, var _) -> image.samples().byteSize();
            case Source.Finished(Path file) -> Files.size(file);
            case Source.Copied(Path file) -> Files.size(file);
            case Source.Elsewhere elsewhere -> 0;
            case Source.BackedUp backedUp -> 0;
        };
    }

    /** What the file is called that {@link #store} writes. */
    static String name(JobId job, Source source) {
        return switch (source) {
            case Source.Bytes(var _, String extension) -> Entry.content(job, extension);
            case Source.Picture picture -> Entry.content(job, "pixels");
            case Source.Finished(Path file) -> Entry.content(job, extension(file));
            case Source.Copied(Path file) -> Entry.content(job, extension(file));
            case Source.Elsewhere(Path file) -> Entry.content(job, extension(file));
            case Source.BackedUp(Path file, var _) -> Entry.content(job, extension(file));
        };
    }

    /** Writes what the job will send; it is on disk when this returns. */
    Content store(JobId job, Source source) throws IOException {
        String name = name(job, source);
        return switch (source) {
            case Source.Bytes(MemorySegment bytes, var _) -> bytes(name, bytes);
            case Source.Picture(Image8 image, PictureRecipe recipe, WorkflowMetadata workflow) ->
                picture(name, image, recipe, Workflows.bytes(workflow));
            case Source.Finished(Path file) -> finished(name, file);
            case Source.Copied(Path file) -> {
                copy(file, folder.file(name));
                yield forced(name);
            }
            case Source.Elsewhere(Path file) -> elsewhere(file, Optional.empty());
            case Source.BackedUp(Path file, Ledger ledger) -> elsewhere(file, Optional.of(ledger.id()));
        };
    }

    private static Content elsewhere(Path file, Optional<String> ledger) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Content.Elsewhere(
                file.toAbsolutePath(), now.size(), now.lastModifiedTime().toInstant(), ledger);
    }

    private Content bytes(String name, MemorySegment bytes) throws IOException {
        try (FileChannel channel = PrivateFiles.create(folder.file(name))) {
            PrivateFiles.write(channel, bytes);
            finish(channel);
        }
        return new Content.Stored(name, bytes.byteSize());
    }

    private Content picture(String name, Image8 image, PictureRecipe recipe, byte[] workflow) throws IOException {
        try (FileChannel channel = PrivateFiles.create(folder.file(name))) {
            PrivateFiles.write(channel, image.samples());
            PrivateFiles.write(channel, MemorySegment.ofArray(workflow));
            finish(channel);
        }
        return new Content.Picture(name, image.width(), image.height(), image.channels(), recipe, workflow.length);
    }

    /** Where the disk is the same, nothing is copied. */
    private Content finished(String name, Path file) throws IOException {
        Path target = folder.file(name);
        try {
            Files.createLink(target, file);
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            copy(file, target);
        }
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
    private static String extension(Path file) {
        String name = file.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return extension.length() < name.length() && extension.matches("[A-Za-z0-9]{1,16}") ? extension : "";
    }
}
