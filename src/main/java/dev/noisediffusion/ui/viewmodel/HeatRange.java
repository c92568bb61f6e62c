package dev.noisediffusion.ui.viewmodel;

/** Which difference of colour is the hottest of a heat map. */
public enum HeatRange {
    /** For settings that lie close together. */
    FINE(10),
    MEDIUM(25),
    /** Black against white. */
    FULL(100);

    private final double top;

    HeatRange(double top) {
        this.top = top;
    }

    /** As Delta E*ab. */
    public double top() {
        return top;
    }
}
