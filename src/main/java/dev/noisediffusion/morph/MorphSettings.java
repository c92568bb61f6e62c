package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.DiffusionSettings;
import dev.noisediffusion.diffusion.Timetable;

/**
 * Everything that decides a morph but the pictures.
 *
 * @param method how pictures are mixed
 * @param frames number of frames, keyframes included; at least as many as keyframes. Segments with a number of their
 *     own may make it more or fewer
 * @param steps of the whole schedule, at least 1; a frame takes the part of them below the depth
 * @param signalLevel the depth as sqrt(abar) at the start of decoding, in (0, 1): how much of the picture is left.
 *     Unlike a step count it means the same on every model
 * @param seed of the fresh noise
 * @param noiseTravel how that noise behaves from frame to frame
 * @param endpoints what is shown at the keyframes
 * @param prompting what the network is told in words, if it reads any
 */
public record MorphSettings(
        MorphMethod method,
        int frames,
        int steps,
        double signalLevel,
        long seed,
        NoiseTravel noiseTravel,
        Endpoints endpoints,
        Prompting prompting) {
    /** The studio's defaults: the paper's method at a depth and step count that suit a desktop computer. */
    public static final MorphSettings DEFAULT =
            new MorphSettings(NoiseDiffusion.PAPER, 17, 50, 0.3, 0, NoiseTravel.LOCKED, Endpoints.ORIGINAL);

    public MorphSettings {
        if (frames < 2) {
            throw new IllegalArgumentException("A morph needs at least 2 frames, found " + frames);
        }
        if (steps < 1) {
            throw new IllegalArgumentException("A morph needs at least 1 step, found " + steps);
        }
        if (!(signalLevel > 0 && signalLevel < 1)) {
            throw new IllegalArgumentException("Expected a depth sqrt(abar) between 0 and 1, found " + signalLevel);
        }
    }

    /** Without words. */
    public MorphSettings(
            MorphMethod method,
            int frames,
            int steps,
            double signalLevel,
            long seed,
            NoiseTravel noiseTravel,
            Endpoints endpoints) {
        this(method, frames, steps, signalLevel, seed, noiseTravel, endpoints, Prompting.NONE);
    }

    public MorphSettings withMethod(MorphMethod other) {
        return new MorphSettings(other, frames, steps, signalLevel, seed, noiseTravel, endpoints, prompting);
    }

    public MorphSettings withFrames(int other) {
        return new MorphSettings(method, other, steps, signalLevel, seed, noiseTravel, endpoints, prompting);
    }

    public MorphSettings withPrompting(Prompting other) {
        return new MorphSettings(method, frames, steps, signalLevel, seed, noiseTravel, endpoints, other);
    }

    public MorphSettings withNoise(long otherSeed, NoiseTravel travel) {
        return new MorphSettings(method, frames, steps, signalLevel, otherSeed, travel, endpoints, prompting);
    }

    public MorphSettings withEndpoints(Endpoints other) {
        return new MorphSettings(method, frames, steps, signalLevel, seed, noiseTravel, other, prompting);
    }

    /** The timesteps a morph runs through on a model; its length is the network calls a frame takes. */
    Timetable timetable(DiffusionSettings model) {
        return Timetable.toDepth(model, Math.min(steps, model.schedule().length()), signalLevel);
    }

    /** Whether a frame is a keyframe's picture itself. */
    public boolean showsOriginal(Mix mix) {
        return endpoints == Endpoints.ORIGINAL && mix.soleKeyframe().isPresent();
    }

    /** Whether a frame is a keyframe encoded and decoded again. */
    boolean showsRoundTrip(Mix mix) {
        return endpoints == Endpoints.ROUND_TRIP
                && method instanceof LatentMethod
                && mix.soleKeyframe().isPresent();
    }

    /**
     * The depth as people see it, {@code 1 - sqrt(abar)}: larger is deeper, and on Stable Diffusion's schedule the default
     * 0.7 is the paper's 0.7 of the steps.
     */
    public double depth() {
        return depthAt(signalLevel);
    }

    /** The depth of a signal level. */
    public static double depthAt(double signalLevel) {
        return complement(signalLevel);
    }

    /**
     * The signal level of a depth.
     *
     * @param depth in (0, 1)
     * @throws IllegalArgumentException with a sentence for the user, if it is out of range
     */
    public static double signalLevelAt(double depth) {
        double level = complement(depth);
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("Expected a depth between 0 and 1, both excluded, found " + depth);
        }
        return level;
    }

    /** 1 - x without the noise of binary fractions, so that 0.7 and 0.3 belong together. */
    private static double complement(double x) {
        return Math.round((1 - x) * 1e9) / 1e9;
    }
}
