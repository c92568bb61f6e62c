package dev.noisediffusion.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Small ONNX graphs to stand in for those of old exports. */
public final class TestGraphs {
    private TestGraphs() {}

    /** An encoder as old exports have it: {@code latent_sample} is four channels of means with noise of deviation 1. */
    public static Path writeSamplingEncoder(Path folder) throws IOException, ModelException {
        Files.createDirectories(folder);
        Path none = SafetensorsFiles.write(folder.resolve("none.safetensors"), ElementType.F32, Map.of());
        try (Safetensors file = Safetensors.open(none)) {
            var graph = new GraphBuilder("encoder", new WeightBook(file));
            String pixels = graph.input("sample", ElementType.F32, "N", 3, "H", "W");
            String mean = graph.node(
                    "Conv",
                    new Attributes().integers("kernel_shape", 8, 8).integers("strides", 8, 8),
                    pixels,
                    graph.constant(filled(4 * 3 * 8 * 8, 0.25f), 4, 3, 8, 8),
                    graph.constant(filled(4, 0.5f), 4));
            String noise = graph.node("RandomNormalLike", mean);
            graph.output("latent_sample", graph.node("Add", mean, noise), ElementType.F32, "N", 4, "h", "w");
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
