package dev.noisediffusion.job;

/** Why a picture cannot be read; the first detail is its name, where nothing else is said. */
public enum PictureRefusal implements Refusal {
    IS_A_FOLDER,
    /** The name, and the folder. */
    GONE,
    NOT_OPENED,
    EMPTY,
    UNKNOWN_FORMAT,
    HEIC_OR_AVIF,
    DAMAGED,
    /** The name, and the width and height that it declares. */
    NO_PIXELS,
    OUT_OF_MEMORY,
    /** The name, and how many megabytes it has and may have. */
    FILE_TOO_LARGE,
    /** The name, the width and height that it declares, and how many megapixels these are and may be. */
    TOO_MANY_PIXELS,
    /** The folder of photographs. */
    FOLDER_UNREADABLE
}
