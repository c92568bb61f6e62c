package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.MorphRequest;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keeps a model open while it is used: closing waits for the uses in progress and lets no other begin. */
final class ModelLease implements AutoCloseable {
    private final OpenModel open;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closing;
    private boolean closed;

    ModelLease(OpenModel open) {
        this.open = open;
    }

    OpenModel open() {
        return open;
    }

    /** A film of a request as this model makes it. */
    FilmstripViewModel.Version version(MorphRequest request) {
        return new FilmstripViewModel.Version(
                request, open.model(), open.renderer().cacheKey());
    }

    void use(Consumer<MorphRenderer> work) {
        ask(renderer -> {
            work.accept(renderer);
            return true;
        });
    }

    /** Asks the renderer for something. */
    <T> T ask(Function<MorphRenderer, T> question) {
        return hold(() -> question.apply(open.renderer()));
    }

    /**
     * Keeps the model open during work that brings its own renderer.
     *
     * @throws CancellationException at once where the model is closed, or is about to be and this thread does not hold it already
     */
    <T, X extends Exception> T hold(ScopedValue.CallableOp<? extends T, X> work) throws X {
        // Nobody waits behind whoever closes: that waits for the uses in progress, and the lab, which is one, waits for
        // renders.
        if (!lock.readLock().tryLock()) {
            throw closed();
        }
        try {
            if (closing && lock.getReadHoldCount() == 1) {
                throw closed();
            }
            return work.call();
        } finally {
            lock.readLock().unlock();
        }
    }

    private static CancellationException closed() {
        return new CancellationException("The model was closed");
    }

    @Override
    public void close() {
        closing = true;
        lock.writeLock().lock();
        try {
            letGo();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Closes the model without waiting for ever: a use may be stuck, such as on a disk that is gone.
     *
     * @throws IllegalStateException if it is still used after that time; it stays open then, and no other use begins
     */
    void closeWithin(Duration patience) {
        closing = true;
        try {
            if (!lock.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("The model is still used and stays open");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted; the model stays open", e);
        }
        try {
            letGo();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void letGo() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            open.resource().close();
        } catch (Exception e) {
            throw new IllegalStateException("The model could not be closed", e);
        }
    }
}
