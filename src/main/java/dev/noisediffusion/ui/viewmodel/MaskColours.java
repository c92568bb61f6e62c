package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Mask;

/** A mask in colours: warm where it acts more, cool where less, clear where as it is set. */
final class MaskColours {
    private static final int MORE = 0xff9a2e;
    private static final int LESS = 0x2f8fff;
    private static final double OPACITY = 0.62;

    private MaskColours() {}

    /** One pixel a cell. */
    static Raster of(Mask mask) {
        var argb = new int[mask.width() * mask.height()];
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                int change = mask.step(x, y) - Mask.NEUTRAL_STEP;
                double opacity = OPACITY * Math.abs(change) / Mask.NEUTRAL_STEP;
                argb[y * mask.width() + x] = premultiplied(change > 0 ? MORE : LESS, opacity);
            }
        }
        return new Raster(mask.width(), mask.height(), argb);
    }

    private static int premultiplied(int rgb, double opacity) {
        int argb = (int) Math.round(255 * opacity) << 24;
        for (int shift = 0; shift <= 16; shift += 8) {
            argb |= (int) Math.round((rgb >> shift & 0xff) * opacity) << shift;
        }
        return argb;
    }
}
