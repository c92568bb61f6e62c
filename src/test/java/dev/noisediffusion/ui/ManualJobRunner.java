package dev.noisediffusion.ui;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import java.util.ArrayList;
import java.util.List;

/** Keeps jobs until the test runs them. */
public final class ManualJobRunner implements JobRunner {
    private final InlineJobRunner inline = new InlineJobRunner();
    private final List<Runnable> waiting = new ArrayList<>();
    public final List<CancellationToken> tokens = new ArrayList<>();

    @Override
    public <T> CancellationToken run(Job<T> job, Observer<T> observer) {
        var token = new CancellationToken();
        tokens.add(token);
        waiting.add(() -> inline.run(
                (progress, ignored) -> {
                    T result = job.run(progress, token);
                    token.throwIfCancelled();
                    return result;
                },
                observer));
        return token;
    }

    @Override
    public void dispatch(Runnable action) {
        action.run();
    }

    public int waitingCount() {
        return waiting.size();
    }

    /** Runs the job that waits longest. */
    public void runNext() {
        waiting.removeFirst().run();
    }

    /** Runs the job that came last. */
    public void runLast() {
        waiting.removeLast().run();
    }
}
