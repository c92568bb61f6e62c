package dev.noisediffusion.ui.viewmodel;

/** A dark veil to lie over a picture, in which some places glow: from violet over red to a bright yellow. */
final class VeilRaster {
    private static final double VEIL = 0.5;

    private VeilRaster() {}

    /**
     * Premultiplied, and so not opaque, unlike other rasters.
     *
     * @param heat of the places, taken in the middle of each pixel
     */
    static Raster of(int width, int height, FrameCritic.Heat heat) {
        var argb = new int[width * height];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at++) {
                argb[at] = colour(Math.clamp(heat.at((x + 0.5) / width, (y + 0.5) / height), 0, 1));
            }
        }
        return new Raster(width, height, argb);
    }

    /** @param heat in [0, 1] */
    static int colour(double heat) {
        double alpha = VEIL + (1 - VEIL) * 0.85 * heat;
        double red = Math.clamp(2 * heat, 0, 1);
        double green = Math.clamp(2 * heat - 1, 0, 1);
        double blue = heat < 0.5 ? 1.4 * heat : 1.4 * (1 - heat);
        return byteOf(alpha) << 24 | byteOf(alpha * red) << 16 | byteOf(alpha * green) << 8 | byteOf(alpha * blue);
    }

    private static int byteOf(double value) {
        return (int) Math.round(255 * Math.min(1, value));
    }
}
