package dev.noisediffusion.lab;

import dev.noisediffusion.morph.MorphSettings;
import java.util.List;

/**
 * One setting of an experiment.
 *
 * @param label for people, and to tell cells apart
 * @param settings of the morphs, but for the seed
 * @param noiseScale what the noise in the encodings is multiplied by before they are mixed: above 1 there is more of it
 *     than the depth stands for
 * @param fractions of the frames that are made, ascending in [0, 1]
 */
public record Cell(String label, MorphSettings settings, double noiseScale, List<Double> fractions) {
    public Cell {
        fractions = List.copyOf(fractions);
    }

    /**
     * Whether every number that both have is one of the same frames: all of them, or those within where one cell has neither ends
     * nor a path to measure.
     */
    boolean isComparableWith(Cell other) {
        return fractions.equals(other.fractions) || isWithin(other) || other.isWithin(this);
    }

    private boolean isWithin(Cell other) {
        List<Double> within = other.fractions.stream()
                .filter(fraction -> fraction > 0 && fraction < 1)
                .toList();
        return fractions.equals(within) && fractions.size() < MorphSample.FEWEST_OF_PATH;
    }

    /** The settings with the seed of a {@link WorkPlan.Item}. */
    MorphSettings settings(long seed) {
        return settings.withNoise(seed, settings.noiseTravel());
    }

    /** The frame nearest to the middle of the morph, for the contact sheet. */
    int middle() {
        int middle = 0;
        for (int i = 1; i < fractions.size(); i++) {
            if (Math.abs(fractions.get(i) - 0.5) < Math.abs(fractions.get(middle) - 0.5)) {
                middle = i;
            }
        }
        return middle;
    }
}
