package dev.noisediffusion.measure;

import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;

/**
 * What a network sees in one picture: a vector at each place of a grid.
 *
 * @param map [1, C, h, w]
 */
public record Features(Tensor map) {
    public Features {
        if (map.shape().rank() != 4 || map.shape().batch() != 1) {
            throw new IllegalArgumentException("Expected features of one picture, found " + map.shape());
        }
    }

    /** The mean over the places, C values: one vector for the whole picture. */
    public float[] pooled() {
        Shape shape = map.shape();
        int plane = shape.height() * shape.width();
        var pooled = new float[shape.channels()];
        for (int c = 0; c < pooled.length; c++) {
            double sum = 0;
            for (int i = 0; i < plane; i++) {
                sum += map.get(c * plane + i);
            }
            pooled[c] = (float) (sum / plane);
        }
        return pooled;
    }

    /**
     * The distance from another picture's: the root mean square over the places of how far the vectors there, each brought
     * to length 1, lie apart. It is one layer of LPIPS (Zhang et al. 2018, eq. 1) without weights learnt from people; a
     * metric, 0 to 2.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public double distance(Features other) {
        Shape shape = map.shape();
        if (!shape.equals(other.map.shape())) {
            throw new IllegalArgumentException("Expected features " + shape + ", found " + other.map.shape());
        }
        int plane = shape.height() * shape.width();
        double squares = 0;
        for (int i = 0; i < plane; i++) {
            double a = length(i, plane);
            double b = other.length(i, plane);
            for (int c = 0; c < shape.channels(); c++) {
                double difference = map.get(c * plane + i) / a - other.map.get(c * plane + i) / b;
                squares += difference * difference;
            }
        }
        return Math.sqrt(squares / plane);
    }

    private double length(int place, int plane) {
        double squares = 0;
        for (int c = 0; c < map.shape().channels(); c++) {
            double value = map.get(c * plane + place);
            squares += value * value;
        }
        return Math.max(1e-10, Math.sqrt(squares));
    }
}
