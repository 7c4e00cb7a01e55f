package comfybucket.node;

import java.util.List;
import java.util.Optional;

/**
 * What ComfyUI shows on a node and keeps in its history. A node always has the same members, because ComfyUI merges what
 * several runs of a node show by the members of the first.
 *
 * @param text one line for each thing that was done; API clients read these
 * @param images pictures or videos below one of ComfyUI's own folders
 * @param animated for nodes that show videos: one {@code true} when {@code images} are videos
 * @param audio for nodes that show sounds; the page wants a player on every node that has it
 */
public record Ui(List<String> text, List<File> images, Optional<List<Boolean>> animated, Optional<List<File>> audio) {
    /** @param type ComfyUI's word for the folder: {@code temp} or {@code output} */
    public record File(String filename, String subfolder, String type) {
        Medium medium() {
            return Medium.of(filename);
        }
    }

    public Ui {
        text = List.copyOf(text);
        images = List.copyOf(images);
        animated = animated.map(List::copyOf);
        audio = audio.map(List::copyOf);
    }

    static final Ui NONE = pictures(List.of(), List.of());

    static Ui text(String... lines) {
        return pictures(List.of(lines), List.of());
    }

    static Ui pictures(List<String> text, List<File> pictures) {
        return new Ui(text, pictures, Optional.empty(), Optional.empty());
    }

    static Ui sounds(List<String> text, List<File> sounds) {
        return new Ui(text, List.of(), Optional.empty(), Optional.of(sounds));
    }

    /** Pictures, or else videos: the page can show one kind on a node. Other files are left out. */
    static Ui picturesOrVideos(List<String> text, List<File> files) {
        List<File> pictures = of(Medium.PICTURE, files);
        List<File> videos = pictures.isEmpty() ? of(Medium.VIDEO, files) : List.of();
        return videos.isEmpty()
                ? new Ui(text, pictures, Optional.of(List.of()), Optional.empty())
                : new Ui(text, videos, Optional.of(List.of(true)), Optional.empty());
    }

    private static List<File> of(Medium medium, List<File> files) {
        return files.stream().filter(file -> file.medium() == medium).toList();
    }
}
