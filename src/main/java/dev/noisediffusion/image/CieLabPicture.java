package dev.noisediffusion.image;

import java.nio.ByteBuffer;

/**
 * A picture as the eye takes it in from a little way off: slightly blurred, in CIELAB (CIE 1976, white point D65).
 * Equal distances in it look about equally large; grain that nobody sees counts for little.
 */
public final class CieLabPicture {
    private static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final float[] values;

    private CieLabPicture(int width, int height, float[] values) {
        this.width = width;
        this.height = height;
        this.values = values;
    }

    /** The picture blurred by (1, 2, 1)/4 in both directions, then in CIELAB. */
    public static CieLabPicture of(Picture picture) {
        int width = picture.width();
        int height = picture.height();
        float[] linear = blur(linear(picture), width, height);
        var lab = new float[linear.length];
        for (int at = 0; at < lab.length; at += CHANNELS) {
            CieLab colour = CieLab.ofLinear(linear[at], linear[at + 1], linear[at + 2]);
            lab[at] = (float) colour.lightness();
            lab[at + 1] = (float) colour.a();
            lab[at + 2] = (float) colour.b();
        }
        return new CieLabPicture(width, height, lab);
    }

    private static float[] linear(Picture picture) {
        ByteBuffer rgb = picture.rgb();
        var linear = new float[rgb.remaining()];
        for (int i = 0; i < linear.length; i++) {
            linear[i] = (float) CieLab.linear(rgb.get(i));
        }
        return linear;
    }

    private static float[] blur(float[] values, int width, int height) {
        float[] rows = blur(values, width, height, 1, 0);
        return blur(rows, width, height, 0, 1);
    }

    private static float[] blur(float[] values, int width, int height, int dx, int dy) {
        var blurred = new float[values.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int before = CHANNELS * (Math.max(0, y - dy) * width + Math.max(0, x - dx));
                int at = CHANNELS * (y * width + x);
                int after = CHANNELS * (Math.min(height - 1, y + dy) * width + Math.min(width - 1, x + dx));
                for (int c = 0; c < CHANNELS; c++) {
                    blurred[at + c] = (values[before + c] + 2 * values[at + c] + values[after + c]) / 4;
                }
            }
        }
        return blurred;
    }

    /**
     * The root mean square over the pixels of the colour difference Delta E*ab; about 2 is just visible.
     *
     * @throws IllegalArgumentException if the pictures have different sizes
     */
    public double distance(CieLabPicture other) {
        if (width != other.width || height != other.height) {
            throw new IllegalArgumentException(
                    "Expected a picture of " + width + "x" + height + ", found " + other.width + "x" + other.height);
        }
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            double difference = values[i] - other.values[i];
            squares += difference * difference;
        }
        return Math.sqrt(squares / ((double) width * height));
    }
}
