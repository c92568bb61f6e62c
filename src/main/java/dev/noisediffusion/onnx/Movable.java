package dev.noisediffusion.onnx;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.model.ModelException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a model that can move to the CPU, once, where the memory of its device is too small. Owns the part. Threads that
 * use it during a move wait for its end.
 */
final class Movable<T> {
    /** Opens the part on the CPU. */
    @FunctionalInterface
    interface Mover<T> {
        /** The same part there, once the one before has been closed. */
        T move() throws ModelException;
    }

    private final Consumer<? super T> closer;
    private volatile T current;
    private @Nullable Mover<T> mover;
    private boolean closed;

    /**
     * A part with a way out.
     *
     * @param closer closes a part
     * @param mover empty where the part is on the CPU
     */
    Movable(T part, Consumer<? super T> closer, Optional<Mover<T>> mover) {
        this.current = part;
        this.closer = closer;
        this.mover = mover.orElse(null);
    }

    /** Never waits; during a move it is the part that is closed. */
    T current() {
        return current;
    }

    /**
     * What a call of the part gives.
     *
     * @param relief makes room where the device has too little for the call
     * @return empty where another try is worth it: room was made, or the part has been moved or replaced under the call
     */
    <R> Optional<R> tried(Function<? super T, ? extends R> call, BiConsumer<T, DeviceMemoryException> relief) {
        T used = current();
        try {
            return Optional.of(call.apply(used));
        } catch (DeviceMemoryException e) {
            relief.accept(used, e);
        } catch (IllegalStateException e) {
            // Another thread may have closed it under this call, to move it.
            if (!hasLeft(used)) {
                throw e;
            }
        }
        return Optional.empty();
    }

    /** Whether a part has been moved away or replaced since it was asked for; what it was about to do can be done anew. */
    @SuppressWarnings("ReferenceEquality") // that very part, and none that is like it
    synchronized boolean hasLeft(T part) {
        return part != current;
    }

    /**
     * Puts another part into the place of one that failed, which stays open.
     *
     * @return whether that was done: not where the failed one has been replaced meanwhile
     * @throws DeviceMemoryException the failure, where this is closed
     */
    synchronized boolean replace(T failed, T other, DeviceMemoryException failure) {
        if (hasLeft(failed)) {
            return false;
        }
        requireOpen(failure);
        current = other;
        return true;
    }

    /**
     * Closes a part that failed and opens the same on the CPU.
     *
     * @return whether that was done: not where another thread has replaced the failed one meanwhile
     * @throws DeviceMemoryException the failure, where this is closed, on the CPU already, or cannot be opened there
     */
    synchronized boolean move(T failed, DeviceMemoryException failure) {
        if (hasLeft(failed)) {
            return false;
        }
        Mover<T> way = mover;
        if (way == null) {
            throw failure;
        }
        requireOpen(failure);
        mover = null;
        closer.accept(failed);
        try {
            // The one way out is gone to the end, whether its work is still wanted or not.
            current = new CancellationToken().during(way::move);
        } catch (ModelException e) {
            failure.addSuppressed(e);
            throw failure;
        }
        return true;
    }

    private void requireOpen(DeviceMemoryException failure) {
        if (closed) {
            throw failure;
        }
    }

    /** Closes the part. */
    void close() {
        T last;
        synchronized (this) {
            closed = true;
            last = current;
        }
        closer.accept(last);
    }
}
