package dev.noisediffusion.morph;

import dev.noisediffusion.diffusion.Guidance;

/**
 * What the network is told in words: one prompt for all pictures, as in the method.
 *
 * @param prompt what the pictures show; may be empty
 * @param negative what the frames are to keep away from; may be empty
 * @param guidance how strongly frames follow the prompt: 1 not beyond what the network does by itself
 */
public record Prompting(String prompt, String negative, double guidance) {
    /** No words. */
    public static final Prompting NONE = new Prompting("", "", 1);

    /** For prompts without a guidance of their own; lower than is usual for new pictures, for encoding knows none. */
    public static final double USUAL_GUIDANCE = 5;

    /** Of guidance. */
    public static final double STRONGEST_GUIDANCE = 30;

    public Prompting {
        if (!(guidance >= 1 && guidance <= STRONGEST_GUIDANCE)) {
            throw new IllegalArgumentException("Expected a guidance from 1 to 30, found " + guidance);
        }
    }

    /** The same words, without a negative prompt where guidance 1 leaves it unread. */
    Prompting effective() {
        return guidance == 1 ? new Prompting(prompt, "", 1) : this;
    }

    /** For encoding: the prompt alone, since inversion and guidance do not undo each other. */
    Guidance encoding() {
        return new Guidance(prompt, "", 1);
    }

    /** For decoding. */
    Guidance decoding() {
        return new Guidance(prompt, negative, guidance);
    }
}
