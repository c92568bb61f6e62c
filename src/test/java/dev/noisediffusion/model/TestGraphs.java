package dev.noisediffusion.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Small ONNX graphs to stand in for those of old exports. */
public final class TestGraphs {
    private TestGraphs() {}

    /**
     * An encoder as old exports have it: {@code latent_sample} is four channels of means with noise of deviation 1.
     *
     * @param latents the shape that the noise is drawn in, in a graph for one size; none in one for any
     */
    public static Path writeSamplingEncoder(Path folder, long... latents) throws IOException, ModelException {
        return write(folder, "encoder", graph -> {
            String pixels = graph.input("sample", ElementType.F32, "N", 3, "H", "W");
            String mean = graph.node(
                    "Conv",
                    new Attributes().integers("kernel_shape", 8, 8).integers("strides", 8, 8),
                    pixels,
                    graph.constant(filled(4 * 3 * 8 * 8, 0.25f), 4, 3, 8, 8),
                    graph.constant(filled(4, 0.5f), 4));
            var fixed = new Attributes().integers("shape", latents).integer("dtype", ElementType.F32.onnxCode());
            String noise =
                    latents.length == 0 ? graph.node("RandomNormalLike", mean) : graph.node("RandomNormal", fixed);
            graph.output("latent_sample", graph.node("Add", mean, noise), ElementType.F32, "N", 4, "h", "w");
        });
    }

    /**
     * A graph that gives half of what it gets, and on the way asks for memory that doubles with every unit of one dimension:
     * {@code 4 * 2^min(50, rate * size)} bytes, which is nothing for small ones and more than an address space has for large ones.
     *
     * @param shape the input's, with names for free dimensions
     * @param dim which of the dimensions
     */
    public static Path writeGreedy(Path folder, String in, String out, List<Object> shape, int dim, double rate)
            throws IOException, ModelException {
        return write(folder, "greedy", graph -> {
            String value = graph.input(in, ElementType.F32, shape.toArray());
            String size = graph.node("Gather", graph.node("Shape", value), graph.constant(dim));
            String exponent = graph.node(
                    "Min", graph.node("Mul", graph.cast(size, ElementType.F32), graph.scalar(rate)), graph.scalar(50));
            String count = graph.cast(graph.node("Pow", graph.scalar(2), exponent), ElementType.I64);
            String nothing = graph.node(
                    "ReduceSum", new Attributes().integer("keepdims", 0), graph.node("ConstantOfShape", count));
            String half = graph.node("Mul", value, graph.scalar(0.5));
            graph.output(out, graph.node("Add", half, nothing), ElementType.F32, shape.toArray());
        });
    }

    /**
     * A graph that gives whole numbers, which no part of a model gives.
     *
     * @param shape the input's and the output's, with names for free dimensions
     */
    public static Path writeWhole(Path folder, String in, String out, List<Object> shape)
            throws IOException, ModelException {
        return write(folder, "whole", graph -> {
            String value = graph.input(in, ElementType.F32, shape.toArray());
            graph.output(out, graph.cast(value, ElementType.I64), ElementType.I64, shape.toArray());
        });
    }

    /**
     * Adds a description to a graph, which computes the same in a longer file.
     *
     * @param letters of the description
     */
    public static void describe(Path graph, int letters) throws IOException {
        byte[] description = new ProtoMessage().text(6, "-".repeat(letters)).toBytes();
        Files.write(graph, description, StandardOpenOption.APPEND);
    }

    /** @param builder of a graph without weights */
    private static Path write(Path folder, String name, Consumer<GraphBuilder> builder)
            throws IOException, ModelException {
        Files.createDirectories(folder);
        Path none = SafetensorsFiles.write(folder.resolve("none.safetensors"), ElementType.F32, Map.of());
        try (Safetensors file = Safetensors.open(none)) {
            var graph = new GraphBuilder(name, new WeightBook(file));
            builder.accept(graph);
            graph.write(folder);
        }
        Files.delete(none);
        Files.delete(folder.resolve(GraphBuilder.WEIGHTS_FILE));
        return folder.resolve(GraphBuilder.GRAPH_FILE);
    }

    private static float[] filled(int count, float value) {
        var values = new float[count];
        Arrays.fill(values, value);
        return values;
    }
}
