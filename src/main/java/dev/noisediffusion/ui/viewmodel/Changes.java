package dev.noisediffusion.ui.viewmodel;

import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** Hears of changes, and counts those of a view model. */
final class Changes {
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
    private int nested;
    private boolean waiting;

    /** Grows with every change. */
    ReadOnlyLongProperty revision() {
        return revision.getReadOnlyProperty();
    }

    /** Counts a change, once for all that happen in {@link #atOnce}. */
    void happened() {
        if (nested > 0) {
            waiting = true;
        } else {
            revision.set(revision.get() + 1);
        }
    }

    /** Runs an action whose changes are one for those who listen. */
    void atOnce(Runnable action) {
        nested++;
        try {
            action.run();
        } finally {
            nested--;
            if (nested == 0 && waiting) {
                waiting = false;
                happened();
            }
        }
    }

    /**
     * Runs an action at every change of a value. Unlike a subscription to invalidations this misses none when the
     * value is not read in between.
     */
    static <T extends @Nullable Object> void on(ObservableValue<T> value, Runnable action) {
        value.addListener((observable, before, now) -> action.run());
    }
}
