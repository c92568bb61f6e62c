package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.GraphRunner;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.model.UNet2DConfig;
import dev.noisediffusion.model.UNet2DGraph;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/**
 * A UNet2DModel.
 *
 * @param runner of its graph, here or elsewhere; owned by the record
 */
record UNet2DDenoiser(GraphRunner runner, UNet2DConfig config) implements Denoiser, TimedNetwork {
    /**
     * One network call.
     *
     * @throws IllegalStateException if the denoiser is closed, before or during the call
     */
    @Override
    public Tensor predict(Tensor noisy, int timestep) {
        return call(noisy, timestep);
    }

    @Override
    public Tensor call(Tensor noisy, double time) {
        requireShape(noisy.shape());
        int batch = noisy.shape().batch();
        if (batch == 1 || runner.takesBatches()) {
            return run(noisy, time);
        }
        var predicted = new ArrayList<Tensor>();
        for (int i = 0; i < batch; i++) {
            predicted.add(run(noisy.slice(i), time));
        }
        return Tensor.concat(predicted);
    }

    private Tensor run(Tensor noisy, double time) {
        Tensor told = Tensor.wrap(Shape.of(1), new float[] {(float) time});
        return runner.run(Map.of(UNet2DGraph.SAMPLE, noisy, UNet2DGraph.TIMESTEP, told), UNet2DGraph.OUT_SAMPLE);
    }

    private void requireShape(Shape shape) {
        if (shape.rank() != 4
                || shape.size() == 0
                || shape.channels() != config.inChannels()
                || shape.height() % config.sideMultiple() != 0
                || shape.width() % config.sideMultiple() != 0) {
            throw new IllegalArgumentException("The network expects [N, " + config.inChannels()
                    + ", H, W] with sides in multiples of " + config.sideMultiple() + ", found " + shape);
        }
    }

    @Override
    public Optional<Network> runBy(GraphRunner another) {
        return Optional.of(relayed(another));
    }

    @Override
    public UNet2DDenoiser relayed(GraphRunner another) {
        runner.close();
        return new UNet2DDenoiser(another, config);
    }

    @Override
    public void close() {
        runner.close();
    }
}
