package dev.noisediffusion.ui.fx;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.Trouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javafx.concurrent.Task;
import org.jspecify.annotations.Nullable;

/** A job as the toolkit knows it. Its news reach the observer on the FX thread, the end after everything else. */
final class JobTask<T> extends Task<@Nullable Object> {
    private static final System.Logger LOG = System.getLogger(JobTask.class.getName());

    private final Job<T> job;
    private final JobRunner.Observer<T> observer;
    private final CancellationToken token;
    private final FxEvents events;
    private final AtomicBoolean ended = new AtomicBoolean();
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
            end(() -> observer.onSuccess().accept(result));
            return result;
        } catch (CancellationException e) {
            end(observer.onCancelled());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(observer.onCancelled());
        } catch (Throwable e) {
            // Out of memory too is told to the user: the window lives on.
            end(() -> observer.onFailure().accept(e));
            LOG.log(
                    e instanceof Trouble.Carrier || token.isCancelled()
                            ? System.Logger.Level.INFO
                            : System.Logger.Level.ERROR,
                    "A job has failed",
                    e);
        }
        return null;
    }

    /**
     * Tells of the end, once: a task may be cancelled in the moment in which it begins. Whatever the end was, what is
     * cancelled before anybody has heard of it was cancelled.
     */
    private void end(Runnable news) {
        if (ended.compareAndSet(false, true)) {
            events.post(() -> (token.isCancelled() ? observer.onCancelled() : news).run());
        }
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
            end(observer.onCancelled());
        }
    }

    /** Only the newest progress waits; an older one that was not shown yet is forgotten. */
    private void report(Progress progress) {
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
