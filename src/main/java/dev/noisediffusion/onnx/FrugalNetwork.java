package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.GraphRunner;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A network that makes do with little memory: a call for which the device has too little is made in halves, and those after it
 * are as small; where even one picture is too much, the network moves to the CPU. Owns the network.
 */
final class FrugalNetwork implements Network {
    /** Opens the network on the CPU. */
    @FunctionalInterface
    interface Mover {
        /** The same network there, once the one before has been closed. */
        Network move() throws ModelException;
    }

    private final Consumer<DeviceNotice> notices;
    private final AtomicInteger most = new AtomicInteger(Integer.MAX_VALUE);
    private Network network;
    private Optional<Mover> mover;
    private boolean closed;

    /**
     * A network with a way out.
     *
     * @param mover empty where the network is on the CPU
     * @param notices hears what was done, on the thread of the call
     */
    FrugalNetwork(Network network, Optional<Mover> mover, Consumer<DeviceNotice> notices) {
        this.network = network;
        this.mover = mover;
        this.notices = notices;
    }

    private synchronized Network network() {
        return network;
    }

    @Override
    public Denoiser denoiser(Guidance guidance) {
        // Bound at once, so that words are read before the first call.
        network().denoiser(guidance);
        return (noisy, timestep) -> predict(guidance, noisy, timestep);
    }

    private Tensor predict(Guidance guidance, Tensor noisy, int timestep) {
        int batch = noisy.shape().rank() == 0 ? 1 : noisy.shape().batch();
        var done = new ArrayList<Tensor>();
        int from = 0;
        while (from < batch) {
            int size = Math.min(batch - from, most.get());
            Tensor part = size == batch ? noisy : noisy.slice(from, from + size);
            Network used = network();
            try {
                done.add(used.denoiser(guidance).predict(part, timestep));
                from += size;
            } catch (DeviceMemoryException e) {
                relieve(used, size, e);
            }
        }
        return done.size() == 1 ? done.getFirst() : Tensor.concat(List.copyOf(done));
    }

    /** Makes room, unless another thread has made it meanwhile. */
    @SuppressWarnings("ReferenceEquality") // that very network, and none that is like it
    private void relieve(Network failed, int size, DeviceMemoryException failure) {
        if (size > 1) {
            int before = most.getAndUpdate(now -> Math.min(now, size / 2));
            if (before > size / 2) {
                notices.accept(new DeviceNotice.Shrunk(size / 2));
            }
            return;
        }
        synchronized (this) {
            if (network != failed) {
                return;
            }
            Mover way = mover.orElseThrow(() -> failure);
            if (closed) {
                throw failure;
            }
            mover = Optional.empty();
            failed.close();
            try {
                network = way.move();
            } catch (ModelException e) {
                failure.addSuppressed(e);
                throw failure;
            }
            most.set(Integer.MAX_VALUE);
        }
        notices.accept(new DeviceNotice.Moved(ExecutionProvider.CPU.toString()));
    }

    @Override
    public boolean readsPrompts() {
        return network().readsPrompts();
    }

    @Override
    public String unread(String prompt) {
        return network().unread(prompt);
    }

    @Override
    public Optional<Network> runBy(GraphRunner runner) {
        return network().runBy(runner);
    }

    @Override
    public void close() {
        Network last;
        synchronized (this) {
            closed = true;
            last = network;
        }
        last.close();
    }
}
