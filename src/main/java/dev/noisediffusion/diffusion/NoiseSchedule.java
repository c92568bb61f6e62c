package dev.noisediffusion.diffusion;

/**
 * How much of the picture is left at each training timestep: {@code x_t = sqrt(abar_t) x_0 + sqrt(1 - abar_t) eps}
 * (DDPM eq. 4). Immutable; abar falls from near 1 at timestep 0 towards 0.
 */
public final class NoiseSchedule {
    private final double[] alphaBars;

    private NoiseSchedule(double[] alphaBars) {
        this.alphaBars = alphaBars;
    }

    /**
     * A schedule from its betas.
     *
     * @param betas variance added at each training step, each in [0, 1)
     * @throws IllegalArgumentException if there is none or one is out of range
     */
    public static NoiseSchedule ofBetas(double... betas) {
        if (betas.length == 0) {
            throw new IllegalArgumentException("A noise schedule needs at least one training timestep");
        }
        var alphaBars = new double[betas.length];
        double product = 1;
        for (int t = 0; t < betas.length; t++) {
            if (!(betas[t] >= 0 && betas[t] < 1)) {
                throw new IllegalArgumentException("Expected betas in [0, 1), found " + betas[t] + " at timestep " + t);
            }
            product *= 1 - betas[t];
            alphaBars[t] = product;
        }
        return new NoiseSchedule(alphaBars);
    }

    public static NoiseSchedule of(BetaSchedule kind, int trainTimesteps, double betaStart, double betaEnd) {
        return ofBetas(kind.betas(trainTimesteps, betaStart, betaEnd));
    }

    /**
     * A schedule from the deviations of noise beside a clean picture of unit scale: abar = 1 / (1 + sigma^2).
     *
     * @param sigmas rising, each above 0
     * @throws IllegalArgumentException if there is none or they do not rise
     */
    public static NoiseSchedule ofDeviations(double... sigmas) {
        if (sigmas.length == 0) {
            throw new IllegalArgumentException("A noise schedule needs at least one level");
        }
        var alphaBars = new double[sigmas.length];
        double below = 0;
        for (int t = 0; t < sigmas.length; t++) {
            if (!(sigmas[t] > below && sigmas[t] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "Expected rising deviations, found " + sigmas[t] + " after " + below);
            }
            below = sigmas[t];
            alphaBars[t] = 1 / (1 + below * below);
        }
        return new NoiseSchedule(alphaBars);
    }

    /** sigma_t, the deviation of the noise beside a clean picture of unit scale: sqrt((1 - abar_t) / abar_t). */
    public double deviation(int timestep) {
        return Math.sqrt((1 - alphaBars[timestep]) / alphaBars[timestep]);
    }

    /** Number of training timesteps. */
    public int length() {
        return alphaBars.length;
    }

    /** abar_t, the share of the picture's variance that is left; in (0, 1]. */
    public double alphaBar(int timestep) {
        return alphaBars[timestep];
    }

    /** The timestep whose sqrt(abar) is nearest to a signal level; of two as near the less noisy one. */
    public int nearest(double signalLevel) {
        int nearest = 0;
        for (int t = 1; t < alphaBars.length; t++) {
            if (distance(t, signalLevel) < distance(nearest, signalLevel)) {
                nearest = t;
            }
        }
        return nearest;
    }

    /** How far sqrt(abar) of a timestep is from a signal level. */
    double distance(int timestep, double signalLevel) {
        return Math.abs(Math.sqrt(alphaBars[timestep]) - signalLevel);
    }
}
