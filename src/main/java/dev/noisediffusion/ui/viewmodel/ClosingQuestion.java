package dev.noisediffusion.ui.viewmodel;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/** The question that comes before something is let go, and the action that waits for its answer. */
final class ClosingQuestion {
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private Runnable afterwards = () -> {};
    /** From which save on each lets the action go on; 0 while it waits for none. */
    private int awaited;

    /** Whether the user must answer. */
    ReadOnlyBooleanProperty askingProperty() {
        return asking.getReadOnlyProperty();
    }

    /** Asks before an action, in place of one that waits: what is being saved for that one is for this one too. */
    void ask(Runnable action) {
        afterwards = action;
        asking.set(true);
    }

    /** Asks once more before the action that waits. */
    void askAgain() {
        awaited = 0;
        asking.set(true);
    }

    /** The user has answered; the action waits for what they want done before. */
    void answered() {
        asking.set(false);
    }

    /**
     * What is done before is a save, or any after it: one may be put in the place of another.
     *
     * @param save its number, at least 1
     */
    void waitFor(int save) {
        awaited = save;
    }

    /** Whether the action waits for a save. */
    boolean waitsFor(int save) {
        return awaited > 0 && save >= awaited;
    }

    /** What it waited for has failed: nothing is let go, but what the user is asked meanwhile still waits for them. */
    void failed() {
        if (asking.get()) {
            awaited = 0;
        } else {
            stay();
        }
    }

    /** Nothing is let go: the action is forgotten. */
    void stay() {
        asking.set(false);
        awaited = 0;
        afterwards = () -> {};
    }

    /** Does the action that waits, once. */
    void goOn() {
        Runnable action = afterwards;
        stay();
        action.run();
    }
}
