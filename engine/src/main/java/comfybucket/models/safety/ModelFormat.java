package comfybucket.models.safety;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of model files, told by their names, since that is how loaders choose what reads them. */
enum ModelFormat {
    SAFETENSORS,
    GGUF,
    ONNX,
    /** PyTorch's own files: an archive with a pickle in it, or pickles one after another. */
    PICKLE;

    /** Empty when files of that name are no models. */
    static Optional<ModelFormat> of(String fileName) {
        String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return fileName.indexOf('.') < 0
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(format -> format.endings().contains(ending))
                        .findFirst();
    }

    /** Every ending that a model may have, for people. */
    static String allEndings() {
        return Arrays.stream(values())
                .flatMap(format -> format.endings().stream())
                .map(ending -> "." + ending)
                .collect(Collectors.joining(", "));
    }

    private List<String> endings() {
        return switch (this) {
            case SAFETENSORS -> List.of("safetensors", "sft");
            case GGUF -> List.of("gguf");
            case ONNX -> List.of("onnx");
            case PICKLE -> List.of("pt", "pth", "ckpt", "bin");
        };
    }
}
