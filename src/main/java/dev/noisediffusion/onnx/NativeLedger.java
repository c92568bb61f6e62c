package dev.noisediffusion.onnx;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the native objects (sessions, options, tensors, results) that the runtime has handed out and not got back.
 * The garbage collector does not free them: after everything is closed, {@link #open()} must be 0. Safe for any thread.
 */
public final class NativeLedger {
    /** Something native; closing it twice is harmless. */
    static final class Owned<T extends AutoCloseable> implements AutoCloseable {
        private final T value;
        private final NativeLedger ledger;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Owned(T value, NativeLedger ledger) {
            this.value = value;
            this.ledger = ledger;
        }

        T get() {
            return value;
        }

        @Override
        public void close() {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            try {
                value.close();
            } catch (Exception e) {
                throw new IllegalStateException("A native object could not be closed: " + e.getMessage(), e);
            }
            ledger.closed.incrementAndGet();
        }
    }

    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();

    /** Enters a native object that was just made. */
    <T extends AutoCloseable> Owned<T> own(T value) {
        opened.incrementAndGet();
        return new Owned<>(value, this);
    }

    /** Number of native objects that live now. */
    public long open() {
        return opened.get() - closed.get();
    }

    /** Number of native objects that ever lived. */
    long total() {
        return opened.get();
    }
}
