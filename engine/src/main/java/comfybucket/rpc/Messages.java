package comfybucket.rpc;

import comfybucket.media.Pixels;
import comfybucket.models.folders.ExtraModelPaths;
import comfybucket.models.folders.ModelFolders;
import comfybucket.node.Host;
import comfybucket.node.MadeFile;
import comfybucket.node.NodeResult;
import comfybucket.node.Pictures;
import comfybucket.node.Progress;
import comfybucket.node.RunContext;
import comfybucket.node.Ui;
import comfybucket.outbox.Notice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** From the messages of the wire to the values of the engine, and back. */
final class Messages {
    static Host host(Protocol.Initialize hello) {
        Map<String, String> folders = hello.folders() == null ? Map.of() : hello.folders();
        return new Host(
                path(folders.get("output")),
                path(folders.get("temp")),
                path(folders.get("input")),
                path(folders.get("user")),
                path(hello.profilesFile()));
    }

    private static Optional<Path> path(String text) {
        return Optional.ofNullable(text).filter(given -> !given.isEmpty()).map(Path::of);
    }

    static Protocol.Notice notice(Notice notice) {
        return new Protocol.Notice(
                notice.severity().name().toLowerCase(Locale.ROOT), notice.summary(), notice.detail());
    }

    static RunContext context(Protocol.RunNode request, HandOver handOver, Progress progress) throws IOException {
        Protocol.Context given =
                request.context() == null ? new Protocol.Context(null, null, null, false) : request.context();
        return new RunContext(
                Optional.ofNullable(given.prompt()),
                given.extraPnginfo() == null ? new LinkedHashMap<>() : new LinkedHashMap<>(given.extraPnginfo()),
                given.disableMetadata(),
                pictures(request, handOver),
                files(request),
                models(request.models()),
                progress);
    }

    private static List<MadeFile> files(Protocol.RunNode request) {
        return request.files() == null
                ? List.of()
                : request.files().stream()
                        .map(file -> new MadeFile(Path.of(file.path()), number(file.width()), number(file.height())))
                        .toList();
    }

    private static OptionalInt number(Integer given) {
        return given == null ? OptionalInt.empty() : OptionalInt.of(given);
    }

    /** Which folders these are is decided anew at each run: links may have changed, and a file that names more. */
    static Optional<ModelFolders> models(Protocol.Models told) {
        if (told == null) {
            return Optional.empty();
        }
        SequencedMap<String, List<Path>> types = new LinkedHashMap<>();
        told.types().forEach((type, folders) -> types.put(type, paths(folders)));
        return Optional.of(new ModelFolders(
                Path.of(told.folder()),
                types,
                ExtraModelPaths.folders(paths(told.extra()), System.getenv()),
                paths(told.code())));
    }

    private static List<Path> paths(List<String> texts) {
        return texts.stream().map(Path::of).toList();
    }

    private static Optional<Pictures> pictures(Protocol.RunNode request, HandOver handOver) throws IOException {
        if (request.pixels() != null) {
            Protocol.Pixels wire = request.pixels();
            long samples = Math.multiplyExact(
                    Math.multiplyExact((long) wire.batch(), (long) wire.height()),
                    Math.multiplyExact((long) wire.width(), (long) wire.channels()));
            MemorySegment segment = handOver.map(Path.of(wire.path()), samples);
            return Optional.of(
                    new Pictures.Raw(new Pixels(segment, wire.batch(), wire.height(), wire.width(), wire.channels())));
        }
        if (request.encoded() != null) {
            Protocol.Encoded wire = request.encoded();
            long total = wire.lengths().stream().mapToLong(Long::longValue).sum();
            MemorySegment segment = handOver.map(Path.of(wire.path()), total);
            List<MemorySegment> files = new ArrayList<>();
            long offset = 0;
            for (long length : wire.lengths()) {
                files.add(segment.asSlice(offset, length));
                offset += length;
            }
            return Optional.of(new Pictures.Jpegs(files, wire.width(), wire.height()));
        }
        return Optional.empty();
    }

    static Protocol.Ran answer(NodeResult result) {
        return new Protocol.Ran(
                result.outputs(),
                shown(result.ui()),
                result.files().isEmpty()
                        ? null
                        : result.files().stream()
                                .map(file -> new Protocol.LoadedFile(file.path().toString(), file.uri()))
                                .toList(),
                result.identity().orElse(null));
    }

    private static Protocol.Shown shown(Ui ui) {
        return new Protocol.Shown(
                ui.text(), ui.images(), ui.animated().orElse(null), ui.audio().orElse(null));
    }

    private Messages() {}
}
