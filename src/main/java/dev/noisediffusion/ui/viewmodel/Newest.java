package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;

/** Runs jobs of which only the newest counts: another ends the one before, of which nobody hears any more. */
final class Newest {
    private final JobRunner jobs;
    private CancellationToken token = new CancellationToken();
    /** Grows with every job, and whenever one is forgotten. */
    private long number;

    Newest(JobRunner jobs) {
        this.jobs = jobs;
    }

    /**
     * Runs a job in place of the one before.
     *
     * @param observer hears nothing any more once another job has begun or this one is forgotten, not even its end
     */
    <T> void run(Job<T> job, JobRunner.Observer<T> observer) {
        forget();
        long mine = number;
        CancellationToken started = jobs.run(
                job,
                new JobRunner.Observer<>(
                        news -> ifNewest(mine, () -> observer.onProgress().accept(news)),
                        result -> ifNewest(mine, () -> observer.onSuccess().accept(result)),
                        failure -> ifNewest(mine, () -> observer.onFailure().accept(failure)),
                        () -> ifNewest(mine, observer.onCancelled())));
        // A job that ran on this thread is over by now, and may have begun the next.
        if (mine == number) {
            token = started;
        }
    }

    private void ifNewest(long job, Runnable news) {
        if (job == number) {
            news.run();
        }
    }

    /** Ends the newest job, if it is not over; nobody hears of it any more. */
    void forget() {
        number++;
        token.cancel();
    }
}
