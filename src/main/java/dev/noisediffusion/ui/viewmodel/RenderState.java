package dev.noisediffusion.ui.viewmodel;

/** How the render is. */
public enum RenderState {
    /** Nothing rendered yet. */
    IDLE,
    RENDERING,
    FINISHED,
    CANCELLED,
    FAILED;

    /** Whether a render may go from this state to another. */
    public boolean canBecome(RenderState next) {
        return switch (next) {
            case RENDERING -> true;
            case FINISHED, CANCELLED, FAILED -> this == RENDERING;
            case IDLE -> this != RENDERING;
        };
    }
}
