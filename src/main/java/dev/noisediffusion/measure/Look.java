package dev.noisediffusion.measure;

import dev.noisediffusion.image.CieLab;
import dev.noisediffusion.image.Picture;

/** What one picture looks like, in numbers. */
public final class Look {
    private Look() {}

    /**
     * Sharpness: the variance of the Laplacian (Pech-Pacheco et al. 2000) of the luma in [0, 255], with the kernel
     * {@code (0 1 0, 1 -4 1, 0 1 0)} wherever it fits. Fine detail raises it, and so does grain.
     *
     * @throws IllegalArgumentException if a side is below 3
     */
    public static double sharpness(Picture picture) {
        if (Math.min(picture.width(), picture.height()) < 3) {
            throw new IllegalArgumentException("Expected a picture with sides of at least 3 pixels, found " + picture);
        }
        Plane luma = Plane.lumaOf(picture);
        double sum = 0;
        double squares = 0;
        for (int y = 1; y < luma.height() - 1; y++) {
            for (int x = 1; x < luma.width() - 1; x++) {
                double value = luma.get(x - 1, y)
                        + luma.get(x + 1, y)
                        + luma.get(x, y - 1)
                        + luma.get(x, y + 1)
                        - 4 * luma.get(x, y);
                sum += value;
                squares += value * value;
            }
        }
        double count = (luma.width() - 2.0) * (luma.height() - 2);
        return Math.max(0, squares / count - sum / count * (sum / count));
    }

    /** Brightness: the mean CIE L* of the pixels, 0 for black to 100 for white. */
    public static double brightness(Picture picture) {
        double sum = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                sum += CieLab.ofRgb(picture.pixel(x, y)).lightness();
            }
        }
        return sum / ((double) picture.width() * picture.height());
    }
}
