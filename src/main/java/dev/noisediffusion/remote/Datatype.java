package dev.noisediffusion.remote;

import dev.noisediffusion.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** Number formats of the protocol that networks of this kind take and give; on the wire little-endian. */
enum Datatype {
    FP32(4) {
        @Override
        void put(ByteBuffer bytes, float value) {
            bytes.putFloat(value);
        }

        @Override
        float get(ByteBuffer bytes) {
            return bytes.getFloat();
        }
    },
    FP16(2) {
        @Override
        void put(ByteBuffer bytes, float value) {
            bytes.putShort(Float.floatToFloat16(value));
        }

        @Override
        float get(ByteBuffer bytes) {
            return Float.float16ToFloat(bytes.getShort());
        }
    },
    INT64(8) {
        @Override
        void put(ByteBuffer bytes, float value) {
            bytes.putLong((long) value);
        }

        @Override
        float get(ByteBuffer bytes) {
            return bytes.getLong();
        }
    },
    INT32(4) {
        @Override
        void put(ByteBuffer bytes, float value) {
            bytes.putInt((int) value);
        }

        @Override
        float get(ByteBuffer bytes) {
            return bytes.getInt();
        }
    };

    private final int size;

    Datatype(int size) {
        this.size = size;
    }

    static Optional<Datatype> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Of one number, in bytes. */
    int size() {
        return size;
    }

    abstract void put(ByteBuffer bytes, float value);

    abstract float get(ByteBuffer bytes);

    byte[] bytes(Tensor tensor) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(tensor.size(), size)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < tensor.size(); i++) {
            put(bytes, tensor.get(i));
        }
        return bytes.array();
    }

    /** All numbers in some bytes. */
    float[] floats(ByteBuffer bytes) {
        ByteBuffer ordered = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        var values = new float[ordered.remaining() / size];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(ordered);
        }
        return values;
    }
}
