package dev.noisediffusion.ui.fx;

import dev.noisediffusion.ui.viewmodel.Debounce;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** Waits on the FX thread. */
public final class FxDebounce implements Debounce {
    /** Long enough for a hand that moves a slider to pause, short enough to feel live. */
    public static final Duration REST = Duration.millis(400);

    private final PauseTransition pause;
    private @Nullable Runnable next;

    public FxDebounce() {
        this(REST);
    }

    public FxDebounce(Duration rest) {
        pause = new PauseTransition(rest);
    }

    @Override
    public void restart(Runnable action) {
        next = null;
        pause.setOnFinished(event -> action.run());
        pause.playFromStart();
    }

    @Override
    public void soon(Runnable action) {
        pause.stop();
        next = action;
        Platform.runLater(() -> {
            if (action.equals(next)) {
                next = null;
                action.run();
            }
        });
    }

    @Override
    public void cancel() {
        next = null;
        pause.stop();
    }
}
