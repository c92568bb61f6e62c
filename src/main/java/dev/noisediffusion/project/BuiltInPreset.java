package dev.noisediffusion.project;

import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseTravel;
import java.util.HashMap;
import java.util.Locale;
import java.util.Set;

/** The looks that come with the studio. */
public enum BuiltInPreset {
    /** The settings of the paper: section 5.1, gamma 0, boundary 2, mu + nu = 1.2. */
    PAPER(NoiseDiffusion.PAPER, 0.7, NoiseTravel.LOCKED),
    /** Shallow: outlines and colours stay those of the pictures, which dissolve into each other. */
    FAITHFUL(new NoiseDiffusion(0, 2, BoundaryPlacement.BOTH, Injection.ofGain(1.5)), 0.5, NoiseTravel.LOCKED),
    /** A low boundary calms the noise, and a little fresh noise lets the shapes flow: soft, quiet transitions. */
    SMOOTH(new NoiseDiffusion(0.15, 1.4, BoundaryPlacement.BOTH, Injection.ofGain(1.2)), 0.65, NoiseTravel.LOCKED),
    /** Deep, and with much fresh noise that drifts: the model invents what lies between the pictures. */
    DREAMY(
            new NoiseDiffusion(0.6, 2.4, BoundaryPlacement.BOTH, Injection.ofGain(1.5)),
            0.8,
            NoiseTravel.TRAVELLING);

    private final NoiseDiffusion method;
    private final double depth;
    private final NoiseTravel travel;

    BuiltInPreset(NoiseDiffusion method, double depth, NoiseTravel travel) {
        this.method = method;
        this.depth = depth;
        this.travel = travel;
    }

    /** Its values, steps left as they are: these are a matter of patience. */
    public ParameterValues look() {
        var settings = new MorphSettings(
                method,
                MorphSettings.DEFAULT.frames(),
                MorphSettings.DEFAULT.steps(),
                MorphSettings.signalLevelAt(depth),
                MorphSettings.DEFAULT.seed(),
                travel,
                Endpoints.ORIGINAL);
        ParameterValues all =
                Preset.of(toString(), ParameterValues.of(settings, MorphPath.STRAIGHT)).values();
        var numbers = new HashMap<>(all.numbers());
        numbers.keySet().removeAll(Set.of("steps", "mu", "nu"));
        return new ParameterValues(numbers, all.choices(), all.switches());
    }

    /** In lower case, as on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
