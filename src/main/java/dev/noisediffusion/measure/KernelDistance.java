package dev.noisediffusion.measure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The squared maximum mean discrepancy with the cubic kernel {@code (x . y / d + 1)^3}: what the KID (Binkowski et al. 2018) is
 * in Inception features. Of independent sets it is unbiased, whatever their sizes; about 0 (it may be below) for two samples of
 * one distribution. Where the vectors of a set were made of vectors of the reference, as frames are of pictures, it is too small
 * by an amount that falls with their number: such numbers compare only where there are as many.
 *
 * @param value of all vectors
 * @param error standard error by the jackknife (Tukey 1958) over the vectors of the set, which it takes for independent: how far
 *     the distance scatters where another set is made of another reference. So a vector that is left out takes along what it was
 *     made of: of a vector of the reference that k were made of, a weight of 1/k
 */
public record KernelDistance(double value, double error) {
    /**
     * The distance of a set from another, of which it may have been made.
     *
     * @param set at least 2 vectors; of 2 the error is NaN
     * @param sources for each vector of the set, where in the reference those are that it was made of, none of them twice; empty
     *     if none is there
     * @param reference at least 2 vectors, also without the sources of any one
     */
    public static KernelDistance of(FeatureSet set, List<List<Integer>> sources, FeatureSet reference) {
        if (set.size() < 2 || reference.size() < 2) {
            throw new IllegalArgumentException("Expected at least 2 vectors and 2 to compare them with");
        }
        if (sources.size() != set.size()) {
            throw new IllegalArgumentException(
                    "Expected the sources of " + set.size() + " vectors, found " + sources.size());
        }
        return new Sums(set, sources, reference).distance();
    }

    /** Sums of kernels, from which the distance with any one vector left out follows. */
    private static final class Sums {
        private final FeatureSet set;
        private final List<List<Integer>> sources;
        private final FeatureSet reference;
        private final double[] toOthers;
        private final double[] toReference;
        private final double[] toSet;
        private final double[] amongReference;
        private final double[] uses;

        Sums(FeatureSet set, List<List<Integer>> sources, FeatureSet reference) {
            this.set = set;
            this.sources = sources;
            this.reference = reference;
            toOthers = toOthersOf(set);
            amongReference = toOthersOf(reference);
            toReference = new double[set.size()];
            toSet = new double[reference.size()];
            for (int i = 0; i < set.size(); i++) {
                for (int j = 0; j < reference.size(); j++) {
                    double kernel = set.kernel(i, reference, j);
                    toReference[i] += kernel;
                    toSet[j] += kernel;
                }
            }
            uses = new double[reference.size()];
            for (List<Integer> own : sources) {
                for (int source : own) {
                    uses[source]++;
                }
            }
        }

        private static double[] toOthersOf(FeatureSet one) {
            var sums = new double[one.size()];
            for (int i = 0; i < one.size(); i++) {
                for (int j = 0; j < i; j++) {
                    double kernel = one.kernel(i, one, j);
                    sums[i] += kernel;
                    sums[j] += kernel;
                }
            }
            return sums;
        }

        KernelDistance distance() {
            double[] left =
                    IntStream.range(0, set.size()).mapToDouble(this::without).toArray();
            return new KernelDistance(without(-1), Interval.jackknifeError(left));
        }

        /** The distance with a vector and its shares of its sources left out; with all for -1. */
        private double without(int left) {
            double n = set.size();
            double own = Arrays.stream(toOthers).sum();
            double across = Arrays.stream(toReference).sum();
            double among = Arrays.stream(amongReference).sum();
            // Of the reference: the sum of the weights, and of their squares.
            double weight = reference.size();
            double squares = weight;
            if (left >= 0) {
                n -= 1;
                own -= 2 * toOthers[left];
                across -= toReference[left];
                for (int i : sources.get(left)) {
                    double share = 1 / uses[i];
                    weight -= share;
                    squares -= share * (2 - share);
                    across -= share * (toSet[i] - set.kernel(left, reference, i));
                    among -= 2 * share * amongReference[i];
                    for (int j : sources.get(left)) {
                        among += i == j ? 0 : share / uses[j] * reference.kernel(i, reference, j);
                    }
                }
            }
            return own / (n * (n - 1)) + among / (weight * weight - squares) - 2 * across / (n * weight);
        }
    }
}
