package dev.noisediffusion.ui.viewmodel;

import javafx.beans.binding.BooleanExpression;

/** One setting of a morph that the artist can turn. */
public sealed interface Parameter permits NumberParameter, ChoiceParameter, TextParameter, TicksParameter {
    /** Under which its texts are found: {@code parameter.<id>} and {@code parameter.<id>.help}. */
    String id();

    /** Whether it changes anything, as the other settings stand. */
    BooleanExpression relevant();

    /** Whether it is not at its default. */
    BooleanExpression changed();

    /** Back to the default. */
    void reset();
}
