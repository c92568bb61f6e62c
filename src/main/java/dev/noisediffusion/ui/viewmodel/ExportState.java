package dev.noisediffusion.ui.viewmodel;

/** How an export is. */
public enum ExportState {
    /** For its turn, or for the film. */
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    /** Whether an export may go from this state to another. */
    boolean canBecome(ExportState next) {
        return switch (next) {
            case WAITING -> this == FAILED || this == CANCELLED;
            case RUNNING -> this == WAITING;
            case DONE, FAILED -> this == RUNNING;
            case CANCELLED -> this == WAITING || this == RUNNING;
        };
    }

    /** Whether there is nothing more to be done. */
    public boolean isOver() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }
}
