package dev.noisediffusion.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Lets one thread ask another to stop. Safe for use from any thread; once cancelled, for ever cancelled. */
public final class CancellationToken {
    private final List<Runnable> actions = new ArrayList<>();
    private volatile boolean cancelled;

    /** Asks for the end and runs the registered actions, each once, on the calling thread. */
    public void cancel() {
        List<Runnable> toRun;
        synchronized (actions) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            toRun = List.copyOf(actions);
            actions.clear();
        }
        toRun.forEach(Runnable::run);
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * To be called between two pieces of work.
     *
     * @throws CancellationException if the end was asked for
     */
    public void throwIfCancelled() {
        if (cancelled) {
            throw new CancellationException("Cancelled");
        }
    }

    /** Runs the action when the token is cancelled, at once if it already is; used to end a child process. */
    public void onCancel(Runnable action) {
        synchronized (actions) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
