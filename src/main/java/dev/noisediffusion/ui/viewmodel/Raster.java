package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import java.nio.ByteBuffer;

/**
 * Pixels ready for the screen, made off the thread of events.
 *
 * @param width in pixels
 * @param height in pixels
 * @param argb one 0xAARRGGBB a pixel, premultiplied, row by row; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity on purpose: a picture on the screen is itself
public record Raster(int width, int height, int[] argb) {
    /** The side that pictures of small models are enlarged to with a good filter, before the screen scales the rest. */
    static final int PREVIEW_SIDE = 512;

    /** Pixel for pixel. */
    public static Raster of(Picture picture) {
        ByteBuffer rgb = picture.rgb();
        var argb = new int[picture.width() * picture.height()];
        for (int i = 0, at = 0; i < argb.length; i++, at += 3) {
            argb[i] =
                    0xff << 24 | (rgb.get(at) & 0xff) << 16 | (rgb.get(at + 1) & 0xff) << 8 | (rgb.get(at + 2) & 0xff);
        }
        return new Raster(picture.width(), picture.height(), argb);
    }

    /** The whole picture, made smaller where its longer side is above a limit. */
    public static Raster fitting(Picture picture, int longestSide) {
        return of(Resampler.fitWithin(picture, longestSide));
    }

    /** The whole picture, enlarged by a whole factor where it is small. */
    public static Raster enlarged(Picture picture) {
        int factor = PREVIEW_SIDE / Math.max(picture.width(), picture.height());
        return of(factor <= 1 ? picture : Resampler.upscale(picture, factor));
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "Raster[" + width + "x" + height + "]";
    }
}
