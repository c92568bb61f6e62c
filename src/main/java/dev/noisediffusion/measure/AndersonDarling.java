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
    /**
     * What a sample of N(0, 1) exceeds with a given probability (D'Agostino and Stephens 1986, table 4.2, case 0; they hold
     * from five values on).
     */
    public enum Critical {
        TEN_PERCENT(0.10, 1.933),
        FIVE_PERCENT(0.05, 2.492),
        ONE_PERCENT(0.01, 3.857);

        private final double level;
        private final double value;

        Critical(double level, double value) {
            this.level = level;
            this.value = value;
        }

        /** The probability. */
        public double level() {
            return level;
        }

        /** The statistic. */
        public double value() {
            return value;
        }
    }

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

    /**
     * The probability that the statistic of many values of N(0, 1) is below a value (Marsaglia and Marsaglia 2004, adinf),
     * within 2e-6.
     */
    public static double probabilityBelow(double statistic) {
        double z = statistic;
        if (z <= 0) {
            return 0;
        }
        if (z < 2) {
            double sum =
                    2.00012 + (0.247105 - (0.0649821 - (0.0347962 - (0.0116720 - 0.00168691 * z) * z) * z) * z) * z;
            return Math.exp(-1.2337141 / z) / Math.sqrt(z) * sum;
        }
        double sum = 1.0776 - (2.30695 - (0.43424 - (0.082433 - (0.008056 - 0.0003146 * z) * z) * z) * z) * z;
        return Math.exp(-Math.exp(sum));
    }
}
