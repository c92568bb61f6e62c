package dev.noisediffusion.job;

/** Why a film cannot be written, or one that is there cannot be read; the first detail is its name, where nothing else is said. */
public enum FilmRefusal implements Refusal {
    /** What was given as a name. */
    NO_NAME,
    /** The name, and the folder. */
    NO_FOLDER,
    /** The name, and what is no folder. */
    FOLDER_IS_A_FILE,
    /** The name, and the folder. */
    FOLDER_FORBIDDEN,
    FOLDER_LOST,
    NAME_REFUSED,
    NOT_REPLACED,
    TAKEN,
    DISK_FULL,
    FILE_TOO_LARGE,
    IS_A_FOLDER,
    PROTECTED,
    /** The name of what should become a folder of pictures. */
    IS_A_FILE,
    /** The name of what should become a folder of pictures. */
    FOLDER_IN_USE,
    /** Width and height in pixels, and the format. */
    TOO_LARGE,
    /** Width and height in pixels, the format, and the least side in pixels. */
    TOO_SMALL,
    /** Width and height in pixels. */
    SHEET_TOO_LARGE,
    OVER_4_GIGABYTES,
    ENCODER_STOPPED,
    /** No details. */
    NO_ENCODER,
    /** No details. */
    ENCODER_UNUSABLE,
    GONE,
    UNREADABLE
}
