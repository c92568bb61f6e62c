package dev.noisediffusion.project;

import dev.noisediffusion.morph.Mask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A mask as a line of text: its width, its height and its steps, one byte each, deflated and in Base64. Each step is
 * written as what it is more than the one before, modulo 256, which makes soft edges less than half as long.
 */
final class MaskText {
    private static final int HEADER = 2;
    private static final int MOST_BYTES = HEADER + Mask.MOST_CELLS * Mask.MOST_CELLS;

    private MaskText() {}

    static String of(Mask mask) {
        var bytes = new ByteArrayOutputStream();
        try (var deflated = new DeflaterOutputStream(bytes)) {
            deflated.write(mask.width());
            deflated.write(mask.height());
            deflated.write(differences(mask.toBytes()));
        } catch (IOException e) {
            throw new IllegalStateException("Memory can always be written to", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static byte[] differences(byte[] steps) {
        for (int i = steps.length - 1; i > 0; i--) {
            steps[i] -= steps[i - 1];
        }
        return steps;
    }

    /**
     * A mask read back.
     *
     * @throws IllegalArgumentException if the text is not one of a mask
     */
    static Mask parse(String text) {
        try (var inflated = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            byte[] bytes = inflated.readNBytes(MOST_BYTES + 1);
            if (bytes.length < HEADER) {
                throw new IllegalArgumentException("A mask needs a width and a height");
            }
            byte[] steps = Arrays.copyOfRange(bytes, HEADER, bytes.length);
            for (int i = 1; i < steps.length; i++) {
                steps[i] += steps[i - 1];
            }
            return Mask.of(Byte.toUnsignedInt(bytes[0]), Byte.toUnsignedInt(bytes[1]), steps);
        } catch (IOException e) {
            throw new IllegalArgumentException("The text of a mask is damaged", e);
        }
    }
}
