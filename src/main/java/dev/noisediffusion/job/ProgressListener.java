package dev.noisediffusion.job;

/** Hears how far a job is, on the job's thread. */
@FunctionalInterface
public interface ProgressListener {
    /** For jobs nobody watches. */
    ProgressListener NONE = progress -> {};

    void onProgress(Progress progress);

    /**
     * Hears how far a part of the job is: the fractions of a part lie between two of the whole, so that one part after the other
     * never lets them fall. The time left is that of the part.
     *
     * @param from fraction of the whole at which the part begins, in [0, 1]
     * @param to fraction of the whole at which it ends, from {@code from} to 1
     */
    default ProgressListener part(double from, double to) {
        return news -> {
            double inside = Math.min(to, from + news.fraction() * (to - from));
            onProgress(new Progress(news.activity(), news.fraction() == 1 ? to : inside, news.remaining()));
        };
    }
}
