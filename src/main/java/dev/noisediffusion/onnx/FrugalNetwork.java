package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.CallSize;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.GraphRunner;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A network that makes do with little memory: a call for which the device has too little is made in halves, and those after it
 * are as small; where even one picture is too much, the network moves to the CPU. Owns the network.
 */
final class FrugalNetwork implements Network {
    private final Consumer<DeviceNotice> notices;
    private final CallSize calls = new CallSize();
    private final Movable<Network> place;

    /**
     * A network with a way out.
     *
     * @param mover empty where the network is on the CPU
     * @param notices hears what was done, on the thread of the call
     */
    FrugalNetwork(Network network, Optional<Movable.Mover<Network>> mover, Consumer<DeviceNotice> notices) {
        this.notices = notices;
        this.place = new Movable<>(network, Network::close, mover, this::moved);
    }

    @Override
    public Denoiser denoiser(Guidance guidance) {
        // Bound at once, so that words are read before the first call.
        while (tried(1, network -> network.denoiser(guidance)).isEmpty()) {
            // Again, elsewhere.
        }
        return (noisy, timestep) -> predict(guidance, noisy, timestep);
    }

    private Tensor predict(Guidance guidance, Tensor noisy, int timestep) {
        return calls.inParts(
                noisy,
                part -> tried(
                        CallSize.of(part), network -> network.denoiser(guidance).predict(part, timestep)));
    }

    /** What a call gives; empty where it is worth another try: with fewer pictures, or elsewhere. */
    private <T> Optional<T> tried(int size, Function<Network, T> call) {
        return place.tried(call, (used, failure) -> relieve(used, size, failure));
    }

    /** Makes room, unless another thread has made it meanwhile. */
    private void relieve(Network failed, int size, DeviceMemoryException failure) {
        if (size > 1) {
            if (calls.halve(size)) {
                notices.accept(new DeviceNotice.Shrunk(size / 2));
            }
        } else {
            place.move(failed, failure);
        }
    }

    private void moved() {
        // The batches are still those of the device before, and here each picture of one takes as much memory again.
        calls.takeOne();
        notices.accept(new DeviceNotice.Moved(ExecutionProvider.CPU.toString()));
    }

    @Override
    public boolean readsPrompts() {
        return place.current().readsPrompts();
    }

    @Override
    public String unread(String prompt) {
        return place.current().unread(prompt);
    }

    @Override
    public Optional<Network> runBy(GraphRunner runner) {
        return place.current().runBy(runner);
    }

    @Override
    public void close() {
        place.close();
    }
}
