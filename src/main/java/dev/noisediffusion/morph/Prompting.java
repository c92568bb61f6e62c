package dev.noisediffusion.morph;

import static java.util.Objects.requireNonNull;

import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Phrase;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the network is told in words: one prompt for all pictures, as in the method, or two, between whose embeddings the
 * morph turns as it goes from the first picture to the last.
 *
 * @param prompt what the pictures show; may be empty
 * @param negative what the frames are to keep away from; may be empty
 * @param guidance how strongly frames follow the prompt: 1 not beyond what the network does by itself
 * @param promptTo the prompt at the last picture; empty for the same one throughout
 */
public record Prompting(String prompt, String negative, double guidance, String promptTo) {
    /** No words. */
    public static final Prompting NONE = new Prompting("", "", 1);

    /** For prompts without a guidance of their own; lower than is usual for new pictures, for encoding knows none. */
    public static final double USUAL_GUIDANCE = 5;

    /** Of guidance. */
    public static final double STRONGEST_GUIDANCE = 30;

    /** A prompt at the end that is absent, as in documents from before there was one, is an empty one. */
    public Prompting(String prompt, String negative, double guidance, @Nullable String promptTo) {
        if (!(guidance >= 1 && guidance <= STRONGEST_GUIDANCE)) {
            throw new IllegalArgumentException("Expected a guidance from 1 to 30, found " + guidance);
        }
        this.prompt = requireNonNull(prompt);
        this.negative = requireNonNull(negative);
        this.guidance = guidance;
        this.promptTo = promptTo == null ? "" : promptTo;
    }

    /** One prompt throughout. */
    public Prompting(String prompt, String negative, double guidance) {
        this(prompt, negative, guidance, "");
    }

    /** The same words, without what is not read: a negative prompt at guidance 1, the prompt again at the end. */
    Prompting effective() {
        return new Prompting(prompt, guidance == 1 ? "" : negative, guidance, travels() ? promptTo : "");
    }

    /** Whether the prompt changes along the way. */
    boolean travels() {
        return !promptTo.isEmpty() && !promptTo.equals(prompt);
    }

    /** How far a keyframe is on the way from the first prompt to the last, in [0, 1]; 0 if there is but one. */
    double turn(int keyframe, int count) {
        return travels() ? (double) keyframe / (count - 1) : 0;
    }

    /** What a frame is said to show: as far on the way as its keyframes are, by their weights. */
    Phrase phrase(Weights weights) {
        int count = weights.count();
        double turn = IntStream.range(0, count)
                .mapToDouble(i -> weights.get(i) * turn(i, count))
                .sum();
        return new Phrase(prompt, travels() ? promptTo : prompt, Math.clamp(turn, 0, 1));
    }

    /** What a keyframe is said to show. */
    Phrase phrase(int keyframe, int count) {
        return phrase(Weights.only(count, keyframe));
    }

    /** For encoding: the prompt alone, since inversion and guidance do not undo each other. */
    static Guidance encoding(Phrase phrase) {
        return new Guidance(phrase, "", 1);
    }

    /** For decoding. */
    Guidance decoding(Phrase phrase) {
        return new Guidance(phrase, negative, guidance);
    }
}
