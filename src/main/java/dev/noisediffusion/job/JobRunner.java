package dev.noisediffusion.job;

import java.util.function.Consumer;

/** Runs jobs somewhere: on a background thread in the window, on the calling thread in tests. */
public interface JobRunner {
    /**
     * Where a job's news go; every call comes on the runner's own thread of events (in the window, the FX thread).
     *
     * @param onProgress how far it is
     * @param onSuccess its result
     * @param onFailure what went wrong; not called for a cancelled job
     * @param onCancelled the job ended because it was cancelled
     */
    record Observer<T>(
            Consumer<Progress> onProgress, Consumer<T> onSuccess, Consumer<Throwable> onFailure, Runnable onCancelled) {
        /** For those who hear nothing of the way, nor of a job that is cancelled. */
        public static <T> Observer<T> of(Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
            return new Observer<>(progress -> {}, onSuccess, onFailure, () -> {});
        }
    }

    /** Starts a job; cancelling the returned token ends it. */
    <T> CancellationToken run(Job<T> job, Observer<T> observer);

    /** Runs an action on the runner's thread of events, now or later; for news that a job sends before it ends. */
    void dispatch(Runnable action);
}
