package dev.noisediffusion.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Takes the dice out of ONNX graphs. Older exports of autoencoders draw a sample, {@code mean + deviation noise}; with
 * zeros in place of the noise the same graph gives the mean. Field numbers: onnx.proto.
 */
final class RandomNodes {
    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int INPUT = 1;
    private static final int OUTPUT = 2;
    private static final int NAME = 3;
    private static final int OP_TYPE = 4;
    private static final String NORMAL = "RandomNormalLike";

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
                && ProtoFields.of(model, field.content(), field.end()).stream()
                        .anyMatch(part ->
                                part.number() == OP_TYPE && text(model, part).equals(NORMAL));
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
                changed.message(NODE, zeros(model, ProtoFields.of(model, field.content(), field.end())));
            } else {
                changed.raw(model, field.start(), field.end());
            }
        }
        return changed;
    }

    /** x - x has the shape and the type that the noise had. */
    private static ProtoMessage zeros(byte[] model, List<ProtoFields.Field> node) {
        var zeros = new ProtoMessage();
        for (ProtoFields.Field part : node) {
            if (part.number() == INPUT) {
                zeros.text(INPUT, text(model, part)).text(INPUT, text(model, part));
            } else if (part.number() == OUTPUT || part.number() == NAME) {
                zeros.text(part.number(), text(model, part));
            }
        }
        return zeros.text(OP_TYPE, "Sub");
    }

    private static String text(byte[] model, ProtoFields.Field field) {
        return new String(model, field.content(), field.end() - field.content(), StandardCharsets.UTF_8);
    }
}
