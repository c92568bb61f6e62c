package dev.noisediffusion.ui.viewmodel;

import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** Hears of changes. */
final class Changes {
    private Changes() {}

    /**
     * Runs an action at every change of a value. Unlike a subscription to invalidations this misses none when the
     * value is not read in between.
     */
    static <T extends @Nullable Object> void on(ObservableValue<T> value, Runnable action) {
        value.addListener((observable, before, now) -> action.run());
    }
}
