package dev.noisediffusion.morph;

/**
 * Where in the frame the parameters of NoiseDiffusion act more or less. A mask that changes nothing is
 * {@link Mask#NEUTRAL}, so that one painted and cleared again equals one never painted.
 *
 * @param gamma strengths of the lubricating coefficient
 * @param boundary strengths of the clipping
 * @param injection strengths of the injection
 */
public record Masks(Mask gamma, Mask boundary, Mask injection) {
    /** Everything as it is set, everywhere. */
    public static final Masks NONE = new Masks(Mask.NEUTRAL, Mask.NEUTRAL, Mask.NEUTRAL);

    public Masks {
        gamma = reduced(gamma);
        boundary = reduced(boundary);
        injection = reduced(injection);
    }

    private static Mask reduced(Mask mask) {
        return mask.isNeutral() ? Mask.NEUTRAL : mask;
    }

    public Mask get(MaskTarget target) {
        return switch (target) {
            case GAMMA -> gamma;
            case BOUNDARY -> boundary;
            case INJECTION -> injection;
        };
    }

    /** The same with another mask for one of them. */
    public Masks with(MaskTarget target, Mask mask) {
        return switch (target) {
            case GAMMA -> new Masks(mask, boundary, injection);
            case BOUNDARY -> new Masks(gamma, mask, injection);
            case INJECTION -> new Masks(gamma, boundary, mask);
        };
    }

    /** Whether one of them changes anything. */
    public boolean isActive(MaskTarget target) {
        return !get(target).equals(Mask.NEUTRAL);
    }

    /** Whether nothing is changed anywhere. */
    public boolean areNone() {
        return equals(NONE);
    }
}
