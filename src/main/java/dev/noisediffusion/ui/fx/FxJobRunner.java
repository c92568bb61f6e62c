package dev.noisediffusion.ui.fx;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs each job on a thread of its own and tells of it on the FX thread. */
public final class FxJobRunner implements JobRunner, AutoCloseable {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("studio-job-", 0).daemon().factory());
    private final FxEvents events = new FxEvents();
    private final Set<CancellationToken> running = ConcurrentHashMap.newKeySet();

    @Override
    public <T> CancellationToken run(Job<T> job, Observer<T> observer) {
        var token = new CancellationToken();
        if (threads.isShutdown()) {
            token.cancel();
            return token;
        }
        running.add(token);
        Job<T> tracked = (progress, cancellation) -> {
            try {
                return job.run(progress, cancellation);
            } finally {
                running.remove(token);
            }
        };
        threads.execute(new JobTask<>(tracked, observer, token, events));
        return token;
    }

    @Override
    public void dispatch(Runnable action) {
        events.post(action);
    }

    /** Cancels every job and waits for their ends; not for the FX thread. */
    @Override
    public void close() {
        running.forEach(CancellationToken::cancel);
        threads.close();
    }
}
