package dev.noisediffusion.model;

import java.nio.ByteBuffer;

/** The number formats of weights that the studio reads: names as in safetensors, codes as in ONNX's TensorProto. */
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
    };

    private final int bytes;
    private final int onnxCode;

    ElementType(int bytes, int onnxCode) {
        this.bytes = bytes;
        this.onnxCode = onnxCode;
    }

    /** Bytes per value. */
    public int bytes() {
        return bytes;
    }

    int onnxCode() {
        return onnxCode;
    }

    /** Takes the next value from a little-endian buffer. */
    abstract float toFloat(ByteBuffer bytes);
}
