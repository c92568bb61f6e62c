package dev.noisediffusion.project;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.noisediffusion.morph.Crossfade;
import dev.noisediffusion.morph.MorphMethod;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseIntroduction;
import dev.noisediffusion.morph.Slerp;
import java.util.Locale;

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

    /** In lower case with dashes: {@code noise-diffusion}. */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
