package dev.noisediffusion.morph;

/**
 * How strongly the raw pictures are injected into the noisy ones. The paper has one gain for both pictures; set apart,
 * {@code mu} belongs to the first, third, ... keyframe and {@code nu} to the others, so that a path through many stays
 * continuous.
 *
 * @param muGain of the odd keyframes, at least 0
 * @param nuGain of the even keyframes, at least 0
 */
public record Injection(double muGain, double nuGain) {
    /** The gain of the paper's experiments: mu + nu = 1.2. */
    public static final Injection PAPER = ofGain(1.2);

    public Injection {
        if (!(muGain >= 0 && nuGain >= 0 && muGain <= 100 && nuGain <= 100)) {
            throw new IllegalArgumentException("Expected injection gains in [0, 100], found " + muGain + ", " + nuGain);
        }
    }

    /** The same gain for every keyframe. */
    public static Injection ofGain(double gain) {
        return new Injection(gain, gain);
    }

    double gainOf(int keyframe) {
        return keyframe % 2 == 0 ? muGain : nuGain;
    }
}
