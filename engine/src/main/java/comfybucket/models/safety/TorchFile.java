package comfybucket.models.safety;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A file of {@code torch.save}: since PyTorch 1.6 a ZIP archive with a pickle and the tensors' bytes, before that five
 * pickles with the bytes behind them. Which of them it is, PyTorch tells by the first four bytes, and so do we.
 */
final class TorchFile {
    static final byte[] ZIP = {'P', 'K', 3, 4};

    /** The first pickle of the older format: protocol 2, PyTorch's magic number, end. */
    private static final byte[] MAGIC = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e");

    /** Magic number, protocol, the system that it was saved on, the model, the keys of its tensors' bytes. */
    private static final int PICKLES = 5;

    /** Bytes of one pickle when it is taken out of its archive; a model's is some megabytes. */
    private static final long LARGEST_PICKLE = 1L << 28;

    static void check(ModelBytes file, PickleNames names) throws IOException {
        if (file.startsWith(ZIP)) {
            checkArchive(file, names);
        } else {
            checkPickles(file, names);
            HiddenContent.checkEnd(file);
        }
    }

    private static void checkArchive(ModelBytes file, PickleNames names) throws IOException {
        List<ArchiveEntry> pickles = ZipDirectory.read(file).stream()
                .filter(entry -> entry.name().toLowerCase(Locale.ROOT).endsWith(".pkl"))
                .toList();
        if (pickles.stream().noneMatch(entry -> entry.name().endsWith("/data.pkl"))) {
            throw new UnfitException("is a ZIP archive, but not one of PyTorch's");
        }
        for (ArchiveEntry entry : pickles) {
            if (entry.name().toLowerCase(Locale.ROOT).endsWith("/constants.pkl")) {
                names.suspect("TorchScript code");
            }
            if (entry.size() > LARGEST_PICKLE) {
                throw new UnfitException("holds a pickle that is too large to be checked");
            }
            try (InputStream content = entry.open(file)) {
                scanAll(content, names);
            }
        }
    }

    private static void checkPickles(ModelBytes file, PickleNames names) throws IOException {
        try (InputStream content = file.stream(0, file.size())) {
            if (file.startsWith(MAGIC)) {
                PickleScanner scanner = new PickleScanner(new PickleInput(content), names);
                for (int i = 0; i < PICKLES; i++) {
                    if (!scanner.scanOne()) {
                        throw new UnfitException("is cut off");
                    }
                }
            } else {
                scanAll(content, names);
            }
        }
    }

    private static void scanAll(InputStream content, PickleNames names) throws IOException {
        PickleScanner scanner = new PickleScanner(new PickleInput(content), names);
        if (!scanner.scanOne()) {
            throw new UnfitException("is empty");
        }
        while (scanner.scanOne()) {
            // Loaders read the first; what others would read after it is held to the same rules.
        }
    }

    private TorchFile() {}
}
