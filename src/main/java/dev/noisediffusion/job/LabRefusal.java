package dev.noisediffusion.job;

/** Why an experiment of the lab cannot begin, go on or be read; the one detail is its file or folder, where nothing else is said. */
public enum LabRefusal implements Refusal {
    /** The number of pairs wanted, and that of the photographs. */
    TOO_FEW_PAIRS,
    /** The name of the experiment. */
    TOO_LARGE,
    /** The folder of the experiments that come with the studio. */
    EXPERIMENTS_UNREADABLE,
    /** The file, and what is wrong in it. */
    NO_EXPERIMENT,
    /** The metrics that are not known, and those that are. */
    UNKNOWN_METRICS,
    NO_PICTURES,
    PICTURE_UNREADABLE,
    PICTURES_NOT_KEPT,
    OTHER_RUN,
    OTHER_VERSION,
    IN_USE,
    DAMAGED,
    /** No details. */
    FRAME_DAMAGED,
    EMPTY,
    UNREADABLE,
    NOT_WRITTEN,
    /** The file of the results, which keeps what is in it. */
    NOT_WRITTEN_ANY_MORE,
    /** The folder of the report. */
    REPORT_NOT_WRITTEN
}
