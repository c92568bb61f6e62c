package dev.noisediffusion.image;

import java.util.List;

/** Pictures out of pictures. */
public final class Montage {
    /** What lies between two pictures side by side, 0xRRGGBB: nearly black, so that neither gains from it. */
    static final int GAP_COLOUR = 0x101114;

    private Montage() {}

    /**
     * Two pictures beside each other, the lower one centred in height.
     *
     * @param gap pixels between them, at least 0
     */
    public static Picture sideBySide(Picture left, Picture right, int gap) {
        if (gap < 0) {
            throw new IllegalArgumentException("A gap cannot be negative: " + gap);
        }
        int width = Math.addExact(Math.addExact(left.width(), gap), right.width());
        int height = Math.max(left.height(), right.height());
        byte[] rgb = ground(width, height);
        paste(left, rgb, width, 0, (height - left.height()) / 2);
        paste(right, rgb, width, left.width() + gap, (height - right.height()) / 2);
        return Picture.wrap(width, height, rgb);
    }

    /** Two pictures of one width, one on top of the other. */
    public static Picture above(Picture upper, Picture lower) {
        if (upper.width() != lower.width()) {
            throw new IllegalArgumentException(
                    "Expected pictures of one width, found " + upper.width() + " and " + lower.width());
        }
        int height = Math.addExact(upper.height(), lower.height());
        var rgb = new byte[Math.multiplyExact(3 * upper.width(), height)];
        paste(upper, rgb, upper.width(), 0, 0);
        paste(lower, rgb, upper.width(), 0, upper.height());
        return Picture.wrap(upper.width(), height, rgb);
    }

    /**
     * Pictures of one size in rows.
     *
     * @param pictures at least 1
     * @param columns at least 1
     * @param gap pixels between them, at least 0
     */
    public static Picture grid(List<Picture> pictures, int columns, int gap) {
        if (pictures.isEmpty() || columns < 1 || gap < 0) {
            throw new IllegalArgumentException(
                    "Expected pictures, columns and a gap, found " + pictures.size() + ", " + columns + " and " + gap);
        }
        Picture first = pictures.getFirst();
        int rows = Math.ceilDiv(pictures.size(), columns);
        int stepX = first.width() + gap;
        int stepY = first.height() + gap;
        int width = Math.multiplyExact(columns, stepX) - gap;
        byte[] rgb = ground(width, Math.multiplyExact(rows, stepY) - gap);
        for (int i = 0; i < pictures.size(); i++) {
            paste(pictures.get(i), rgb, width, i % columns * stepX, i / columns * stepY);
        }
        return Picture.wrap(width, rows * stepY - gap, rgb);
    }

    private static byte[] ground(int width, int height) {
        var rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) (GAP_COLOUR >> 16);
            rgb[i + 1] = (byte) (GAP_COLOUR >> 8);
            rgb[i + 2] = (byte) GAP_COLOUR;
        }
        return rgb;
    }

    private static void paste(Picture picture, byte[] rgb, int width, int x, int y) {
        for (int row = 0; row < picture.height(); row++) {
            int length = 3 * picture.width();
            System.arraycopy(picture.bytes(), row * length, rgb, 3 * ((y + row) * width + x), length);
        }
    }
}
