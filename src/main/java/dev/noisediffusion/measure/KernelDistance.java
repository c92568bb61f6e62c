package dev.noisediffusion.measure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The squared maximum mean discrepancy with the cubic kernel {@code (x . y / d + 1)^3}: what the KID (Binkowski et al. 2018) is
 * in Inception features. Of independent sets it is unbiased, whatever their sizes; about 0 (it may be below) for two samples of
 * one distribution. Where each group was made of vectors of the reference, as frames are of pictures, it is too small by an
 * amount that falls with the number of groups: such numbers compare only where there are as many.
 *
 * @param value of all vectors
 * @param error standard error by the jackknife over the groups
 */
public record KernelDistance(double value, double error) {
    /**
     * The distance of a set that comes in groups, such as the frames of one pair of pictures, from another.
     *
     * @param groups at least 2, in all at least 2 vectors with any one group left out
     * @param reference at least 2
     */
    public static KernelDistance of(List<FeatureSet> groups, FeatureSet reference) {
        if (groups.size() < 2 || reference.size() < 2) {
            throw new IllegalArgumentException("Expected at least 2 groups and 2 vectors to compare them with");
        }
        return new Sums(groups, reference).distance();
    }

    /** Sums of kernels between groups, from which the distance with any one left out follows. */
    private static final class Sums {
        private final int count;
        private final int[] sizes;
        private final double[] within;
        private final double[] toOthers;
        private final double[] toReference;
        private final double referenceMean;
        private final int referenceSize;

        Sums(List<FeatureSet> groups, FeatureSet reference) {
            count = groups.size();
            sizes = groups.stream().mapToInt(FeatureSet::size).toArray();
            within = groups.stream()
                    .mapToDouble(group -> sum(group, group, true))
                    .toArray();
            toOthers = new double[count];
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < i; j++) {
                    double both = 2 * sum(groups.get(i), groups.get(j), false);
                    toOthers[i] += both;
                    toOthers[j] += both;
                }
            }
            toReference = groups.stream()
                    .mapToDouble(group -> sum(group, reference, false))
                    .toArray();
            referenceSize = reference.size();
            referenceMean = sum(reference, reference, true) / (referenceSize * (referenceSize - 1.0));
        }

        private static double sum(FeatureSet a, FeatureSet b, boolean same) {
            double sum = 0;
            for (int i = 0; i < a.size(); i++) {
                for (int j = 0; j < b.size(); j++) {
                    sum += same && i == j ? 0 : a.kernel(i, b, j);
                }
            }
            return sum;
        }

        KernelDistance distance() {
            double[] left = IntStream.range(0, count).mapToDouble(this::without).toArray();
            return new KernelDistance(without(-1), Interval.jackknifeError(left));
        }

        /** The distance with a group left out; none for -1. */
        private double without(int left) {
            double own = 0;
            double across = 0;
            double n = 0;
            for (int i = 0; i < count; i++) {
                // Each pair of groups stands in the sums of both.
                own += within[i] + toOthers[i] / 2;
                across += toReference[i];
                n += sizes[i];
            }
            if (left >= 0) {
                own -= within[left] + toOthers[left];
                across -= toReference[left];
                n -= sizes[left];
            }
            return own / (n * (n - 1)) + referenceMean - 2 * across / (n * referenceSize);
        }
    }
}
