package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import org.jspecify.annotations.Nullable;

/**
 * What a picture in the preview is made of. The same source is the same picture, not merely an equal one: comparing
 * pixels would cost more than showing them.
 *
 * @param picture a frame, or the picture of a keyframe
 * @param fit how a keyframe's picture becomes a frame; null where it is one
 * @param exact pixel for pixel, or enlarged with a good filter where it is small
 */
record PreviewSource(Picture picture, @Nullable Fit fit, boolean exact) {
    /**
     * The size of a frame, and the part of the picture that goes into it.
     *
     * @param width in pixels
     * @param height in pixels
     */
    record Fit(Crop crop, int width, int height) {}

    /** What is made of a keyframe's picture, without it. */
    private record Key(Fit fit, String hash, boolean exact) {}

    /** What a cache knows it by: a frame by itself; a keyframe's picture by its hash alone, for it may be large. */
    Object key() {
        return fit == null ? this : new Key(fit, picture.hash(), exact);
    }

    /** The same, made as where no pixels are counted. */
    PreviewSource enlarged() {
        return new PreviewSource(picture, fit, false);
    }

    Raster make() {
        Picture frame = fit == null ? picture : Resampler.crop(picture, fit.crop, fit.width, fit.height);
        return exact ? Raster.of(frame) : Raster.enlarged(frame);
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
        return other instanceof PreviewSource source
                && source.picture == picture
                && source.exact == exact
                && java.util.Objects.equals(source.fit, fit);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(picture);
    }
}
