package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * How near a noisy tensor in VP coordinates is to valid noise N(0, 1), found in one pass. Encodings are looked at before
 * they are clipped, the mixture after: so N(0, 1) clipped at 2 has 4.55 % of its values at the boundary and sigma 0.959.
 */
public final class NoiseStatistics {
    /** Bars of {@link #densities}: each 0.1 wide, the middle one about 0, so that common boundaries lie within a bar. */
    public static final int BARS = 91;
    /** The bars reach from minus to plus this; values beyond count in the outermost. */
    public static final double RANGE = 4.55;

    private static final int BINS_A_BAR = 5;
    private static final int BINS = BARS * BINS_A_BAR;
    private static final double BIN = 2 * RANGE / BINS;
    /** E|x| of N(0, 1): how far a field without any noise is from it. */
    private static final double DISTANCE_OF_NOTHING = Math.sqrt(2 / Math.PI);

    private final double boundary;
    private final double natural;
    private final int count;
    private final int[] histogram = new int[BINS];
    private final double mean;
    private final double sigma;
    private final double kurtosis;
    private final double length;
    private final double beyond;
    private final double distance;

    private NoiseStatistics(Tensor noise, Boundaries boundaries) {
        this.boundary = boundaries.set();
        this.natural = boundaries.natural();
        this.count = noise.size();
        double sum = 0;
        double squares = 0;
        double cubes = 0;
        double fourths = 0;
        double overhang = 0;
        int touching = 0;
        for (int i = 0; i < count; i++) {
            float value = noise.get(i);
            double square = (double) value * value;
            sum += value;
            squares += square;
            cubes += value * square;
            fourths += square * square;
            float size = Math.abs(value);
            touching += size >= boundaries.at(i) ? 1 : 0;
            overhang += Math.max(0, size - RANGE);
            histogram[Math.clamp((int) ((value + RANGE) / BIN), 0, BINS - 1)]++;
        }
        mean = sum / count;
        double variance = Math.max(0, squares / count - mean * mean);
        sigma = Math.sqrt(variance);
        double fourth = fourths / count
                - 4 * mean * cubes / count
                + 6 * mean * mean * squares / count
                - 3 * mean * mean * mean * mean;
        kurtosis = variance == 0 ? 0 : fourth / (variance * variance) - 3;
        length = Math.sqrt(squares / count);
        beyond = (double) touching / count;
        distance = distanceInRange() + overhang / count;
    }

    /**
     * Looks at noise.
     *
     * @param noise of any shape with at least one value
     * @param boundary above 0, infinite where nothing is clipped
     */
    public static NoiseStatistics of(Tensor noise, double boundary) {
        return of(noise, Boundaries.everywhere(boundary));
    }

    /** Looks at noise with a boundary of its own at each position. */
    static NoiseStatistics of(Tensor noise, Boundaries boundaries) {
        if (noise.size() == 0) {
            throw new IllegalArgumentException("Expected noise with at least one value, found " + noise.shape());
        }
        return new NoiseStatistics(noise, boundaries);
    }

    /** The area between the two cumulative curves, by the trapezoid rule over the edges of the bins. */
    private double distanceInRange() {
        double area = 0;
        double before = 0;
        int below = 0;
        for (int bin = 0; bin < BINS; bin++) {
            below += histogram[bin];
            // Values beyond the range lie in the outermost bins; what they are farther out is the overhang.
            double gap = Math.abs((double) below / count - NormalCurve.below(-RANGE + BIN * (bin + 1)));
            area += (before + gap) / 2 * BIN;
            before = gap;
        }
        return area;
    }

    public double mean() {
        return mean;
    }

    /** The standard deviation, 1 for valid noise. */
    public double sigma() {
        return sigma;
    }

    /** Excess kurtosis: 0 for valid noise, above it for heavy tails, below it for cut ones; 0 for a constant field. */
    public double kurtosis() {
        return kurtosis;
    }

    /** norm / sqrt(d), 1 for valid noise. */
    public double length() {
        return length;
    }

    /** The boundary that was asked about, at strength 1 of its mask. */
    public double boundary() {
        return boundary;
    }

    /** The share that N(0, 1) has at the same boundaries or beyond them, in [0, 1]. */
    public double natural() {
        return natural;
    }

    /** The share of values at the boundary of their position or beyond it, in [0, 1]. */
    public double beyond() {
        return beyond;
    }

    /**
     * The Wasserstein-1 distance from N(0, 1): how far, on average, values would have to move to follow it. Mean, spread
     * and tails all count; it is the area between the Q-Q line and the diagonal.
     */
    public double distance() {
        return distance;
    }

    /**
     * The same as a score: 1 for N(0, 1), 0 as far from it as a field without any noise, or farther. Noise that is only
     * too flat scores its sigma.
     */
    public double validity() {
        return Math.max(0, 1 - distance / DISTANCE_OF_NOTHING);
    }

    /** The histogram as a probability density, one value for each of {@value #BARS} bars. */
    public List<Double> densities() {
        var densities = new ArrayList<Double>(BARS);
        for (int bar = 0; bar < BARS; bar++) {
            int values = 0;
            for (int bin = 0; bin < BINS_A_BAR; bin++) {
                values += histogram[bar * BINS_A_BAR + bin];
            }
            densities.add(values / (count * BIN * BINS_A_BAR));
        }
        return List.copyOf(densities);
    }

    /**
     * The value below which as many of these values lie as lie below {@code z} in N(0, 1): the line of a Q-Q plot.
     *
     * @return within 0.02, in [-RANGE, RANGE]
     */
    public double quantile(double z) {
        double wanted = NormalCurve.below(z) * count;
        int below = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (below + histogram[bin] >= wanted && histogram[bin] > 0) {
                return -RANGE + BIN * (bin + (wanted - below) / histogram[bin]);
            }
            below += histogram[bin];
        }
        return RANGE;
    }
}
