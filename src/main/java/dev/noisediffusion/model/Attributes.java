package dev.noisediffusion.model;

import java.util.ArrayList;
import java.util.List;

/** The attributes of an ONNX node, written one after another. Field numbers: AttributeProto in onnx.proto. */
final class Attributes {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int TENSOR = 4;
    private static final int INTS = 7;

    private final List<ProtoMessage> messages = new ArrayList<>();

    Attributes integer(String name, long value) {
        messages.add(attribute(name, INT).integer(3, value));
        return this;
    }

    Attributes real(String name, double value) {
        messages.add(attribute(name, FLOAT).real(2, (float) value));
        return this;
    }

    Attributes text(String name, String value) {
        messages.add(attribute(name, STRING).text(4, value));
        return this;
    }

    Attributes tensor(String name, ProtoMessage value) {
        messages.add(attribute(name, TENSOR).message(5, value));
        return this;
    }

    Attributes integers(String name, long... values) {
        ProtoMessage message = attribute(name, INTS);
        for (long value : values) {
            message.integer(8, value);
        }
        messages.add(message);
        return this;
    }

    void writeTo(ProtoMessage node) {
        messages.forEach(message -> node.message(5, message));
    }

    private static ProtoMessage attribute(String name, int type) {
        return new ProtoMessage().text(1, name).integer(20, type);
    }
}
