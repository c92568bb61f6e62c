package dev.noisediffusion.measure;

import dev.noisediffusion.diffusion.PictureGraph;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;

/**
 * Pictures as an input of a network takes them: of its size, where it has one, and in its range of numbers.
 *
 * @param range of its pixel values; for one that takes bytes always 0 to 255
 */
record PictureInput(PictureGraph.Input input, PixelRange range) {
    PictureInput {
        range = input.bytes() ? PixelRange.BYTES : range;
    }

    /** The value for one picture, [1, 3, H, W]. */
    Tensor of(Picture picture) {
        int width = input.width() < 0 ? picture.width() : input.width();
        int height = input.height() < 0 ? picture.height() : input.height();
        double half = (range.white() - range.black()) / 2;
        Tensor pixels = Resampler.scale(picture, width, height).toTensor();
        Tensor values = Kernels.affine(half, pixels, range.black() + half);
        return input.bytes() ? rounded(values) : values;
    }

    private static Tensor rounded(Tensor values) {
        var whole = new float[values.size()];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = Math.clamp(Math.round(values.get(i)), 0, 255);
        }
        return Tensor.wrap(values.shape(), whole);
    }
}
