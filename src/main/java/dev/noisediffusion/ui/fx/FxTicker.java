package dev.noisediffusion.ui.fx;

import dev.noisediffusion.ui.viewmodel.Ticker;
import java.util.function.DoubleConsumer;
import javafx.animation.AnimationTimer;
import org.jspecify.annotations.Nullable;

/** Ticks with every pulse of the toolkit. */
public final class FxTicker implements Ticker {
    private @Nullable AnimationTimer timer;

    @Override
    public void start(DoubleConsumer onTick) {
        stop();
        var started = new Timer(onTick);
        timer = started;
        started.start();
    }

    @Override
    public void stop() {
        if (timer != null) {
            timer.stop();
            timer = null;
        }
    }

    private static final class Timer extends AnimationTimer {
        private final DoubleConsumer onTick;
        private long before = -1;

        Timer(DoubleConsumer onTick) {
            this.onTick = onTick;
        }

        @Override
        public void handle(long now) {
            double seconds = before < 0 ? 0 : (now - before) / 1e9;
            before = now;
            onTick.accept(seconds);
        }
    }
}
