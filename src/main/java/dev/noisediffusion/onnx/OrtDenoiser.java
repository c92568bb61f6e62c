package dev.noisediffusion.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
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
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A UNet2DModel run by ONNX Runtime. One call at a time; others wait. Closing it ends a call in progress. */
final class OrtDenoiser implements Denoiser, TimedNetwork {
    private final OrtEnvironment environment;
    private final NativeLedger ledger;
    private final GuardedSession session;
    private final int inChannels;
    private final int outChannels;
    private final int sideMultiple;
    private final boolean continuous;
    private @Nullable Binding binding;

    /**
     * Takes the session over.
     *
     * @param continuous whether the timestep of the graph is any number rather than a whole one
     */
    OrtDenoiser(
            OrtEnvironment environment,
            NativeLedger ledger,
            GuardedSession session,
            UNet2DConfig config,
            boolean continuous) {
        this.environment = environment;
        this.ledger = ledger;
        this.continuous = continuous;
        this.session = session;
        this.inChannels = config.inChannels();
        this.outChannels = config.outChannels();
        this.sideMultiple = config.sideMultiple();
    }

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
        return session.call((opened, options) -> {
            Binding bound = bindingFor(noisy.shape());
            bound.fill(noisy, time);
            run(opened, options, bound);
            return bound.prediction();
        });
    }

    @Override
    public Optional<Network> runBy(GraphRunner runner) {
        return Optional.of(relayed(runner));
    }

    @Override
    public RelayedDenoiser relayed(GraphRunner runner) {
        close();
        return new RelayedDenoiser(runner, this::requireShape);
    }

    /** The network run by another, in the same terms. */
    record RelayedDenoiser(GraphRunner runner, Consumer<Shape> check) implements Denoiser, TimedNetwork {
        @Override
        public Tensor predict(Tensor noisy, int timestep) {
            return call(noisy, timestep);
        }

        @Override
        public Tensor call(Tensor noisy, double time) {
            check.accept(noisy.shape());
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

        @Override
        public RelayedDenoiser relayed(GraphRunner another) {
            runner.close();
            return new RelayedDenoiser(another, check);
        }

        @Override
        public void close() {
            runner.close();
        }
    }

    private void run(OrtSession opened, OrtSession.RunOptions options, Binding bound) throws OrtException {
        try (var result = ledger.own(opened.run(bound.inputs(), Set.of(), bound.outputs(), options))) {
            if (result.get().size() != 1) {
                throw new IllegalStateException("Expected one output of the network, found "
                        + result.get().size());
            }
        }
    }

    private Binding bindingFor(Shape shape) throws OrtException {
        if (binding != null && binding.fits(shape)) {
            return binding;
        }
        closeBinding();
        Shape out = Shape.of(shape.batch(), outChannels, shape.height(), shape.width());
        binding = new Binding(environment, ledger, shape, out, continuous);
        return binding;
    }

    private void requireShape(Shape shape) {
        if (shape.rank() != 4
                || shape.size() == 0
                || shape.channels() != inChannels
                || shape.height() % sideMultiple != 0
                || shape.width() % sideMultiple != 0) {
            throw new IllegalArgumentException("The network expects [N, " + inChannels
                    + ", H, W] with sides in multiples" + " of " + sideMultiple + ", found " + shape);
        }
    }

    @Override
    public void close() {
        session.close(this::closeBinding);
    }

    private void closeBinding() {
        if (binding != null) {
            binding.close();
            binding = null;
        }
    }
}
