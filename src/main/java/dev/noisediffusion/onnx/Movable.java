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
 * use it during a move wait for its end. A move that fails has closed the part all the same: the next call moves it first.
 */
final class Movable<T> {
    /** Opens the part on the CPU. */
    @FunctionalInterface
    interface Mover<T> {
        /** The same part there, once the one before has been closed. */
        T move() throws ModelException;
    }

    private final Consumer<? super T> closer;
    private final Runnable onMoved;
    private volatile T current;
    private @Nullable Mover<T> mover;
    /** Why the part was closed, while no other is in its place. */
    private volatile @Nullable DeviceMemoryException gone;

    private boolean closed;

    /**
     * A part with a way out.
     *
     * @param closer closes a part
     * @param mover empty where the part is on the CPU
     * @param onMoved hears of a move, on the thread of the call
     */
    Movable(T part, Consumer<? super T> closer, Optional<Mover<T>> mover, Runnable onMoved) {
        this.current = part;
        this.closer = closer;
        this.mover = mover.orElse(null);
        this.onMoved = onMoved;
    }

    /** Never waits; during a move it is the part that is closed. */
    T current() {
        return current;
    }

    /**
     * What a call of the part gives.
     *
     * @param relief makes room where the device has too little for the call
     * @return empty where another try is worth it: room was made, or the part has been moved or replaced
     * @throws DeviceMemoryException if it had to be moved and the memory is too small for it on the CPU too
     * @throws UnopenedException if it had to be moved and cannot be opened on the CPU for another reason
     */
    <R> Optional<R> tried(Function<? super T, ? extends R> call, BiConsumer<T, DeviceMemoryException> relief) {
        T used = current();
        DeviceMemoryException before = gone;
        if (before != null) {
            move(used, before);
            return Optional.empty();
        }
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

    /** Whether a part has been closed or replaced since it was asked for; what it was about to do can be done anew. */
    private synchronized boolean hasLeft(T part) {
        return gone != null || isReplaced(part);
    }

    @SuppressWarnings("ReferenceEquality") // that very part, and none that is like it
    private boolean isReplaced(T part) {
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
     * @throws DeviceMemoryException the failure, where this is closed, or on the CPU already; one like it where the memory is
     *     too small for the part there too
     * @throws UnopenedException if the part cannot be opened there for another reason
     */
    void move(T failed, DeviceMemoryException failure) {
        if (moved(failed, failure)) {
            onMoved.run();
        }
    }

    /** Whether that was done: not where another thread has replaced the failed one meanwhile. */
    private synchronized boolean moved(T failed, DeviceMemoryException failure) {
        if (isReplaced(failed)) {
            return false;
        }
        Mover<T> way = mover;
        if (way == null) {
            throw failure;
        }
        requireOpen(failure);
        if (gone == null) {
            closer.accept(failed);
            gone = failure;
        }
        try {
            // The one way out is gone to the end, whether its work is still wanted or not.
            current = new CancellationToken().during(way::move);
        } catch (ModelException e) {
            RuntimeException end = isForMemory(e) ? new DeviceMemoryException(e) : new UnopenedException(e);
            end.addSuppressed(failure);
            throw end;
        }
        gone = null;
        mover = null;
        return true;
    }

    private static boolean isForMemory(ModelException failure) {
        Throwable said = failure.getCause();
        return said != null && DeviceMemoryException.isMeantBy(said);
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
            gone = null;
            last = current;
        }
        closer.accept(last);
    }
}
