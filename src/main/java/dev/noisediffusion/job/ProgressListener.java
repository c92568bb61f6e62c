package dev.noisediffusion.job;

/** Hears how far a job is, on the job's thread. */
@FunctionalInterface
public interface ProgressListener {
    /** For jobs nobody watches. */
    ProgressListener NONE = progress -> {};

    void onProgress(Progress progress);
}
