package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.library.LibraryModel;
import java.util.Optional;

/**
 * What the studio asks before it does something with a model.
 *
 * @param row the model in question
 * @param removed what is removed then, whatever the row has become: its id may be another model's by the time of the answer;
 *     empty where nothing is
 * @param title the question
 * @param text what to know before answering
 * @param address where to read more; empty for none
 * @param host whose token is asked for; empty for none
 */
public record ModelQuestion(
        Kind kind,
        ModelRow row,
        Optional<LibraryModel> removed,
        String title,
        String text,
        String address,
        String host) {
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
