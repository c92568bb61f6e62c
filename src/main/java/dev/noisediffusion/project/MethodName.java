package dev.noisediffusion.project;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.noisediffusion.morph.Crossfade;
import dev.noisediffusion.morph.MorphMethod;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseIntroduction;
import dev.noisediffusion.morph.Slerp;
import java.util.Locale;
import java.util.function.Supplier;

/** The methods there are, by the names that they have in documents and on the command line. */
public enum MethodName {
    NOISE_DIFFUSION("NoiseDiffusion"),
    SLERP("Slerp"),
    NOISE_INTRODUCTION("Noise introduction"),
    CROSSFADE("Crossfade");

    private final String title;

    MethodName(String title) {
        this.title = title;
    }

    /** The name for people, in English. */
    public String title() {
        return title;
    }

    /** The name of a method. */
    public static MethodName of(MorphMethod method) {
        return switch (method) {
            case NoiseDiffusion noiseDiffusion -> NOISE_DIFFUSION;
            case Slerp slerp -> SLERP;
            case NoiseIntroduction noiseIntroduction -> NOISE_INTRODUCTION;
            case Crossfade crossfade -> CROSSFADE;
        };
    }

    /**
     * The method of this name.
     *
     * @param noiseDiffusion with its parameters; asked only where this is it
     */
    public MorphMethod method(Supplier<NoiseDiffusion> noiseDiffusion) {
        return switch (this) {
            case NOISE_DIFFUSION -> noiseDiffusion.get();
            case SLERP -> new Slerp();
            case NOISE_INTRODUCTION -> new NoiseIntroduction();
            case CROSSFADE -> new Crossfade();
        };
    }

    /** In lower case with dashes: {@code noise-diffusion}. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
