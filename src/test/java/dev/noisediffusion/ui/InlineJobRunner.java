package dev.noisediffusion.ui;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import java.util.concurrent.CancellationException;

/** Runs jobs at once, on the calling thread. */
public final class InlineJobRunner implements JobRunner {
    @Override
    public <T> CancellationToken run(Job<T> job, Observer<T> observer) {
        var token = new CancellationToken();
        T result;
        try {
            result = job.run(observer.onProgress()::accept, token);
        } catch (CancellationException e) {
            observer.onCancelled().run();
            return token;
        } catch (Exception e) {
            observer.onFailure().accept(e);
            return token;
        }
        observer.onSuccess().accept(result);
        return token;
    }

    @Override
    public void dispatch(Runnable action) {
        action.run();
    }
}
