package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.ClipMap;

/**
 * A clip map as a picture to lie over the keyframe: a dark veil, in which regions glow the more of their values hit the
 * boundary. Valid noise gives an even glow of half the brightness.
 */
final class ClipMapRaster {
    private static final double VEIL = 0.5;
    /** So many times the natural share glows fully. */
    private static final double BRIGHTEST = 2;
    /** No less than this share glows fully, where natural noise hardly ever reaches the boundary. */
    private static final double LEAST = 0.06;

    private ClipMapRaster() {}

    /** Premultiplied, and so not opaque, unlike other rasters. */
    static Raster of(ClipMap map) {
        double full = Math.clamp(BRIGHTEST * map.natural(), LEAST, 1);
        var argb = new int[map.width() * map.height()];
        for (int y = 0, at = 0; y < map.height(); y++) {
            for (int x = 0; x < map.width(); x++, at++) {
                argb[at] = colour(Math.min(1, map.share(x, y) / full));
            }
        }
        return new Raster(map.width(), map.height(), argb);
    }

    /** From the veil over violet and red to a bright yellow. */
    private static int colour(double heat) {
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
