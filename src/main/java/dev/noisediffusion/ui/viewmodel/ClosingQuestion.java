package dev.noisediffusion.ui.viewmodel;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/** The question that comes before something is let go, and the action that waits for its answer. */
final class ClosingQuestion {
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private Runnable afterwards = () -> {};

    /** Whether the user must answer. */
    ReadOnlyBooleanProperty askingProperty() {
        return asking.getReadOnlyProperty();
    }

    /** Asks before an action, in place of one that waits. */
    void ask(Runnable action) {
        afterwards = action;
        asking.set(true);
    }

    /** Asks once more before the action that waits. */
    void askAgain() {
        asking.set(true);
    }

    /** The user has answered; the action waits for what they want done before. */
    void answered() {
        asking.set(false);
    }

    /** Nothing is let go: the action is forgotten. */
    void stay() {
        asking.set(false);
        afterwards = () -> {};
    }

    /** Does the action that waits, once. */
    void goOn() {
        Runnable action = afterwards;
        stay();
        action.run();
    }
}
