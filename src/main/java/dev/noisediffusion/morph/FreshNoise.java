package dev.noisediffusion.morph;

import java.util.SplittableRandom;

/**
 * Which fresh noise eps a frame gets: a field on the great circle between two others. Frames with the same one get the
 * same bits.
 *
 * @param first seed of the field at 0
 * @param second seed of the field at 1
 * @param turn in [0, 1]
 */
public record FreshNoise(long first, long second, double turn) {
    public FreshNoise {
        if (!(turn >= 0 && turn <= 1)) {
            throw new IllegalArgumentException("Expected a turn in [0, 1], found " + turn);
        }
    }

    /** The field of a seed. */
    public static FreshNoise ofSeed(long seed) {
        return new FreshNoise(seed, seed, 0);
    }

    /** What the settings of a morph give to a frame, unless the frame has noise of its own. */
    public static FreshNoise of(MorphSettings settings, FramePlan.Spot spot) {
        return spot.ownNoise().orElseGet(() -> of(settings.noiseTravel(), settings.seed(), spot));
    }

    static FreshNoise of(NoiseTravel travel, long seed, FramePlan.Spot spot) {
        return switch (travel) {
            case LOCKED -> ofSeed(seed);
            case TRAVELLING -> new FreshNoise(seed, seedOf(seed, -1), spot.drift());
            case REDRAWN -> ofSeed(seedOf(seed, spot.place().number()));
        };
    }

    private static long seedOf(long seed, int number) {
        return new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (number + 2L)).nextLong();
    }
}
