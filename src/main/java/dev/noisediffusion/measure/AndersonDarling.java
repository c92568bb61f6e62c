package dev.noisediffusion.measure;

import dev.noisediffusion.tensor.Tensor;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The Anderson-Darling statistic A^2 of values against N(0, 1), all of it known beforehand: case 0 of Stephens (1974).
 * {@code A^2 = -n - 1/n sum_i (2i - 1) [ln F(z_i) + ln(1 - F(z_(n+1-i)))]} with the values in ascending order. It weighs
 * the tails; it grows with the number of values where the distribution is another.
 */
public final class AndersonDarling {
    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    /** Below this z the share is no longer a normal number, and its asymptotic form is exact enough. */
    private static final double FAR = -36;

    private AndersonDarling() {}

    /**
     * The statistic of the values of a tensor; NaN where one of them is.
     *
     * @throws IllegalArgumentException for fewer than five values
     */
    public static double statistic(Tensor noise) {
        var values = new double[noise.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = noise.get(i);
        }
        return statistic(values);
    }

    /** The statistic of at least five values, which are left as they are; NaN where one of them is. */
    public static double statistic(double... values) {
        int n = values.length;
        if (n < 5) {
            throw new IllegalArgumentException("Expected at least five numbers, found " + n);
        }
        if (Arrays.stream(values).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (2 * i + 1) * (logBelow(sorted[i]) + logBelow(-sorted[n - 1 - i]));
        }
        return -n - sum / n;
    }

    /** ln of the share of N(0, 1) that lies below z. */
    static double logBelow(double z) {
        if (z < FAR) {
            return -z * z / 2 - Math.log(-z * Math.sqrt(2 * Math.PI));
        }
        return Math.log(STANDARD.cumulativeProbability(z));
    }
}
