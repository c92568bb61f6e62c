package dev.noisediffusion.image;

import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An immutable 8-bit sRGB picture without transparency: three bytes a pixel (red, green, blue), row by row. */
public final class Picture {
    private final int width;
    private final int height;
    private final byte[] rgb;
    /** Made when it is first asked for; two threads at most make the same one twice. */
    private @Nullable String hash;

    private Picture(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException("A picture of " + width + "x" + height + " pixels needs "
                    + 3L * width * height + " bytes, found " + rgb.length);
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /** A picture that takes the array over: the caller must not write to it afterwards. */
    public static Picture wrap(int width, int height, byte[] rgb) {
        return new Picture(width, height, rgb);
    }

    /**
     * One picture of a batch; values beyond [-1, 1] are clipped, the rest rounded to the nearest of 256 steps.
     *
     * @param pixels [N, 3, H, W] in [-1, 1]
     */
    public static Picture ofTensor(Tensor pixels, int batchIndex) {
        Shape shape = pixels.shape();
        if (shape.rank() != 4 || shape.channels() != 3) {
            throw new IllegalArgumentException("Expected pixels of shape [Nx3xHxW], found " + shape);
        }
        int plane = shape.height() * shape.width();
        var rgb = new byte[3 * plane];
        int offset = batchIndex * 3 * plane;
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < plane; i++) {
                float value = Math.clamp(pixels.get(offset + channel * plane + i), -1f, 1f);
                rgb[3 * i + channel] = (byte) Math.round((value + 1f) * 127.5f);
            }
        }
        return new Picture(shape.width(), shape.height(), rgb);
    }

    /** The picture as [1, 3, H, W] in [-1, 1]. */
    public Tensor toTensor() {
        int plane = width * height;
        var values = new float[3 * plane];
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < plane; i++) {
                values[channel * plane + i] = (rgb[3 * i + channel] & 0xff) / 127.5f - 1f;
            }
        }
        return Tensor.wrap(Shape.of(1, 3, height, width), values);
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** The pixels, red, green, blue, row by row, as a read-only view. */
    public ByteBuffer rgb() {
        return ByteBuffer.wrap(rgb).asReadOnlyBuffer();
    }

    /** The array itself, for this package; nobody writes to it. */
    byte[] bytes() {
        return rgb;
    }

    /** A pixel as 0xRRGGBB. */
    public int pixel(int x, int y) {
        int at = 3 * (y * width + x);
        return (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | (rgb[at + 2] & 0xff);
    }

    /** SHA-256 of size and pixels, in hex: two pictures with the same hash are the same picture. */
    public String hash() {
        String known = hash;
        if (known == null) {
            known = digest();
            hash = known;
        }
        return known;
    }

    private String digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(8).putInt(width).putInt(height).flip());
            return HexFormat.of().formatHex(digest.digest(rgb));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Where both hashes are known they decide, so that no pixel is looked at. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Picture picture && isSame(picture);
    }

    private boolean isSame(Picture other) {
        String mine = hash;
        String its = other.hash;
        if (mine != null && its != null) {
            return mine.equals(its);
        }
        return width == other.width && Arrays.equals(rgb, other.rgb);
    }

    /** Of the {@link #hash()}, which is made once: pictures are parts of keys that are looked up all the time. */
    @Override
    public int hashCode() {
        return hash().hashCode();
    }

    @Override
    public String toString() {
        return "Picture[" + width + "x" + height + "]";
    }
}
