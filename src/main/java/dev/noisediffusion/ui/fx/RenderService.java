package dev.noisediffusion.ui.fx;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.concurrent.Service;
import javafx.concurrent.Task;
import org.jspecify.annotations.Nullable;

/**
 * Runs renders, one at a time: a newer one ends the older and begins when that has let go of the model. Frames that a
 * render hands to {@link #dispatch} reach the FX thread in batches.
 */
public final class RenderService extends Service<@Nullable Object> implements JobRunner, AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("studio-render").daemon().factory());
    private final FxEvents events = new FxEvents();
    private final Duration patience;
    private CancellationToken current = new CancellationToken();
    private @Nullable JobTask<?> next;

    public RenderService() {
        this(FxJobRunner.PATIENCE);
    }

    /** @param patience with a render that is to end */
    RenderService(Duration patience) {
        this.patience = patience;
        setExecutor(thread);
    }

    /** Starts a render in place of the one in progress; on the FX thread. */
    @Override
    public <T> CancellationToken run(Job<T> job, Observer<T> observer) {
        var token = new CancellationToken();
        if (thread.isShutdown()) {
            token.cancel();
            return token;
        }
        current = token;
        next = new JobTask<>(job, observer, token, events);
        restart();
        return token;
    }

    @Override
    protected Task<@Nullable Object> createTask() {
        JobTask<?> task = next;
        if (task == null) {
            throw new IllegalStateException("Nothing to render was handed over");
        }
        next = null;
        return task;
    }

    /** Called whatever the end was: lets go of the render, and with it of its pictures. */
    @Override
    protected void succeeded() {
        reset();
    }

    @Override
    public void dispatch(Runnable action) {
        events.post(action);
    }

    /** Ends the render in progress and waits for it, at most three minutes; not for the FX thread. */
    @Override
    public void close() {
        current.cancel();
        thread.shutdown();
        FxJobRunner.awaitEnd(thread, patience);
    }
}
