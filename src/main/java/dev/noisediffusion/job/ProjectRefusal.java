package dev.noisediffusion.job;

/** Why a project, a preset or unsaved work cannot be read or kept; the one detail is its name, where nothing else is said. */
public enum ProjectRefusal implements Refusal {
    GONE,
    FORBIDDEN,
    DAMAGED,
    NO_PROJECT,
    /** The name, and the studio that saved it. */
    NEWER,
    NOT_SAVED,
    /** Since the work had read or written it. */
    CHANGED_SINCE,
    /** The folder of the presets. */
    PRESETS_UNREADABLE,
    /** The preset, and the folder. */
    PRESET_NOT_SAVED,
    /** The file of the preset. */
    PRESET_NOT_DELETED,
    /** The folder of unsaved work. */
    WORK_NOT_KEPT
}
