package comfybucket.node;

import comfybucket.error.CloudException;
import comfybucket.error.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The file formats of Save Image to Cloud. */
enum ImageFormat {
    PNG,
    JPG,
    WEBP;

    /** @throws CloudException {@link Problem#INPUT_NOT_USABLE} */
    static ImageFormat named(String word) {
        return Arrays.stream(values())
                .filter(format -> format.extension().equals(word))
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        Problem.INPUT_NOT_USABLE,
                        Map.of(
                                "input", "format",
                                "reason", "there is no format " + word,
                                "allowed", "png, jpg or webp")));
    }

    /** Also the word in workflows. */
    String extension() {
        return name().toLowerCase(Locale.ROOT);
    }
}
