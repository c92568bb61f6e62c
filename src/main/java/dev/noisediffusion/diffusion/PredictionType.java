package dev.noisediffusion.diffusion;

/**
 * What the network predicts. Each gives the clean picture and the noise as linear combinations of x_t and the
 * prediction, with a = sqrt(abar_t) and s = sqrt(1 - abar_t).
 */
public enum PredictionType {
    /** The noise (Ho et al. 2020). */
    EPSILON,
    /** The velocity {@code v = a eps - s x_0} (Salimans and Ho 2022). */
    V_PREDICTION,
    /** The clean picture. */
    SAMPLE;

    /** {@code x0 = fromNoisy x_t + fromPrediction prediction}. */
    record Mix(double fromNoisy, double fromPrediction) {}

    Mix clean(double signal, double noise) {
        return switch (this) {
            case EPSILON -> new Mix(1 / signal, -noise / signal);
            case V_PREDICTION -> new Mix(signal, -noise);
            case SAMPLE -> new Mix(0, 1);
        };
    }

    /** {@code eps = fromNoisy x_t + fromPrediction prediction}; the noise must be above 0. */
    Mix noise(double signal, double noise) {
        return switch (this) {
            case EPSILON -> new Mix(0, 1);
            case V_PREDICTION -> new Mix(noise, signal);
            case SAMPLE -> new Mix(1 / noise, -signal / noise);
        };
    }
}
