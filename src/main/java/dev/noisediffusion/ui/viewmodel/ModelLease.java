package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.MorphRequest;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keeps a model open while it is used: closing waits for the uses in progress and lets no other begin. */
final class ModelLease implements AutoCloseable {
    private final OpenModel open;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
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
        enter();
        try {
            work.accept(open.renderer());
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Asks the renderer for something. */
    <T> T ask(Function<MorphRenderer, T> question) {
        enter();
        try {
            return question.apply(open.renderer());
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Keeps the model open during work that brings its own renderer. */
    <T> T hold(Callable<T> work) throws Exception {
        enter();
        try {
            return work.call();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Holds the lock for a use, unless the model is closed. */
    private void enter() {
        lock.readLock().lock();
        if (closed) {
            lock.readLock().unlock();
            throw new CancellationException("The model was closed");
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                open.resource().close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("The model could not be closed", e);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
