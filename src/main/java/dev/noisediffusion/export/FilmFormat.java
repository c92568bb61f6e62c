package dev.noisediffusion.export;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a film is written as. */
public enum FilmFormat {
    /** H.264, yuv420p, the index at the front: plays everywhere and while it loads. */
    MP4("MP4 video", ".mp4"),
    /** VP9, yuv420p: smaller than an MP4, for web pages. */
    WEBM("WebM video", ".webm"),
    /** 256 colours chosen for the clip. */
    GIF("Animated GIF", ".gif"),
    /** Every colour at a fraction of the size of a GIF; shown by browsers. */
    WEBP("Animated WebP", ".webp"),
    /** Every pixel as it was, in one file that loops; shown by browsers. */
    APNG("Animated PNG", ".apng"),
    /** A new folder of numbered files, every pixel as it was. */
    PNG_SEQUENCE("PNG sequence", ""),
    /** All frames on one picture, row by row. */
    CONTACT_SHEET("Contact sheet", ".png");

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

    /** Whether players stop at its end, so that passes are written one after the other. */
    public boolean isVideo() {
        return this == MP4 || this == WEBM;
    }

    /** Whether its frames are shown one after the other, so many a second; FFmpeg makes these and no others. */
    public boolean isTimed() {
        return this != PNG_SEQUENCE && this != CONTACT_SHEET;
    }

    /** Whether it takes much room: every pixel is kept as it was, as PNG, or by its colour in the palette. */
    boolean isBulky() {
        return this == GIF || this == APNG || this == PNG_SEQUENCE || this == CONTACT_SHEET;
    }

    /**
     * The most frames a second that players show as they are asked to: browsers show what stays for 10 ms or less as 10 frames a
     * second, most players of a GIF all that asks for more than 50.
     */
    public int mostFps() {
        return switch (this) {
            case GIF -> 50;
            case WEBP, APNG -> 90;
            case MP4, WEBM, PNG_SEQUENCE, CONTACT_SHEET -> ExportSettings.MAX_FPS;
        };
    }

    /** Whether it can be made smaller by losing detail. */
    public boolean hasQuality() {
        return isVideo() || this == WEBP;
    }

    /** The format that a file name asks for: by its ending, a folder where it has none; empty for other endings. */
    public static Optional<FilmFormat> of(Path target) {
        Path fileName = target.getFileName();
        String name = fileName == null ? "" : fileName.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".m4v")) {
            return Optional.of(MP4);
        }
        Optional<FilmFormat> byEnding = Stream.of(values())
                .filter(format -> !format.extension.isEmpty() && name.endsWith(format.extension))
                .findFirst();
        if (byEnding.isPresent()) {
            return byEnding;
        }
        return name.isEmpty() || name.lastIndexOf('.') > 0 ? Optional.empty() : Optional.of(PNG_SEQUENCE);
    }
}
