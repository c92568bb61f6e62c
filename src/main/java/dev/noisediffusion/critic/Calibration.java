package dev.noisediffusion.critic;

/**
 * From evidence to probability: {@code 1 / (1 + exp(-(slope z + offset)))} (Platt 1999), fitted to pictures that the network
 * has not learnt from, since on those it is too sure of itself.
 *
 * @param slope at least 0
 */
record Calibration(double slope, double offset) {
    /** Evidence taken at its word. */
    static final Calibration NONE = new Calibration(1, 0);

    private static final int STEPS = 50;
    private static final double SMALLEST_STEP = 1e-9;

    /** Keeps a perfect separation from an infinite slope: a prior of deviation 3 on slope and offset. */
    private static final double PRIOR = 1.0 / 9;

    /**
     * The most probable calibration, by Newton's method.
     *
     * @param evidence in log odds
     * @param invalid which of them are of pictures with artifacts
     */
    static Calibration fittedTo(double[] evidence, boolean[] invalid) {
        Calibration best = NONE;
        for (int step = 0; step < STEPS; step++) {
            Calibration better = best.improved(evidence, invalid);
            if (better.loss(evidence, invalid) >= best.loss(evidence, invalid)) {
                break;
            }
            best = better;
        }
        return new Calibration(Math.max(0, best.slope), best.offset);
    }

    /** A step of Newton's method, halved until it is one down: far from the end a whole one may overshoot. */
    private Calibration improved(double[] evidence, boolean[] invalid) {
        double slopeGradient = PRIOR * (slope - 1);
        double offsetGradient = PRIOR * offset;
        double ss = PRIOR;
        double so = 0;
        double oo = PRIOR;
        for (int i = 0; i < evidence.length; i++) {
            double p = probability(evidence[i]);
            double error = p - (invalid[i] ? 1 : 0);
            double weight = p * (1 - p);
            slopeGradient += error * evidence[i];
            offsetGradient += error;
            ss += weight * evidence[i] * evidence[i];
            so += weight * evidence[i];
            oo += weight;
        }
        double determinant = ss * oo - so * so;
        double slopeStep = (oo * slopeGradient - so * offsetGradient) / determinant;
        double offsetStep = (ss * offsetGradient - so * slopeGradient) / determinant;
        double loss = loss(evidence, invalid);
        var next = new Calibration(slope - slopeStep, offset - offsetStep);
        for (double part = 0.5; next.loss(evidence, invalid) > loss && part > SMALLEST_STEP; part /= 2) {
            next = new Calibration(slope - part * slopeStep, offset - part * offsetStep);
        }
        return next;
    }

    /** The cross-entropy, in nats, with the prior. */
    private double loss(double[] evidence, boolean[] invalid) {
        double loss = PRIOR / 2 * ((slope - 1) * (slope - 1) + offset * offset);
        for (int i = 0; i < evidence.length; i++) {
            double z = slope * evidence[i] + offset;
            double wrong = invalid[i] ? -z : z;
            loss += Math.max(0, wrong) + Math.log1p(Math.exp(-Math.abs(wrong)));
        }
        return loss;
    }

    /** The probability of an artifact. */
    double probability(double evidence) {
        return 1 / (1 + Math.exp(-(slope * evidence + offset)));
    }
}
