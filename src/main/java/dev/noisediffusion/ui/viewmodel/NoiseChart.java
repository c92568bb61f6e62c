package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.NoiseStatistics;
import dev.noisediffusion.morph.NormalCurve;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the histogram and the Q-Q plot show.
 *
 * @param filled what it is about, null if there is nothing but the lines
 * @param lines what it is compared with, thin
 * @param boundary marked at both sides; infinite for none
 */
public record NoiseChart(@Nullable Curve filled, List<Curve> lines, double boundary) {
    /** Densities are given for bars of one width from minus to plus this. */
    public static final double RANGE = NoiseStatistics.RANGE;
    /** Quantiles are given for evenly spread places from minus to plus this. */
    public static final double QUANTILE_RANGE = 3;

    /** Lines that are drawn; further ones are left out. */
    public static final int MOST_LINES = 4;

    private static final int QUANTILES = 25;

    /**
     * One distribution.
     *
     * @param densities of the bars
     * @param quantiles where the normal curve has its places
     */
    public record Curve(List<Double> densities, List<Double> quantiles) {
        static Curve of(NoiseStatistics noise) {
            return new Curve(
                    noise.densities(),
                    IntStream.range(0, QUANTILES)
                            .mapToObj(i -> noise.quantile(QUANTILE_RANGE * (2.0 * i / (QUANTILES - 1) - 1)))
                            .toList());
        }
    }

    public NoiseChart {
        lines = List.copyOf(lines);
    }

    /** The density of natural noise. */
    public static double natural(double x) {
        return NormalCurve.density(x);
    }
}
