package dev.noisediffusion.ui.fx;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Platform;

/**
 * Brings news from other threads to the FX thread, in order. However many come, one entry at a time waits in the
 * toolkit's own queue, and each handles news for a few milliseconds only, so that a flood of frames leaves room for
 * input and drawing.
 */
final class FxEvents {
    private static final long SLICE_NANOS = 6_000_000;

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** Runs an action on the FX thread, later. */
    void post(Runnable action) {
        waiting.add(action);
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            Platform.runLater(this::drain);
        }
    }

    private void drain() {
        scheduled.set(false);
        long end = System.nanoTime() + SLICE_NANOS;
        try {
            Runnable action = waiting.poll();
            while (action != null) {
                action.run();
                action = System.nanoTime() < end ? waiting.poll() : null;
            }
        } finally {
            if (!waiting.isEmpty()) {
                schedule();
            }
        }
    }
}
