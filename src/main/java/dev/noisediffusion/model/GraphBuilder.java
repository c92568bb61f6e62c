package dev.noisediffusion.model;

import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes an ONNX graph: values are named by strings, every method that adds a node gives the name of what it computes.
 *
 * <p>Weights stay in the number format of their file (others than the graph computes in are cast by it, which the runtime
 * does once, on loading) and are streamed into a second file beside the graph, so that neither the heap nor the
 * 2 GB limit of one protocol-buffers message bounds the size of a network. Field numbers: onnx.proto.
 */
final class GraphBuilder {
    /** The graph's file in the folder it is written to. */
    static final String GRAPH_FILE = "model.onnx";

    /** The weights' file beside it. */
    static final String WEIGHTS_FILE = "model.weights";

    /** The file beside both that says how many bytes the weights take in the precision that the graph computes in. */
    static final String MEMORY_FILE = "model.memory";

    private static final int IR_VERSION = 9;
    private static final int OPSET = 18;
    private static final int EXTERNAL = 1;

    /** The runtime maps the file: wide loads like their data aligned. */
    private static final long ALIGNMENT = 64;

    private record External(Safetensors.Entry entry, long offset) {}

    private final String name;
    private final WeightBook weights;
    private final Precision precision;
    private final ProtoMessage graph = new ProtoMessage();
    private final List<External> externals = new ArrayList<>();
    private long weightBytes;
    private long memoryBytes;
    private int nextValue;

    /**
     * Starts a graph.
     *
     * @param name of the graph
     * @param weights where {@link #weight} takes from
     */
    GraphBuilder(String name, WeightBook weights) {
        this(name, weights, Precision.FULL);
    }

    /** Starts a graph that computes in a precision. */
    GraphBuilder(String name, WeightBook weights, Precision precision) {
        this.name = name;
        this.weights = weights;
        this.precision = precision;
    }

    /** Whether it computes in less than float32. */
    boolean isHalf() {
        return precision == Precision.HALF;
    }

    /** A float32 value in the precision that the graph computes in. */
    String narrowed(String value) {
        return isHalf() ? cast(value, precision.type()) : value;
    }

    /** A value of the graph's precision as float32. */
    String widened(String value) {
        return isHalf() ? cast(value, ElementType.F32) : value;
    }

    String cast(String value, ElementType type) {
        return node("Cast", new Attributes().integer("to", type.onnxCode()), value);
    }

    WeightBook weights() {
        return weights;
    }

    /** An input of the graph; a dimension is a number, or a name where it is free. */
    String input(String input, ElementType type, Object... dims) {
        graph.message(11, valueInfo(input, type, dims));
        return input;
    }

    /** Names a value as an output of the graph. */
    void output(String output, String value, ElementType type, Object... dims) {
        addNode("Identity", new Attributes(), List.of(output), value);
        graph.message(12, valueInfo(output, type, dims));
    }

    String node(String op, String... inputs) {
        return node(op, new Attributes(), inputs);
    }

    String node(String op, Attributes attributes, String... inputs) {
        return nodes(op, attributes, 1, inputs).getFirst();
    }

    /** A node with several outputs. */
    List<String> nodes(String op, Attributes attributes, int outputs, String... inputs) {
        var names = new ArrayList<String>();
        for (int i = 0; i < outputs; i++) {
            names.add(op + "_" + nextValue++);
        }
        addNode(op, attributes, names, inputs);
        return names;
    }

    /** A constant vector. */
    String constant(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return inline(ElementType.I64, new long[] {values.length}, bytes.array());
    }

    /** A float32 constant of any shape. */
    String constant(float[] values, long... dims) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return inline(ElementType.F32, dims, bytes.array());
    }

    /** A constant number, in the graph's precision. */
    String scalar(double value) {
        return narrowed(constant(new float[] {(float) value}));
    }

    /** Takes a weight of the given shape, in the graph's precision. */
    String weight(String key, int... dims) throws ModelException {
        return weightAs(key, dims, dims);
    }

    /** Takes a weight of one shape and gives it another of the same size. */
    String weightAs(String key, int[] stored, int... dims) throws ModelException {
        Safetensors.Entry entry = weights.take(key, stored);
        long offset = Math.ceilDiv(weightBytes, ALIGNMENT) * ALIGNMENT;
        weightBytes = offset + entry.length();
        memoryBytes += entry.length() / entry.type().bytes() * precision.type().bytes();
        externals.add(new External(entry, offset));
        ProtoMessage tensor =
                tensor(key, entry.type(), Arrays.stream(dims).asLongStream().toArray());
        entry(tensor, "location", WEIGHTS_FILE);
        entry(tensor, "offset", String.valueOf(offset));
        entry(tensor, "length", String.valueOf(entry.length()));
        graph.message(5, tensor.integer(14, EXTERNAL));
        return entry.type() == precision.type() ? key : cast(key, precision.type());
    }

    /**
     * Writes {@link #GRAPH_FILE}, {@link #WEIGHTS_FILE} and {@link #MEMORY_FILE} into a folder.
     *
     * @throws ModelException if a weight was left over, or cannot be read
     * @throws java.util.concurrent.CancellationException within one weight after the current token was cancelled
     */
    void write(Path folder) throws ModelException, IOException {
        weights.requireAllTaken();
        writePart(folder);
    }

    /** Writes the same of a graph that is a part of a network, and leaves the weights of the rest. */
    void writePart(Path folder) throws ModelException, IOException {
        Files.write(folder.resolve(GRAPH_FILE), model());
        Files.writeString(folder.resolve(MEMORY_FILE), String.valueOf(memoryBytes));
        try (FileChannel out = FileChannel.open(
                folder.resolve(WEIGHTS_FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (External external : externals) {
                CancellationToken.current().throwIfCancelled();
                out.position(external.offset());
                weights.file().transfer(external.entry(), out);
            }
        }
    }

    private byte[] model() {
        return new ProtoMessage()
                .integer(1, IR_VERSION)
                .text(2, "NoiseDiffusion Studio")
                .message(8, new ProtoMessage().text(1, "").integer(2, OPSET))
                .message(7, graph.text(2, name))
                .toBytes();
    }

    private void addNode(String op, Attributes attributes, List<String> outputs, String... inputs) {
        var node = new ProtoMessage();
        for (String input : inputs) {
            node.text(1, input);
        }
        outputs.forEach(output -> node.text(2, output));
        node.text(3, outputs.getFirst()).text(4, op);
        attributes.writeTo(node);
        graph.message(1, node);
    }

    private String inline(ElementType type, long[] dims, byte[] bytes) {
        String constant = "constant_" + nextValue++;
        graph.message(5, tensor(constant, type, dims).bytes(9, bytes));
        return constant;
    }

    private static ProtoMessage tensor(String name, ElementType type, long[] dims) {
        var tensor = new ProtoMessage();
        for (long dim : dims) {
            tensor.integer(1, dim);
        }
        return tensor.integer(2, type.onnxCode()).text(8, name);
    }

    private static void entry(ProtoMessage tensor, String key, String value) {
        tensor.message(13, new ProtoMessage().text(1, key).text(2, value));
    }

    private static ProtoMessage valueInfo(String name, ElementType type, Object... dims) {
        var shape = new ProtoMessage();
        for (Object dim : dims) {
            var message = new ProtoMessage();
            shape.message(1, dim instanceof Integer size ? message.integer(1, size) : message.text(2, dim.toString()));
        }
        var tensorType = new ProtoMessage().integer(1, type.onnxCode()).message(2, shape);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensorType));
    }
}
