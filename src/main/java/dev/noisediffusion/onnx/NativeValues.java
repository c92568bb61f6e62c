package dev.noisediffusion.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Tensors to the runtime's values of several number formats, and back. */
final class NativeValues {
    private NativeValues() {}

    /**
     * A value in the given format; whole numbers are expected where the format holds such.
     *
     * @param arena has its memory, and must outlive it
     */
    static OnnxTensor of(OrtEnvironment environment, Arena arena, Tensor tensor, OnnxJavaType type)
            throws OrtException {
        int size = Math.multiplyExact(tensor.size(), type.size);
        ByteBuffer bytes = arena.allocate(size, Long.BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
        if (type == OnnxJavaType.FLOAT) {
            tensor.copyTo(bytes.asFloatBuffer());
        } else {
            put(tensor, type, bytes);
        }
        return OnnxTensor.createTensor(
                environment, bytes.rewind(), tensor.shape().toLongs(), type);
    }

    private static void put(Tensor tensor, OnnxJavaType type, ByteBuffer bytes) {
        for (int i = 0; i < tensor.size(); i++) {
            float value = tensor.get(i);
            switch (type) {
                case DOUBLE -> bytes.putDouble(value);
                case FLOAT16 -> bytes.putShort(Float.floatToFloat16(value));
                case INT64 -> bytes.putLong((long) value);
                case INT32 -> bytes.putInt((int) value);
                case UINT8 -> bytes.put((byte) (int) value);
                default -> throw new IllegalStateException("The graph wants numbers of type " + type);
            }
        }
    }

    /** A copy of a value of floating-point numbers. */
    static Tensor tensor(OnnxValue value) {
        if (!(value instanceof OnnxTensor tensor)) {
            throw new IllegalStateException("Expected a tensor from the network, found " + value.getType());
        }
        FloatBuffer floats = tensor.getFloatBuffer();
        if (floats == null) {
            throw new IllegalStateException(
                    "Expected floating-point numbers from the network, found " + tensor.getInfo().type);
        }
        Shape shape = Shape.of(Arrays.stream(tensor.getInfo().getShape())
                .mapToInt(Math::toIntExact)
                .toArray());
        return Tensor.copyOf(shape, floats);
    }
}
