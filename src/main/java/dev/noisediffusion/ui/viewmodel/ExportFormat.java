package dev.noisediffusion.ui.viewmodel;

/** The kinds of files that a film can be saved as. */
public enum ExportFormat {
    MP4("mp4"),
    GIF("gif"),
    /** A folder of numbered pictures. */
    PNG_SEQUENCE("");

    private final String extension;

    ExportFormat(String extension) {
        this.extension = extension;
    }

    /** Without a dot; empty for a folder. */
    public String extension() {
        return extension;
    }
}
