package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;

/** Knows artifacts in the frames of one model. Asked on background threads. */
public interface FrameCritic extends AutoCloseable {
    /**
     * What it is worth, on photographs it has never seen.
     *
     * @param photographs held out
     * @param accuracy share that it judges right, in [0, 1]
     * @param auc how probably a picture with artifacts scores above one without, in [0, 1]
     * @param low lower end of the 95 % interval of that
     * @param high upper end
     * @param calibrationError mean gap between scores and shares of artifacts, in [0, 1]
     * @param good whether it may score
     */
    record Grade(
            int photographs,
            double accuracy,
            double auc,
            double low,
            double high,
            double calibrationError,
            boolean good) {}

    /** How hot a place of a frame is. */
    @FunctionalInterface
    interface Heat {
        /** In [0, 1], at a place with both coordinates in [0, 1]. */
        double at(double x, double y);
    }

    /**
     * What it says of a frame.
     *
     * @param score how probably the frame has artifacts, in [0, 1]
     * @param heat where they are
     */
    record Verdict(double score, Heat heat) {}

    Grade grade();

    /**
     * Judges a frame.
     *
     * @throws Exception with a sentence for the user
     */
    Verdict judge(Picture frame) throws Exception;

    /** Lets go of its memory; waits for a judgement in progress. */
    @Override
    void close();
}
