package dev.noisediffusion.diffusion;

/**
 * The second way in which networks are trained (Karras et al. 2022, eq. 7 and table 1): on {@code y = x_0 + sigma n}, scaled on
 * the way in and out, {@code D(y, sigma) = c_skip y + c_out F(c_in y, c_noise)}. Here it is read in variance-preserving
 * coordinates, {@code x = y / sqrt(1 + sigma^2)} with {@code abar = 1 / (1 + sigma^2)}, so that all that is said of noisy
 * latents elsewhere holds for these networks too.
 *
 * @param dataDeviation sigma_data, above 0
 * @param floor the sigma at which the network must give back what it sees: 0, or sigma_min of consistency models (Song et al.
 *     2023, appendix C)
 * @param timeScale of what the network hears of the noise, {@code c_noise = timeScale ln(sigma) / 4}: 1, or 1000 for
 *     consistency models
 * @param negated whether the network's output points to the noise rather than away from it, as a velocity does
 */
public record Preconditioning(double dataDeviation, double floor, double timeScale, boolean negated) {
    public Preconditioning {
        if (!(dataDeviation > 0) || !(floor >= 0) || !(timeScale > 0)) {
            throw new IllegalArgumentException(
                    "Expected sigma_data and a scale above 0 and a floor of at least 0, found " + dataDeviation + ", "
                            + timeScale + " and " + floor);
        }
    }

    /**
     * How one call is made.
     *
     * @param inputScale what x is multiplied with
     * @param time what the network hears
     * @param fromNoisy with {@code fromOutput}: {@code eps = fromNoisy x + fromOutput F}
     */
    public record Call(double inputScale, double time, double fromNoisy, double fromOutput) {}

    /**
     * At a noise level.
     *
     * @param sigma above 0
     */
    public Call at(double sigma) {
        double variance = dataDeviation * dataDeviation;
        double total = Math.sqrt(sigma * sigma + variance);
        double exploding = Math.sqrt(1 + sigma * sigma);
        double above = sigma - floor;
        // eps = (y - D) / sigma, where 1 - c_skip is written out: as a difference it would lose all digits near the
        // clean end.
        double keptFromNoisy = above * above / (above * above + variance) / sigma;
        double out = above * dataDeviation / (sigma * total);
        return new Call(
                exploding / total, timeScale * Math.log(sigma) / 4, keptFromNoisy * exploding, negated ? out : -out);
    }
}
