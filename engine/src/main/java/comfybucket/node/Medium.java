package comfybucket.node;

import java.util.Locale;

/** How ComfyUI's page can show a file on a node. */
enum Medium {
    PICTURE,
    VIDEO,
    SOUND,
    /** Not at all. */
    NONE;

    /** By a file's name or by its ending alone. */
    static Medium of(String fileName) {
        return switch (fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "png", "jpg", "jpeg", "webp", "gif", "bmp", "avif" -> PICTURE;
            case "mp4", "webm", "mkv", "mov", "m4v" -> VIDEO;
            case "flac", "mp3", "wav", "opus", "ogg", "m4a" -> SOUND;
            default -> NONE;
        };
    }
}
