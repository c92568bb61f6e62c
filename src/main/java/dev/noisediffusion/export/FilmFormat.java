package dev.noisediffusion.export;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a film is written as. */
public enum FilmFormat {
    /** H.264, yuv420p, the index at the front: plays everywhere and while it loads. */
    MP4("MP4 video", ".mp4"),
    /** 256 colours chosen for the clip. */
    GIF("Animated GIF", ".gif"),
    /** A new folder of numbered files, every pixel as it was. */
    PNG_SEQUENCE("PNG sequence", "");

    private final String title;
    private final String extension;

    FilmFormat(String title, String extension) {
        this.title = title;
        this.extension = extension;
    }

    /** The name for people. */
    public String title() {
        return title;
    }

    /** With its dot; empty for a folder. */
    public String extension() {
        return extension;
    }

    /** The format that a file name asks for: by its ending, a folder where it has none; empty for other endings. */
    public static Optional<FilmFormat> of(Path target) {
        Path fileName = target.getFileName();
        String name = fileName == null ? "" : fileName.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(MP4.extension) || name.endsWith(".m4v")) {
            return Optional.of(MP4);
        }
        if (name.endsWith(GIF.extension)) {
            return Optional.of(GIF);
        }
        return name.isEmpty() || name.lastIndexOf('.') > 0 ? Optional.empty() : Optional.of(PNG_SEQUENCE);
    }
}
