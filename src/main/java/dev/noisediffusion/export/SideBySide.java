package dev.noisediffusion.export;

import dev.noisediffusion.image.Caption;
import dev.noisediffusion.image.Montage;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Joins the frames of two films: beside each other, each with its name beneath. The frames are enlarged before the names
 * are written, so that these stay sharp; the film is then to be written with {@link #written}.
 */
public final class SideBySide {
    /** Between the frames, in pixels of their own size. */
    private static final int GAP = 4;

    private static final int LEAST_CAPTION = 18;
    private static final int FRAMES_TO_CAPTION = 14;

    private final List<String> names;
    private final int sizeMultiple;
    private final Map<Integer, Picture> captions = new ConcurrentHashMap<>();

    /**
     * A way to join two films.
     *
     * @param names of the left and the right film
     * @param sizeMultiple of the frames in the joined film, as in {@link ExportSettings}
     */
    public SideBySide(List<String> names, int sizeMultiple) {
        if (names.size() != 2) {
            throw new IllegalArgumentException("Expected the names of two films, found " + names);
        }
        this.names = List.copyOf(names);
        this.sizeMultiple = sizeMultiple;
    }

    /** How to write joined frames: their size is final. */
    public static ExportSettings written(ExportSettings settings) {
        return settings.withSizeMultiple(1);
    }

    /** Width of the joined film, in pixels. */
    public static int width(int frameWidth, int sizeMultiple) {
        return (2 * frameWidth + GAP) * sizeMultiple;
    }

    /** Height of the joined film, in pixels. */
    public static int height(int frameHeight, int sizeMultiple) {
        return frameHeight * sizeMultiple + captionHeight(frameHeight * sizeMultiple);
    }

    private static int captionHeight(int enlargedHeight) {
        return Math.max(LEAST_CAPTION, enlargedHeight / FRAMES_TO_CAPTION);
    }

    /** One frame of the joined film, of two frames of one size. */
    public Picture join(Picture left, Picture right) {
        return Montage.sideBySide(named(left, 0), named(right, 1), GAP * sizeMultiple);
    }

    private Picture named(Picture frame, int film) {
        Picture large = Resampler.upscale(frame, sizeMultiple);
        Picture caption = captions.computeIfAbsent(
                film, i -> Caption.of(names.get(i), large.width(), captionHeight(large.height())));
        return Montage.above(large, caption);
    }
}
