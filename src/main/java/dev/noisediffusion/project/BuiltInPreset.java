package dev.noisediffusion.project;

import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.NoiseTravel;
import java.util.Locale;
import java.util.Map;

/** The looks that come with the studio. */
public enum BuiltInPreset {
    /** The settings of the paper: section 5.1, gamma 0, boundary 2, mu + nu = 1.2. */
    PAPER(0, 2, 1.2, 0.7, NoiseTravel.LOCKED),
    /**
     * As the paper, but for mu + nu, which is alpha + beta in mid-path (the square root of 2) as nearly as a slider says it:
     * there the injection takes nothing away of the pictures.
     */
    BALANCED(0, 2, 1.4, 0.7, NoiseTravel.LOCKED),
    /** Shallow: outlines and colours stay those of the pictures, which dissolve into each other. */
    FAITHFUL(0, 2, 1.5, 0.5, NoiseTravel.LOCKED),
    /** A low boundary calms the noise, and a little fresh noise lets the shapes flow: soft, quiet transitions. */
    SMOOTH(0.15, 1.4, 1.2, 0.65, NoiseTravel.LOCKED),
    /** Deep, and with much fresh noise that drifts: the model invents what lies between the pictures. */
    DREAMY(0.6, 2.4, 1.5, 0.8, NoiseTravel.TRAVELLING);

    private final double gamma;
    private final double boundary;
    private final double gain;
    private final double depth;
    private final NoiseTravel travel;

    BuiltInPreset(double gamma, double boundary, double gain, double depth, NoiseTravel travel) {
        this.gamma = gamma;
        this.boundary = boundary;
        this.gain = gain;
        this.depth = depth;
        this.travel = travel;
    }

    /** Its values; steps stay as they are, which are a matter of patience. */
    public ParameterValues look() {
        return new ParameterValues(
                Map.of("gamma", gamma, "boundary", boundary, "gain", gain, "depth", depth),
                Map.of(
                        "method", MethodName.NOISE_DIFFUSION.name(),
                        "placement", BoundaryPlacement.BOTH.name(),
                        "travel", travel.name(),
                        "endpoints", Endpoints.ORIGINAL.name()),
                Map.of(ParameterValues.BOUNDARY_OFF, false, ParameterValues.GAINS_APART, false));
    }

    /** In lower case, as on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
