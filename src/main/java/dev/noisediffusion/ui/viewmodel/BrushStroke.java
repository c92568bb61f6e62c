package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Mask;

/**
 * One stroke of a brush over a mask, from the press of the button to its release. Between two places of the hand the brush
 * moves along the straight line. A cell feels the brush as much as where it came closest: passing over it again within
 * the stroke adds nothing, another stroke does.
 */
final class BrushStroke {
    private static final int SIDE = Mask.MOST_CELLS;

    private final Brush brush;
    private final double width;
    private final double height;
    private final byte[] before;
    private final byte[] painted;
    private final float[] coverage = new float[SIDE * SIDE];
    private double lastX;
    private double lastY;

    /**
     * A stroke that begins.
     *
     * @param ratio width over height of the frame, so that the brush is round in it
     * @param x in [0, 1] from the left edge of the frame, or beyond
     * @param y in [0, 1] from the top edge, or beyond
     */
    BrushStroke(Mask mask, Brush brush, double ratio, double x, double y) {
        this.brush = brush;
        this.width = Math.max(1, ratio);
        this.height = Math.max(1, 1 / ratio);
        this.before = enlarged(mask);
        this.painted = before.clone();
        this.lastX = x * width;
        this.lastY = y * height;
        moveTo(x, y);
    }

    /** The mask on the grid that is painted on. */
    private static byte[] enlarged(Mask mask) {
        if (mask.width() == SIDE && mask.height() == SIDE) {
            return mask.toBytes();
        }
        var steps = new byte[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                steps[y * SIDE + x] = (byte) mask.step(x * mask.width() / SIDE, y * mask.height() / SIDE);
            }
        }
        return steps;
    }

    /** Moves on along a straight line. */
    void moveTo(double x, double y) {
        double toX = x * width;
        double toY = y * height;
        int top = cell((Math.min(lastY, toY) - brush.radius()) / height);
        int bottom = cell((Math.max(lastY, toY) + brush.radius()) / height);
        int left = cell((Math.min(lastX, toX) - brush.radius()) / width);
        int right = cell((Math.max(lastX, toX) + brush.radius()) / width);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double distance = distance((column + 0.5) / SIDE * width, (row + 0.5) / SIDE * height, toX, toY);
                paint(row * SIDE + column, brush.coverage(distance));
            }
        }
        lastX = toX;
        lastY = toY;
    }

    private static int cell(double place) {
        return Math.clamp((int) Math.floor(place * SIDE), 0, SIDE - 1);
    }

    /** From a point to the line between the last place and the next. */
    private double distance(double x, double y, double toX, double toY) {
        double dx = toX - lastX;
        double dy = toY - lastY;
        double length = dx * dx + dy * dy;
        double along = length == 0 ? 0 : Math.clamp(((x - lastX) * dx + (y - lastY) * dy) / length, 0, 1);
        return Math.hypot(x - lastX - along * dx, y - lastY - along * dy);
    }

    private void paint(int cell, double felt) {
        if (felt > coverage[cell]) {
            coverage[cell] = (float) felt;
            int from = Byte.toUnsignedInt(before[cell]);
            double way = (brush.mode().target() - from) * brush.strength() * felt;
            // Away from zero, so that weak strokes one over the other reach their target.
            long step = way < 0 ? (long) Math.floor(way) : (long) Math.ceil(way);
            painted[cell] = (byte) (from + step);
        }
    }

    /** The mask with the stroke as far as it has come. */
    Mask mask() {
        return Mask.of(SIDE, SIDE, painted);
    }
}
