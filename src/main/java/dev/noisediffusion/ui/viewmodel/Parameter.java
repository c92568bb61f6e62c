package dev.noisediffusion.ui.viewmodel;

import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/** One setting of a morph that the artist can turn. */
public abstract sealed class Parameter permits NumberParameter, ChoiceParameter, TextParameter, TicksParameter {
    private final String id;
    private final ReadOnlyBooleanWrapper relevant = new ReadOnlyBooleanWrapper(true);

    Parameter(String id) {
        this.id = id;
    }

    Parameter relevantWhen(BooleanExpression condition) {
        relevant.bind(condition);
        return this;
    }

    /** Under which its texts are found: {@code parameter.<id>} and {@code parameter.<id>.help}. */
    public final String id() {
        return id;
    }

    /** Whether it changes anything, as the other settings stand. */
    public final ReadOnlyBooleanProperty relevant() {
        return relevant.getReadOnlyProperty();
    }

    /** Whether it is not at its default. */
    public abstract BooleanExpression changed();

    /** Back to the default. */
    public abstract void reset();
}
