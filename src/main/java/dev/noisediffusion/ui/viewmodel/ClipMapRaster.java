package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.ClipMap;

/**
 * A clip map as a picture to lie over the keyframe: a dark veil, in which regions glow the more of their values hit the
 * boundary. Valid noise gives an even glow of half the brightness.
 */
final class ClipMapRaster {
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
                argb[at] = VeilRaster.colour(Math.min(1, map.share(x, y) / full));
            }
        }
        return new Raster(map.width(), map.height(), argb);
    }
}
