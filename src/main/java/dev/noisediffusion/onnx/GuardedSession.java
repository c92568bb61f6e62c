package dev.noisediffusion.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.model.ModelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A session that may be let go between calls, and closed while it runs: one call at a time, others wait. A call opens it again
 * where it has been let go. Closing ends a call in progress and waits for it, because the runtime does not survive the loss of
 * a session that runs; cancelling the token of a call ends it too, and no other.
 */
final class GuardedSession {
    /** Work with the session, while nobody else has it. */
    @FunctionalInterface
    interface Call<T> {
        T with(OrtSession session, OrtSession.RunOptions options) throws OrtException;
    }

    /** Opens the session, and opens it again. */
    @FunctionalInterface
    interface Source {
        NativeLedger.Owned<OrtSession> open() throws OrtException, ModelException;
    }

    /**
     * The room that a session takes.
     *
     * @param bytes about as many, at least 0
     */
    record Claim(ExecutionProvider device, long bytes) {}

    private final SessionPool pool;
    private final Claim claim;
    private final Source source;
    private final NativeLedger.Owned<OrtSession.RunOptions> options;
    private final ReentrantLock running = new ReentrantLock();
    private final AtomicBoolean closing = new AtomicBoolean();
    /** Read and written by who has the lock. */
    private NativeLedger.@Nullable Owned<OrtSession> session;

    private GuardedSession(SessionPool pool, NativeLedger ledger, Claim claim, Source source) throws OrtException {
        this.pool = pool;
        this.claim = claim;
        this.source = source;
        this.options = ledger.own(new OrtSession.RunOptions());
    }

    /**
     * Opens a session.
     *
     * @param claim the room that it takes in the pool
     * @throws OrtException if the runtime does not open it
     */
    static GuardedSession open(SessionPool pool, NativeLedger ledger, Claim claim, Source source)
            throws OrtException, ModelException {
        var session = new GuardedSession(pool, ledger, claim, source);
        boolean done = false;
        session.running.lock();
        try {
            session.opened();
            done = true;
            return session;
        } finally {
            session.running.unlock();
            if (!done) {
                session.close();
            }
        }
    }

    Claim claim() {
        return claim;
    }

    private OrtSession opened() throws OrtException, ModelException {
        NativeLedger.Owned<OrtSession> here = session;
        if (here == null) {
            here = pool.open(this, source);
            session = here;
        } else {
            pool.used(this);
        }
        return here.get();
    }

    /**
     * Makes a call. Where the device's memory is too small for it, other sessions that rest are let go and it is made again.
     *
     * @throws IllegalStateException if the session is closed, before or during the call, or the runtime fails
     * @throws java.util.concurrent.CancellationException if the current token is cancelled, before or during the call, or
     *     while it waits for another
     */
    <T> T call(Call<T> call) {
        CancellationToken cancellation = CancellationToken.current();
        var ending = new Ending();
        Runnable end = ending::end;
        // The call of another may take long.
        cancellation.take(running);
        try {
            cancellation.throwIfCancelled();
            requireOpen();
            cancellation.onCancel(end);
            return withRoom(call);
        } catch (ModelException e) {
            requireOpen();
            throw new UnopenedException(e);
        } catch (OrtException e) {
            requireOpen();
            cancellation.throwIfCancelled();
            if (DeviceMemoryException.isMeantBy(e)) {
                throw new DeviceMemoryException(e);
            }
            throw new IllegalStateException("The network could not be run: " + e.getMessage(), e);
        } finally {
            cancellation.forget(end);
            ending.over();
            pool.used(this);
            running.unlock();
        }
    }

    /** Ends one call, if it is asked to while that call lasts. */
    private final class Ending {
        private boolean over;
        private boolean ended;

        synchronized void end() {
            if (!over) {
                ended = true;
                terminate(true);
            }
        }

        /** The call has come to its end: the next one, which waits for the lock, is to run. */
        synchronized void over() {
            over = true;
            if (ended) {
                terminate(false);
            }
        }
    }

    /** Where the runtime refuses, the call in progress is waited for in full. */
    private void terminate(boolean value) {
        try {
            options.get().setTerminate(value);
        } catch (OrtException e) {
            System.getLogger(GuardedSession.class.getName())
                    .log(System.Logger.Level.WARNING, "A call could not be ended", e);
        }
    }

    private <T> T withRoom(Call<T> call) throws OrtException, ModelException {
        OrtSession here = opened();
        try {
            return call.with(here, options.get());
        } catch (OrtException e) {
            if (!DeviceMemoryException.isMeantBy(e) || !pool.clear(this)) {
                throw e;
            }
            return call.with(here, options.get());
        }
    }

    private void requireOpen() {
        if (closing.get()) {
            throw new IllegalStateException("The model has been closed and computes no more.");
        }
    }

    /**
     * Closes the session until the next call, unless one is in progress.
     *
     * @return whether that was done; the pool's own books are the pool's to keep
     */
    boolean letGo() {
        if (running.isHeldByCurrentThread() || !running.tryLock()) {
            return false;
        }
        try {
            boolean there = session != null;
            closeSession();
            return there;
        } finally {
            running.unlock();
        }
    }

    private void closeSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    /** Closes the session for good. Safe to call twice. */
    void close() {
        if (closing.compareAndSet(false, true)) {
            terminate(true);
        }
        running.lock();
        try {
            closeSession();
            pool.leave(this);
            options.close();
        } finally {
            running.unlock();
        }
    }
}
