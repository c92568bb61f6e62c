package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.Arrays;

/**
 * Where something acts more or less: a small grid of strengths that is stretched over the whole frame, whatever its size
 * and shape. Immutable; equal when size and every strength are.
 *
 * <p>Strengths lie in [0, 2] and are kept in steps of 1/{@value #NEUTRAL_STEP}: 0 for not at all, 1 for as it is set,
 * 2 for twice as much.
 */
public final class Mask {
    /** The most cells along a side. */
    public static final int MOST_CELLS = 128;
    /** The step of strength 1. */
    public static final int NEUTRAL_STEP = 127;
    /** The step of strength 2. */
    public static final int LAST_STEP = 2 * NEUTRAL_STEP;

    /** As it is set, everywhere. */
    public static final Mask NEUTRAL = new Mask(1, 1, new byte[] {NEUTRAL_STEP});

    private static final int[] SOFT_KERNEL = {1, 8, 28, 56, 70, 56, 28, 8, 1};

    private final int width;
    private final int height;
    private final byte[] steps;

    private Mask(int width, int height, byte[] steps) {
        this.width = width;
        this.height = height;
        this.steps = steps;
    }

    /**
     * A mask from its grid.
     *
     * @param width in cells, from 1 to {@value #MOST_CELLS}
     * @param height in cells, likewise
     * @param steps one unsigned step from 0 to {@value #LAST_STEP} a cell, row by row; copied
     */
    public static Mask of(int width, int height, byte[] steps) {
        if (width < 1 || height < 1 || width > MOST_CELLS || height > MOST_CELLS || steps.length != width * height) {
            throw new IllegalArgumentException("Expected a mask of at most " + MOST_CELLS + " cells a side, found "
                    + steps.length + " for " + width + "x" + height);
        }
        for (byte step : steps) {
            if (Byte.toUnsignedInt(step) > LAST_STEP) {
                throw new IllegalArgumentException("Expected strengths in [0, 2], found step " + (step & 0xff));
            }
        }
        return new Mask(width, height, steps.clone());
    }

    /** In cells. */
    public int width() {
        return width;
    }

    /** In cells. */
    public int height() {
        return height;
    }

    /** The step of a cell, from 0 to {@value #LAST_STEP}. */
    public int step(int x, int y) {
        return Byte.toUnsignedInt(steps[y * width + x]);
    }

    /** All steps, row by row. */
    public byte[] toBytes() {
        return steps.clone();
    }

    /** Whether it leaves everything as it is set. */
    public boolean isNeutral() {
        for (byte step : steps) {
            if (step != NEUTRAL_STEP) {
                return false;
            }
        }
        return true;
    }

    /** More where this is less, and less where it is more: strength s becomes 2 - s. */
    public Mask inverted() {
        var inverted = new byte[steps.length];
        for (int i = 0; i < steps.length; i++) {
            inverted[i] = (byte) (LAST_STEP - Byte.toUnsignedInt(steps[i]));
        }
        return new Mask(width, height, inverted);
    }

    /** The whole mask blurred a little: a binomial filter with a deviation of 1.4 cells; the edges go on outwards. */
    public Mask softened() {
        return new Mask(width, height, blur(blur(steps, width, height), height, width));
    }

    /** Blurs along the rows and turns rows into columns, so that twice is both ways and upright again. */
    private static byte[] blur(byte[] from, int width, int height) {
        int reach = SOFT_KERNEL.length / 2;
        var to = new byte[from.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int sum = 1 << 7;
                for (int k = -reach; k <= reach; k++) {
                    sum += SOFT_KERNEL[k + reach] * (from[y * width + Math.clamp(x + k, 0, width - 1)] & 0xff);
                }
                to[x * height + y] = (byte) (sum >> 8);
            }
        }
        return to;
    }

    /**
     * The strengths at the pixels of a frame, interpolated linearly between the middles of the cells.
     *
     * @return [1, 1, height, width], values in [0, 2]; exactly 1 where all cells around are neutral
     */
    Tensor over(int frameWidth, int frameHeight) {
        var strengths = new float[frameWidth * frameHeight];
        for (int y = 0; y < frameHeight; y++) {
            double row = Math.clamp((y + 0.5) * height / frameHeight - 0.5, 0, height - 1.0);
            int top = (int) row;
            int bottom = Math.min(top + 1, height - 1);
            for (int x = 0; x < frameWidth; x++) {
                double column = Math.clamp((x + 0.5) * width / frameWidth - 0.5, 0, width - 1.0);
                int left = (int) column;
                int right = Math.min(left + 1, width - 1);
                double above = between(step(left, top), step(right, top), column - left);
                double below = between(step(left, bottom), step(right, bottom), column - left);
                strengths[y * frameWidth + x] = (float) (between(above, below, row - top) / NEUTRAL_STEP);
            }
        }
        return Tensor.wrap(Shape.of(1, 1, frameHeight, frameWidth), strengths);
    }

    private static double between(double from, double to, double f) {
        return from + f * (to - from);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask mask && width == mask.width && Arrays.equals(steps, mask.steps);
    }

    @Override
    public int hashCode() {
        return 31 * width + Arrays.hashCode(steps);
    }

    @Override
    public String toString() {
        return "Mask[" + width + "x" + height + "]";
    }
}
