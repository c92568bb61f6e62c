package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.MorphMethod;
import dev.noisediffusion.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A morph between two pictures, to be measured.
 *
 * @param first picture, at the model's size
 * @param second picture, at the model's size
 * @param method that mixed them
 * @param frames at least one, by ascending fractions
 */
public record MorphSample(Picture first, Picture second, MorphMethod method, List<Shot> frames) {
    /**
     * One frame.
     *
     * @param fraction in [0, 1]: 0 is the first picture, 1 the second
     * @param picture as the method made it, also at the ends
     * @param start x_t that it was decoded from, [1, C, h, w]; empty where no network made the frame
     */
    public record Shot(double fraction, Picture picture, Optional<Tensor> start) {
        boolean isEnd() {
            return fraction == 0 || fraction == 1;
        }
    }

    /** Fewer frames are no path to measure. */
    static final int FEWEST_OF_PATH = 3;

    public MorphSample {
        frames = List.copyOf(frames);
    }

    /** The frames but for those at 0 and 1. */
    public List<Shot> within() {
        return frames.stream().filter(frame -> !frame.isEnd()).toList();
    }

    /** Whether the frames lead all the way from the first picture to the second. */
    boolean isWholeWay() {
        return frames.getFirst().fraction() == 0 && frames.getLast().fraction() == 1;
    }

    /** The frames at 0 and 1, if they were made. */
    public List<Shot> ends() {
        return frames.stream().filter(Shot::isEnd).toList();
    }
}
