package dev.noisediffusion.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A session that may be closed while it runs: one call at a time, others wait. Closing ends a call in progress and waits
 * for it, because the runtime does not survive the loss of a session that runs.
 */
final class GuardedSession {
    /** Work with the session, while nobody else has it. */
    @FunctionalInterface
    interface Call<T> {
        T with(OrtSession session, OrtSession.RunOptions options) throws OrtException;
    }

    private final NativeLedger.Owned<OrtSession> session;
    private final NativeLedger.Owned<OrtSession.RunOptions> options;
    private final ReentrantLock running = new ReentrantLock();
    private final AtomicBoolean closing = new AtomicBoolean();

    GuardedSession(NativeLedger ledger, NativeLedger.Owned<OrtSession> session) throws OrtException {
        this.session = session;
        this.options = ledger.own(new OrtSession.RunOptions());
    }

    /**
     * Makes a call.
     *
     * @throws IllegalStateException if the session is closed, before or during the call, or the runtime fails
     */
    <T> T call(Call<T> call) {
        running.lock();
        try {
            requireOpen();
            return call.with(session.get(), options.get());
        } catch (OrtException e) {
            requireOpen();
            if (DeviceMemoryException.isMeantBy(e)) {
                throw new DeviceMemoryException(e);
            }
            throw new IllegalStateException("The network could not be run: " + e.getMessage(), e);
        } finally {
            running.unlock();
        }
    }

    private void requireOpen() {
        if (closing.get()) {
            throw new IllegalStateException("The model has been closed and computes no more.");
        }
    }

    /**
     * Closes the session. Safe to call twice.
     *
     * @param rest what else is to be closed, when no call is in progress any more
     */
    void close(Runnable rest) {
        if (closing.compareAndSet(false, true)) {
            try {
                options.get().setTerminate(true);
            } catch (OrtException e) {
                // Then the call in progress is waited for in full.
            }
        }
        running.lock();
        try {
            rest.run();
            session.close();
            options.close();
        } finally {
            running.unlock();
        }
    }
}
