package dev.noisediffusion.critic;

import java.util.concurrent.atomic.AtomicLong;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Counts what lies in native memory: networks, and arrays that go in and come out. It is freed when it is closed, not when the
 * garbage collector comes by: after everything is closed, {@link #open()} must be 0. Safe for any thread.
 */
final class NativeArrays {
    /** An array; closing it twice is harmless. */
    static final class Owned implements AutoCloseable {
        private final INDArray array;
        private final NativeArrays ledger;
        private boolean closed;

        private Owned(INDArray array, NativeArrays ledger) {
            this.array = array;
            this.ledger = ledger;
        }

        INDArray get() {
            return array;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                if (array.closeable()) {
                    array.close();
                }
                ledger.closed();
            }
        }
    }

    private final AtomicLong open = new AtomicLong();
    private final AtomicLong total = new AtomicLong();

    /** Enters an array. */
    Owned own(INDArray array) {
        opened();
        return new Owned(array, this);
    }

    void opened() {
        open.incrementAndGet();
        total.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    /** Number of native objects that live now. */
    long open() {
        return open.get();
    }

    /** Number of native objects that ever lived. */
    long total() {
        return total.get();
    }
}
