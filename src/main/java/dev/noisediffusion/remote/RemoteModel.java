package dev.noisediffusion.remote;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.function.Consumer;

/** A model whose network another machine runs; its codec, its text encoder and all else stay here. */
public final class RemoteModel {
    /** Of pictures a call: enough to keep a GPU busy while the next call is on its way. */
    private static final int BATCH = 8;

    /** How far the predictions of a network in half precision may be from the same in single precision. */
    private static final double TOLERANCE = 0.05;

    private RemoteModel() {}

    /**
     * Hands a model's network over to a server, after both have been given the same noise and have said the same.
     *
     * @param local an open model, which is taken over: it is closed with the one returned, and where this fails
     * @param notices hears when the server is lost, when it is back and when it gets fewer pictures a call, on threads that run
     *     networks
     * @throws RemoteException with a sentence, if the server cannot be reached, lacks the model, or runs another one
     */
    public static DiffusionModel of(
            DiffusionModel local, RemoteDevice device, RemotePolicy policy, Consumer<DeviceNotice> notices) {
        try {
            RemoteGraph graph = RemoteGraph.connect(device, policy, notices);
            try {
                return moved(local, graph, device, notices);
            } catch (RuntimeException e) {
                graph.close();
                throw e;
            }
        } catch (RuntimeException e) {
            local.close();
            throw e;
        }
    }

    private static DiffusionModel moved(
            DiffusionModel local, RemoteGraph graph, RemoteDevice device, Consumer<DeviceNotice> notices) {
        Tensor noise = Kernels.gaussian(local.latentShape(), 1);
        int timestep = local.settings().schedule().length() / 2;
        Tensor here = local.denoiser().predict(noise, timestep);
        Network network = local.network()
                .runBy(graph)
                .orElseThrow(() -> new RemoteException(
                        Trouble.Fault.MODEL_STAYS_HERE,
                        device,
                        local.name(),
                        "The network of " + local.name() + " can only run here."));
        Tensor there = network.denoiser(Guidance.NONE).predict(noise, timestep);
        if (!there.shape().equals(here.shape())
                || !(Kernels.norm(Kernels.linear(1, there, -1, here)) <= TOLERANCE * Kernels.norm(here))) {
            network.close();
            throw new RemoteException(
                    Trouble.Fault.OTHER_MODEL,
                    device,
                    local.name(),
                    device + " does not compute what " + local.name()
                            + " does here: serve the graph of this very model.");
        }
        return new DiffusionModel(
                local.id(),
                // The codec stays here, and what it computes is of the numbers too.
                local.cacheKey() + " " + device,
                local.name(),
                new RemoteNetwork(network, notices),
                local.codec(),
                local.settings(),
                local.width(),
                local.height(),
                graph.takesBatches() ? BATCH : 1);
    }
}
