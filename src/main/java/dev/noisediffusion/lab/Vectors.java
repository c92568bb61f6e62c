package dev.noisediffusion.lab;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/** Feature vectors as text: little-endian float32 in Base64. */
final class Vectors {
    private Vectors() {}

    static String text(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    static float[] of(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text)).order(ByteOrder.LITTLE_ENDIAN);
        var vector = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(vector);
        return vector;
    }

    /** The vectors that are there and finite: of a network that overflows there is nothing to show or to compare. */
    static List<float[]> finite(List<String> texts) {
        return texts.stream()
                .filter(text -> !text.equals(Row.NONE))
                .map(Vectors::of)
                .filter(vector -> IntStream.range(0, vector.length).allMatch(i -> Float.isFinite(vector[i])))
                .toList();
    }
}
