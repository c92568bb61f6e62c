package dev.noisediffusion.morph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * How much of each keyframe a frame shows.
 *
 * @param values one weight a keyframe, each at least 0, together 1
 */
public record Weights(List<Double> values) {
    private static final double TOLERANCE = 1e-9;

    public Weights {
        values = List.copyOf(values);
        double sum = 0;
        for (double value : values) {
            if (!(value >= 0)) {
                throw new IllegalArgumentException("Expected weights of at least 0, found " + values);
            }
            sum += value;
        }
        if (Math.abs(sum - 1) > TOLERANCE) {
            throw new IllegalArgumentException("Expected weights that sum to 1, found " + values);
        }
    }

    /** Two keyframes: {@code 1 - f} of the first and {@code f} of the second. */
    public static Weights ofPair(double f) {
        return between(2, 0, 1, f);
    }

    /** All the weight on one of many keyframes. */
    public static Weights only(int count, int keyframe) {
        var values = new ArrayList<>(Collections.nCopies(count, 0.0));
        values.set(keyframe, 1.0);
        return new Weights(values);
    }

    /**
     * A place between two among many keyframes.
     *
     * @param count number of keyframes
     * @param from index of the keyframe before the place
     * @param to index of the keyframe after it
     * @param f in [0, 1] from the one to the other
     */
    public static Weights between(int count, int from, int to, double f) {
        if (!(f >= 0 && f <= 1)) {
            throw new IllegalArgumentException("Expected a fraction in [0, 1], found " + f);
        }
        var values = new ArrayList<>(Collections.nCopies(count, 0.0));
        values.set(from, 1 - f);
        values.set(to, f);
        return new Weights(values);
    }

    public int count() {
        return values.size();
    }

    public double get(int keyframe) {
        return values.get(keyframe);
    }

    /** The keyframe that has all the weight, if one has. */
    public OptionalInt soleKeyframe() {
        int index = values.indexOf(1.0);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }
}
