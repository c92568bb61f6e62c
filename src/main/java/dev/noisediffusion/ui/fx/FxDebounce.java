package dev.noisediffusion.ui.fx;

import dev.noisediffusion.ui.viewmodel.Debounce;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/** Waits on the FX thread. */
public final class FxDebounce implements Debounce {
    /** Long enough for a hand that moves a slider to pause, short enough to feel live. */
    public static final Duration REST = Duration.millis(400);

    private final PauseTransition pause;

    public FxDebounce() {
        this(REST);
    }

    public FxDebounce(Duration rest) {
        pause = new PauseTransition(rest);
    }

    @Override
    public void restart(Runnable action) {
        pause.setOnFinished(event -> action.run());
        pause.playFromStart();
    }

    @Override
    public void cancel() {
        pause.stop();
    }
}
