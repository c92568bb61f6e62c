package dev.noisediffusion.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Takes the dice out of ONNX graphs. Older exports of autoencoders draw a sample, {@code mean + deviation noise}; with
 * zeros in place of the noise the same graph gives the mean. Field numbers: onnx.proto.
 */
final class RandomNodes {
    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int INPUT = 1;
    private static final int OUTPUT = 2;
    private static final int OP_TYPE = 4;
    private static final int ATTRIBUTE = 5;
    private static final int ATTRIBUTE_NAME = 1;
    private static final int INTEGER = 3;
    private static final int INTEGERS = 8;
    private static final int DIMS = 1;
    private static final int DATA_TYPE = 2;
    private static final int RAW_DATA = 9;

    /** The noise of graphs for any size, and of those for one. */
    private static final Set<String> NORMAL = Set.of("RandomNormalLike", "RandomNormal");

    private RandomNodes() {}

    /**
     * The graph with zeros for noise; empty where it has none.
     *
     * @throws ModelException if the file cannot be read or is no ONNX file
     */
    static Optional<byte[]> replaced(Path file) throws ModelException {
        try {
            byte[] model = Files.readAllBytes(file);
            return has(model) ? Optional.of(rewrite(model)) : Optional.empty();
        } catch (IOException e) {
            throw ModelException.failed(file, "read", e);
        } catch (IndexOutOfBoundsException e) {
            throw ModelException.in(file, "an ONNX graph", "bytes that are none", e);
        }
    }

    private static boolean has(byte[] model) {
        return ProtoFields.of(model, 0, model.length).stream()
                .filter(field -> field.number() == GRAPH)
                .flatMap(graph -> ProtoFields.of(model, graph.content(), graph.end()).stream())
                .anyMatch(field -> isNormal(model, field));
    }

    private static boolean isNormal(byte[] model, ProtoFields.Field field) {
        return field.number() == NODE
                && texts(model, ProtoFields.of(model, field.content(), field.end()), OP_TYPE).stream()
                        .anyMatch(NORMAL::contains);
    }

    private static byte[] rewrite(byte[] model) {
        var changed = new ProtoMessage();
        for (ProtoFields.Field field : ProtoFields.of(model, 0, model.length)) {
            if (field.number() == GRAPH) {
                changed.message(GRAPH, graph(model, field));
            } else {
                changed.raw(model, field.start(), field.end());
            }
        }
        return changed.toBytes();
    }

    private static ProtoMessage graph(byte[] model, ProtoFields.Field graph) {
        var changed = new ProtoMessage();
        for (ProtoFields.Field field : ProtoFields.of(model, graph.content(), graph.end())) {
            if (isNormal(model, field)) {
                zeros(model, ProtoFields.of(model, field.content(), field.end()))
                        .forEach(node -> changed.message(NODE, node));
            } else {
                changed.raw(model, field.start(), field.end());
            }
        }
        return changed;
    }

    /** Nodes that give zeros of the shape and the type that the noise had. */
    private static List<ProtoMessage> zeros(byte[] model, List<ProtoFields.Field> noise) {
        String output = texts(model, noise, OUTPUT).stream().findFirst().orElseThrow(IndexOutOfBoundsException::new);
        Optional<String> like = texts(model, noise, INPUT).stream().findFirst();
        if (like.isPresent()) {
            return List.of(node("Sub", output, like.get(), like.get()));
        }
        String shape = output + "/studio/shape";
        String zeros = output + "/studio/zeros";
        long type = integers(model, noise, "dtype", INTEGER).findFirst().orElse(ElementType.F32.onnxCode());
        ProtoMessage cast = node("Cast", output, zeros);
        new Attributes().integer("to", type).writeTo(cast);
        return List.of(
                constant(shape, integers(model, noise, "shape", INTEGERS).toArray()),
                node("ConstantOfShape", zeros, shape),
                cast);
    }

    private static ProtoMessage node(String op, String output, String... inputs) {
        var node = new ProtoMessage();
        for (String input : inputs) {
            node.text(INPUT, input);
        }
        return node.text(OUTPUT, output).text(OP_TYPE, op);
    }

    /** As a tensor, which all versions of ONNX know. */
    private static ProtoMessage constant(String output, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        ProtoMessage tensor = new ProtoMessage()
                .integer(DIMS, values.length)
                .integer(DATA_TYPE, ElementType.I64.onnxCode())
                .bytes(RAW_DATA, bytes.array());
        ProtoMessage constant = node("Constant", output);
        new Attributes().tensor("value", tensor).writeTo(constant);
        return constant;
    }

    /** The whole numbers of an attribute; none where the node does not have it. */
    private static LongStream integers(byte[] model, List<ProtoFields.Field> node, String name, int kind) {
        return node.stream()
                .filter(part -> part.number() == ATTRIBUTE)
                .map(part -> ProtoFields.of(model, part.content(), part.end()))
                .filter(attribute -> texts(model, attribute, ATTRIBUTE_NAME).contains(name))
                .flatMap(List::stream)
                .filter(part -> part.number() == kind)
                .flatMapToLong(part -> ProtoFields.integers(model, part));
    }

    private static List<String> texts(byte[] model, List<ProtoFields.Field> message, int number) {
        return message.stream()
                .filter(part -> part.number() == number)
                .map(part -> new String(model, part.content(), part.end() - part.content(), StandardCharsets.UTF_8))
                .toList();
    }
}
