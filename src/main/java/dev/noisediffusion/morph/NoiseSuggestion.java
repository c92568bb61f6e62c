package dev.noisediffusion.morph;

/**
 * A setting that makes the noise of a frame more valid and keeps its pictures.
 *
 * @param before the setting as it is
 * @param after the better one; the same where none is
 * @param was what the setting as it is gives
 * @param becomes what the better one gives
 */
public record NoiseSuggestion(NoiseDiffusion before, NoiseDiffusion after, Score was, Score becomes) {
    /**
     * What a setting is worth.
     *
     * @param mixture statistics of x_t; its {@link NoiseStatistics#validity} is the score of the noise
     * @param keeping how much of the pictures is in x_t, in [0, 1]: compared with their own mixture (the paper's gain,
     *     no fresh noise, nothing clipped) the smaller of two shares. Signal: the coefficient of the clean pictures; all,
     *     where it is larger. Detail: the correlation with that mixture, which fresh noise and clipping lower
     */
    public record Score(NoiseStatistics mixture, double keeping) {
        public double validity() {
            return mixture.validity();
        }
    }

    /** Whether there is something to change. */
    public boolean isChange() {
        return !after.equals(before);
    }
}
