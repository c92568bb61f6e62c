package dev.noisediffusion.ui.fx;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.Progress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import javafx.concurrent.Task;
import org.jspecify.annotations.Nullable;

/** A job as the toolkit knows it. Its news reach the observer on the FX thread, the end after everything else. */
final class JobTask<T> extends Task<@Nullable Object> {
    private final Job<T> job;
    private final JobRunner.Observer<T> observer;
    private final CancellationToken token;
    private final FxEvents events;
    private volatile boolean started;
    private final AtomicReference<@Nullable Progress> latest = new AtomicReference<>();

    JobTask(Job<T> job, JobRunner.Observer<T> observer, CancellationToken token, FxEvents events) {
        this.job = job;
        this.observer = observer;
        this.token = token;
        this.events = events;
    }

    @Override
    protected @Nullable Object call() {
        started = true;
        try {
            token.throwIfCancelled();
            T result = job.run(this::report, token);
            events.post(() -> {
                if (token.isCancelled()) {
                    observer.onCancelled().run();
                } else {
                    observer.onSuccess().accept(result);
                }
            });
            return result;
        } catch (CancellationException e) {
            events.post(observer.onCancelled());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            events.post(observer.onCancelled());
        } catch (Throwable e) {
            // Out of memory too is told to the user: the window lives on.
            Runnable news = token.isCancelled()
                    ? observer.onCancelled()
                    : () -> observer.onFailure().accept(e);
            events.post(news);
        }
        return null;
    }

    /** Asks by the token and never interrupts: a network call cannot be interrupted, and what follows it must not be. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        token.cancel();
        return super.cancel(false);
    }

    @Override
    protected void cancelled() {
        if (!started) {
            observer.onCancelled().run();
        }
    }

    /** Only the newest progress waits; an older one that was not shown yet is forgotten. */
    private void report(Progress progress) {
        updateMessage(progress.stage());
        updateProgress(progress.fraction(), 1);
        if (latest.getAndSet(progress) == null) {
            events.post(() -> {
                Progress newest = latest.getAndSet(null);
                if (newest != null && !token.isCancelled()) {
                    observer.onProgress().accept(newest);
                }
            });
        }
    }
}
