package comfybucket.storage.s3;

import comfybucket.provider.Provider;
import comfybucket.storage.KeyPrefix;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what a store can do with uploads in parts; made to be killed meanwhile. */
final class ProbingProcess {
    private ProbingProcess() {}

    static Process start(S3Connection store, String accessKey, String secretKey, KeyPrefix ground) throws IOException {
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ProbingProcess.class.getName());
        Stream<String> arguments =
                Stream.of(store.endpoint().toString(), store.bucket(), accessKey, secretKey, ground.value());
        List<String> command = Stream.concat(java, arguments).toList();
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) {
        S3Connection connection = Connections.to(URI.create(args[0]), args[1], args[2], args[3]);
        Doubts doubts = new Doubts(
                Provider.named("Custom").openQuirks(), Findings.inMemory(), Optional.of(new KeyPrefix(args[4])));
        try (S3Store store = S3Store.open(connection, doubts)) {
            System.out.println(store.capabilities().createOnlyInParts());
        }
    }
}
