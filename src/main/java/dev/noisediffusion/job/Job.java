package dev.noisediffusion.job;

/**
 * Long work.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface Job<T> {
    /**
     * Does the work on the calling thread.
     *
     * @throws java.util.concurrent.CancellationException if the token was cancelled
     * @throws Exception with a sentence for the user, if the work failed
     */
    T run(ProgressListener progress, CancellationToken cancellation) throws Exception;
}
