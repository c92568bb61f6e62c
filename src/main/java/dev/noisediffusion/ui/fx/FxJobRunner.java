package dev.noisediffusion.ui.fx;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs each job on a thread of its own and tells of it on the FX thread. */
public final class FxJobRunner implements JobRunner, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FxJobRunner.class.getName());

    /** Longer than a large network usually takes to load, which cannot be cut off; a file on a disk that is gone may never answer. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("studio-job-", 0).daemon().factory());
    private final FxEvents events = new FxEvents();
    private final Set<CancellationToken> running = ConcurrentHashMap.newKeySet();
    private final Duration patience;

    public FxJobRunner() {
        this(PATIENCE);
    }

    /** @param patience with jobs that are to end */
    FxJobRunner(Duration patience) {
        this.patience = patience;
    }

    @Override
    public <T> CancellationToken run(Job<T> job, Observer<T> observer) {
        var token = new CancellationToken();
        running.add(token);
        Job<T> tracked = (progress, cancellation) -> {
            try {
                return job.run(progress, cancellation);
            } finally {
                running.remove(token);
            }
        };
        try {
            threads.execute(new JobTask<>(tracked, observer, token, events));
        } catch (RejectedExecutionException closed) {
            running.remove(token);
            token.cancel();
        }
        return token;
    }

    @Override
    public void dispatch(Runnable action) {
        events.post(action);
    }

    /** Starts no more jobs, cancels those there are and waits for their ends, at most three minutes; not for the FX thread. */
    @Override
    public void close() {
        threads.shutdown();
        running.forEach(CancellationToken::cancel);
        awaitEnd(threads, patience);
    }

    /** Waits for all work of threads that take no more, though not for ever. */
    public static void awaitEnd(ExecutorService threads, Duration patience) {
        try {
            if (!threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "Not every job has ended in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
