package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Mask;

/**
 * A mask in colours: warm where it acts more, cool where less, clear where as it is set. Around what is painted runs a line,
 * light within and dark without, so that it shows on pictures of every colour.
 */
final class MaskColours {
    private static final int MORE = 0xff9a2e;
    private static final int LESS = 0x2f8fff;
    private static final double OPACITY = 0.62;
    static final int LIGHT = premultiplied(0xffffff, 0.9);
    static final int DARK = premultiplied(0x000000, 0.7);
    /** Several pixels a cell, so that the line is thin; few enough to be made anew with every move of the hand. */
    private static final int SIDE = 3 * Mask.MOST_CELLS;
    /** In steps of strength: what is closer to neutral is not painted. */
    private static final float LEAST = 0.5f;

    private MaskColours() {}

    /** As many pixels a cell as make it about {@value #SIDE} pixels large. */
    static Raster of(Mask mask) {
        int pixels = SIDE / Math.max(mask.width(), mask.height());
        int width = mask.width() * pixels;
        int height = mask.height() * pixels;
        float[] changes = changes(mask, width, height);
        int[] colours = colours();
        var argb = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                boolean painted = isPainted(changes[at]);
                boolean rim = (x > 0 && isPainted(changes[at - 1]) != painted)
                        || (x < width - 1 && isPainted(changes[at + 1]) != painted)
                        || (y > 0 && isPainted(changes[at - width]) != painted)
                        || (y < height - 1 && isPainted(changes[at + width]) != painted);
                if (rim) {
                    argb[at] = painted ? LIGHT : DARK;
                } else if (painted) {
                    argb[at] = colours[Math.round(changes[at]) + Mask.NEUTRAL_STEP];
                }
            }
        }
        return new Raster(width, height, argb);
    }

    private static boolean isPainted(float change) {
        return Math.abs(change) >= LEAST;
    }

    /** In steps from neutral at every pixel, interpolated linearly between the middles of the cells as on the frame. */
    private static float[] changes(Mask mask, int width, int height) {
        var changes = new float[width * height];
        var row = new float[mask.width()];
        for (int y = 0; y < height; y++) {
            double place = Math.clamp((y + 0.5) * mask.height() / height - 0.5, 0, mask.height() - 1.0);
            int top = (int) place;
            int bottom = Math.min(top + 1, mask.height() - 1);
            for (int cell = 0; cell < row.length; cell++) {
                row[cell] = between(change(mask, cell, top), change(mask, cell, bottom), place - top);
            }
            for (int x = 0; x < width; x++) {
                double column = Math.clamp((x + 0.5) * row.length / width - 0.5, 0, row.length - 1.0);
                int left = (int) column;
                changes[y * width + x] = between(row[left], row[Math.min(left + 1, row.length - 1)], column - left);
            }
        }
        return changes;
    }

    private static int change(Mask mask, int x, int y) {
        return mask.step(x, y) - Mask.NEUTRAL_STEP;
    }

    private static float between(double from, double to, double share) {
        return (float) (from + (to - from) * share);
    }

    /** Of every change there can be, from the strongest less to the strongest more. */
    private static int[] colours() {
        var colours = new int[2 * Mask.NEUTRAL_STEP + 1];
        for (int i = 0; i < colours.length; i++) {
            int change = i - Mask.NEUTRAL_STEP;
            double opacity = OPACITY * Math.abs(change) / Mask.NEUTRAL_STEP;
            colours[i] = premultiplied(change > 0 ? MORE : LESS, opacity);
        }
        return colours;
    }

    private static int premultiplied(int rgb, double opacity) {
        int argb = (int) Math.round(255 * opacity) << 24;
        for (int shift = 0; shift <= 16; shift += 8) {
            argb |= (int) Math.round((rgb >> shift & 0xff) * opacity) << shift;
        }
        return argb;
    }
}
