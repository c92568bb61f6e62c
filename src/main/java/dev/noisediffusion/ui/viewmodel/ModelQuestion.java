package dev.noisediffusion.ui.viewmodel;

/**
 * What the studio asks before it does something with a model.
 *
 * @param row the model in question
 * @param title the question
 * @param text what to know before answering
 * @param address where to read more; empty for none
 * @param host whose token is asked for; empty for none
 */
public record ModelQuestion(Kind kind, ModelRow row, String title, String text, String address, String host) {
    /** What it is about. */
    public enum Kind {
        /** Whether its licence is accepted. */
        LICENCE,
        /** Whether it is to be removed. */
        REMOVAL,
        /** Whether what has arrived of it is to be deleted. */
        DISCARD,
        /** For the token that its owner wants to see. */
        TOKEN
    }
}
