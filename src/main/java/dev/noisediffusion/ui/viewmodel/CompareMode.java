package dev.noisediffusion.ui.viewmodel;

/** How pictures are compared. */
public enum CompareMode {
    /** Not at all: the morph alone. */
    SINGLE,
    SIDE_BY_SIDE,
    /** One over the other, parted by a line that is drawn across. */
    WIPE,
    /** How far they differ, as a heat map. */
    DIFFERENCE,
    /** Every method, two by two. */
    GRID;

    /** Whether two sides of choice are compared. */
    public boolean isPair() {
        return this == SIDE_BY_SIDE || this == WIPE || this == DIFFERENCE;
    }
}
