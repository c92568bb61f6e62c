package dev.noisediffusion.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** Lets one thread ask another to stop. Safe for use from any thread; once cancelled, for ever cancelled. */
public final class CancellationToken {
    private static final ScopedValue<CancellationToken> CURRENT = ScopedValue.newInstance();
    /** How soon a wait for others hears that it is no longer wanted. */
    private static final long POLL_MILLIS = 20;

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

    /** Does work on this thread under this token, for code far within it that waits or calls a network. */
    public <T, X extends Exception> T during(ScopedValue.CallableOp<? extends T, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /** The same for work without a result. */
    public void during(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    /** The token that the work on this thread is done under; one that is never cancelled outside of such work. */
    public static CancellationToken current() {
        return CURRENT.isBound() ? CURRENT.get() : new CancellationToken();
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

    /** A wait that can be made a little at a time, as that for a lock or a semaphore. */
    @FunctionalInterface
    public interface Wait {
        /** Whether it was over within a time. */
        boolean endsWithin(long time, TimeUnit unit) throws InterruptedException;
    }

    /**
     * Waits until a wait is over, which is tried before the token is asked.
     *
     * @throws CancellationException soon after the end was asked for
     */
    public void await(Wait wait) throws InterruptedException {
        while (!wait.endsWithin(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            throwIfCancelled();
        }
    }

    /**
     * Takes a lock for the calling thread, which others may have for long.
     *
     * @throws CancellationException soon after the end was asked for, or where the thread is interrupted, which it stays
     */
    public void take(Lock lock) {
        try {
            await(lock::tryLock);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted");
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

    /** Takes back what {@link #onCancel} was told, once there is nothing to end any more; it may be running just now. */
    public void forget(Runnable action) {
        synchronized (actions) {
            actions.remove(action);
        }
    }
}
