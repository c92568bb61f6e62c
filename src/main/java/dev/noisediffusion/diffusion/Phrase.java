package dev.noisediffusion.diffusion;

/**
 * What a picture shows, in words: one prompt, or a place on the great circle between the embeddings of two. Of the same
 * meaning there is one form: at turn 0 and 1, and between equal prompts, both are the same and the turn is 0.
 *
 * @param first prompt at turn 0; may be empty
 * @param second prompt at turn 1; may be empty
 * @param turn in [0, 1]
 */
public record Phrase(String first, String second, double turn) {
    public Phrase {
        if (!(turn >= 0 && turn <= 1)) {
            throw new IllegalArgumentException("Expected a turn in [0, 1], found " + turn);
        }
        if (turn == 1) {
            first = second;
        }
        if (turn == 0 || first.equals(second)) {
            second = first;
            turn = 0;
        }
    }

    /** One prompt. */
    public static Phrase of(String prompt) {
        return new Phrase(prompt, prompt, 0);
    }
}
