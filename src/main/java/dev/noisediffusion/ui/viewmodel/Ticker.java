package dev.noisediffusion.ui.viewmodel;

import java.util.function.DoubleConsumer;

/** A clock for playback. */
public interface Ticker {
    /**
     * Starts to tick.
     *
     * @param onTick hears the seconds since the tick before, on the thread of events
     */
    void start(DoubleConsumer onTick);

    void stop();
}
