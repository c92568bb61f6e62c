package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Bottleneck;
import dev.noisediffusion.model.UNet2DGraph;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.Map;

/** The first half of a UNet2DModel run by ONNX Runtime. One call at a time; others wait. */
final class OrtBottleneck implements Bottleneck {
    private final OrtGraph graph;

    /** Takes the graph over. */
    OrtBottleneck(OrtGraph graph) {
        this.graph = graph;
    }

    @Override
    public Tensor features(Tensor noisy, int timestep) {
        Tensor time = Tensor.wrap(Shape.of(1), new float[] {timestep});
        return graph.run(Map.of(UNet2DGraph.SAMPLE, noisy, UNet2DGraph.TIMESTEP, time), UNet2DGraph.BOTTLENECK);
    }

    @Override
    public void close() {
        graph.close();
    }
}
