package dev.noisediffusion.morph;

/**
 * What noise statistics mean for the picture. The limits leave room for what healthy noise does by itself: N(0, 1) clipped
 * at 2 has sigma 0.959, excess kurtosis -0.55 and 4.55 % at the boundary.
 */
public enum NoiseVerdict {
    /** Within all limits. */
    HEALTHY,
    /** Sigma below 0.9: too little noise left to draw detail from. */
    FLAT,
    /**
     * Sigma below 0.9 and excess kurtosis above 1: calm areas with loud spots, as smooth backgrounds leave them behind when
     * they are encoded in few steps.
     */
    PATCHY,
    /** Sigma above 1.1: every value swings too far; or no number at all, where a value is infinite or NaN. */
    WILD,
    /** Sigma of 0.9 or more and excess kurtosis above 1: a few values far out, which show as glaring patches. */
    HEAVY_TAILS,
    /** More than 15 % of the values at the boundary, as N(0, 1) has at 1.44: detail is cut off with the extremes. */
    CLIPPED_HARD,
    /** Mean beyond 0.3: a cast over the whole picture. */
    LEANING;

    /** The verdict on encodings before they are clipped, or on a mixture after; the most harmful fault counts. */
    public static NoiseVerdict of(NoiseStatistics noise) {
        if (!Double.isFinite(noise.sigma())) {
            return WILD;
        }
        if (noise.kurtosis() > 1) {
            return noise.sigma() < 0.9 ? PATCHY : HEAVY_TAILS;
        }
        if (noise.sigma() > 1.1) {
            return WILD;
        }
        if (noise.beyond() > 0.15) {
            return CLIPPED_HARD;
        }
        if (noise.sigma() < 0.9) {
            return FLAT;
        }
        return Math.abs(noise.mean()) > 0.3 ? LEANING : HEALTHY;
    }
}
