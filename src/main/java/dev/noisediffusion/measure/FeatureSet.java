package dev.noisediffusion.measure;

import java.util.List;

/** Feature vectors of pictures, one length for all. */
public final class FeatureSet {
    private final List<float[]> vectors;
    private final int dimensions;

    private FeatureSet(List<float[]> vectors, int dimensions) {
        this.vectors = vectors;
        this.dimensions = dimensions;
    }

    /**
     * A set of vectors, which are copied.
     *
     * @throws IllegalArgumentException if there are none, or their lengths differ
     */
    public static FeatureSet of(List<float[]> vectors) {
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one feature vector");
        }
        int dimensions = vectors.getFirst().length;
        if (vectors.stream().anyMatch(vector -> vector.length != dimensions)) {
            throw new IllegalArgumentException("Expected feature vectors of one length");
        }
        return new FeatureSet(vectors.stream().map(float[]::clone).toList(), dimensions);
    }

    public int size() {
        return vectors.size();
    }

    public int dimensions() {
        return dimensions;
    }

    double get(int vector, int dimension) {
        return vectors.get(vector)[dimension];
    }

    /** The kernel of the KID, {@code (x . y / d + 1)^3} (Binkowski et al. 2018). */
    double kernel(int vector, FeatureSet other, int otherVector) {
        float[] x = vectors.get(vector);
        float[] y = other.vectors.get(otherVector);
        double dot = 0;
        for (int i = 0; i < x.length; i++) {
            dot += (double) x[i] * y[i];
        }
        double base = dot / x.length + 1;
        return base * base * base;
    }
}
