package dev.noisediffusion.model;

import java.nio.ByteBuffer;

/** The number formats of tensors: names as in safetensors, codes as in ONNX's TensorProto where the studio reads them. */
public enum ElementType {
    F32(4, 1) {
        @Override
        float toFloat(ByteBuffer bytes) {
            return bytes.getFloat();
        }
    },
    F16(2, 10) {
        @Override
        float toFloat(ByteBuffer bytes) {
            return Float.float16ToFloat(bytes.getShort());
        }
    },
    /** The upper half of a float32. */
    BF16(2, 16) {
        @Override
        float toFloat(ByteBuffer bytes) {
            return Float.intBitsToFloat(bytes.getShort() << 16);
        }
    },
    I64(8, 7) {
        @Override
        float toFloat(ByteBuffer bytes) {
            return bytes.getLong();
        }
    },
    F64(8),
    F8_E4M3(1),
    F8_E5M2(1),
    F8_E8M0(1),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1);

    private static final int NOT_READ = 0;

    private final int bytes;
    private final int onnxCode;

    /** One that may stand in a file, but is not read. */
    ElementType(int bytes) {
        this(bytes, NOT_READ);
    }

    ElementType(int bytes, int onnxCode) {
        this.bytes = bytes;
        this.onnxCode = onnxCode;
    }

    /** Bytes per value. */
    public int bytes() {
        return bytes;
    }

    /** Whether the studio reads its values. */
    boolean isRead() {
        return onnxCode != NOT_READ;
    }

    /** Whether a network's weights may have it. */
    boolean isForWeights() {
        return isRead() && this != I64;
    }

    int onnxCode() {
        return onnxCode;
    }

    /** Takes the next value from a little-endian buffer. */
    float toFloat(ByteBuffer bytes) {
        throw new IllegalStateException("Values of " + this + " are not read");
    }
}
