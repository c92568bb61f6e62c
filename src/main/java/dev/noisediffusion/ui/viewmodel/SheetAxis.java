package dev.noisediffusion.ui.viewmodel;

/** What can change from cell to cell of a contact sheet. */
public enum SheetAxis {
    GAMMA(0, 0.8),
    BOUNDARY(1, 3),
    GAIN(0.6, 1.8),
    DEPTH(0.5, 0.9),
    SEED(1, 5),
    /** Only where words are read and there are some. */
    GUIDANCE(1, 9);

    private final double from;
    private final double to;

    SheetAxis(double from, double to) {
        this.from = from;
        this.to = to;
    }

    /** Where a sheet begins unless something else is wished for. */
    double from() {
        return from;
    }

    double to() {
        return to;
    }

    /** The parameter that changes. */
    NumberParameter parameter(ParametersViewModel parameters) {
        return switch (this) {
            case GAMMA -> parameters.gamma();
            case BOUNDARY -> parameters.boundary();
            case GAIN -> parameters.gain();
            case DEPTH -> parameters.depth();
            case SEED -> parameters.seed();
            case GUIDANCE -> parameters.words().guidance();
        };
    }

    /** Whether NoiseDiffusion alone has the parameter. */
    boolean isOfNoiseDiffusion() {
        return switch (this) {
            case GAMMA, BOUNDARY, GAIN -> true;
            case DEPTH, SEED, GUIDANCE -> false;
        };
    }
}
