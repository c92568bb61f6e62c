package dev.noisediffusion.ui;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import java.util.List;

/** Runs jobs at once until it is told to hold them back; then they wait for the test. */
public final class SwitchedJobRunner implements JobRunner {
    private final InlineJobRunner inline = new InlineJobRunner();
    private final ManualJobRunner manual = new ManualJobRunner();
    private boolean heldBack;

    @Override
    public <T> CancellationToken run(Job<T> job, Observer<T> observer) {
        return (heldBack ? manual : inline).run(job, observer);
    }

    @Override
    public void dispatch(Runnable action) {
        action.run();
    }

    public void holdBack() {
        heldBack = true;
    }

    public int waitingCount() {
        return manual.waitingCount();
    }

    /** The tokens of the jobs that were held back, in order. */
    public List<CancellationToken> tokens() {
        return manual.tokens;
    }

    public void runNext() {
        manual.runNext();
    }

    /** Runs the job that came last. */
    public void runLast() {
        manual.runLast();
    }

    /** Runs jobs until none waits. */
    public void runAll() {
        while (manual.waitingCount() > 0) {
            manual.runNext();
        }
    }
}
