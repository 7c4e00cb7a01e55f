package comfybucket.node;

import java.util.List;

/**
 * What ComfyUI shows on a node and keeps in its history.
 *
 * @param text one line for each thing that was done; API clients read these
 * @param images pictures below one of ComfyUI's own folders
 */
public record Ui(List<String> text, List<Image> images) {
    /** @param type ComfyUI's word for the folder: {@code temp} or {@code output} */
    public record Image(String filename, String subfolder, String type) {}

    public Ui {
        text = List.copyOf(text);
        images = List.copyOf(images);
    }

    static final Ui NONE = new Ui(List.of(), List.of());

    static Ui text(String... lines) {
        return new Ui(List.of(lines), List.of());
    }
}
