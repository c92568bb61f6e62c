package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.GraphRunner;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.diffusion.NoiseSchedule;
import dev.noisediffusion.diffusion.Preconditioning;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.Optional;

/** A network with preconditioning, as a denoiser that predicts the noise in variance-preserving latents. Owns the network. */
final class PreconditionedDenoiser implements Denoiser {
    private final TimedNetwork network;
    private final Preconditioning preconditioning;
    private final NoiseSchedule schedule;

    PreconditionedDenoiser(TimedNetwork network, Preconditioning preconditioning, NoiseSchedule schedule) {
        this.network = network;
        this.preconditioning = preconditioning;
        this.schedule = schedule;
    }

    @Override
    public Tensor predict(Tensor noisy, int timestep) {
        return noise(noisy, schedule.deviation(timestep));
    }

    private Tensor noise(Tensor noisy, double sigma) {
        Preconditioning.Call call = preconditioning.at(sigma);
        Tensor output = network.call(Kernels.affine(call.inputScale(), noisy, 0), call.time());
        return Kernels.linear(call.fromNoisy(), noisy, call.fromOutput(), output);
    }

    /** D(y, sigma) in the terms in which it was published: {@code y - sigma eps}, with y = x_0 + sigma n. */
    Tensor denoised(Tensor exploding, double sigma) {
        Tensor noisy = Kernels.affine(1 / Math.sqrt(1 + sigma * sigma), exploding, 0);
        return Kernels.linear(1, exploding, -sigma, noise(noisy, sigma));
    }

    @Override
    public Optional<Network> runBy(GraphRunner runner) {
        return Optional.of(new PreconditionedDenoiser(network.relayed(runner), preconditioning, schedule));
    }

    @Override
    public void close() {
        network.close();
    }
}
