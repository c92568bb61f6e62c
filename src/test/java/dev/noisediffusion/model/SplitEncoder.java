package dev.noisediffusion.model;

import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** The encoder of {@link TestGraphs#writeSamplingEncoder} for any size, with its weights in a file beside the graph. */
public final class SplitEncoder {
    private SplitEncoder() {}

    public static Path write(Path folder) throws IOException, ModelException {
        Files.createDirectories(folder);
        Path stored = SafetensorsFiles.write(
                folder.resolve("stored.safetensors"),
                ElementType.F32,
                Map.of("weight", filled(0.25f, 4, 3, 8, 8), "bias", filled(0.5f, 4)));
        try (Safetensors file = Safetensors.open(stored)) {
            var graph = new GraphBuilder("encoder", new WeightBook(file));
            String mean = graph.node(
                    "Conv",
                    new Attributes().integers("kernel_shape", 8, 8).integers("strides", 8, 8),
                    graph.input("sample", ElementType.F32, "N", 3, "H", "W"),
                    graph.weight("weight", 4, 3, 8, 8),
                    graph.weight("bias", 4));
            String noise = graph.node("RandomNormalLike", mean);
            graph.output("latent_sample", graph.node("Add", mean, noise), ElementType.F32, "N", 4, "h", "w");
            graph.write(folder);
        }
        Files.delete(stored);
        return folder.resolve(GraphBuilder.GRAPH_FILE);
    }

    private static Tensor filled(float value, int... dims) {
        Shape shape = Shape.of(dims);
        var values = new float[shape.size()];
        Arrays.fill(values, value);
        return Tensor.wrap(shape, values);
    }
}
