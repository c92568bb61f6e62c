package dev.noisediffusion.remote;

import dev.noisediffusion.diffusion.CallSize;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.tensor.Tensor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A network whose graph a server runs, which may have little memory: a call of several pictures that the server cannot compute
 * is made in halves, and those after it are as small, unless it cannot compute one either. Owns the network.
 */
final class RemoteNetwork implements Network {
    private final Network network;
    private final Consumer<DeviceNotice> notices;
    private final CallSize calls = new CallSize();
    /** Whether calls have become smaller and it is not known yet that this has helped. */
    private final AtomicBoolean untold = new AtomicBoolean();

    /**
     * A network with smaller calls.
     *
     * @param notices hears of them once the server has computed one, on the thread of the call
     */
    RemoteNetwork(Network network, Consumer<DeviceNotice> notices) {
        this.network = network;
        this.notices = notices;
    }

    @Override
    public Denoiser denoiser(Guidance guidance) {
        Denoiser bound = network.denoiser(guidance);
        return (noisy, timestep) -> calls.inParts(noisy, part -> tried(bound, part, timestep));
    }

    /** What a call gives; empty where it is worth another try with fewer pictures. */
    private Optional<Tensor> tried(Denoiser bound, Tensor part, int timestep) {
        int size = CallSize.of(part);
        try {
            Tensor answer = bound.predict(part, timestep);
            if (size == calls.most() && untold.getAndSet(false)) {
                notices.accept(new DeviceNotice.Shrunk(size));
            }
            return Optional.of(answer);
        } catch (RemoteException e) {
            if (!isFailure(e)) {
                throw e;
            }
            if (size == 1) {
                // So smaller calls do not help, and nothing is known of the room.
                calls.takeAll();
                untold.set(false);
                throw e;
            }
            if (calls.halve(size)) {
                untold.set(true);
            }
            return Optional.empty();
        }
    }

    /** Whether the server was there and could not compute; out of memory is one of the reasons, which they word in many ways. */
    private static boolean isFailure(RemoteException e) {
        return e.trouble() instanceof Trouble.ServerFault trouble && trouble.fault() == Trouble.Fault.FAILED;
    }

    @Override
    public boolean readsPrompts() {
        return network.readsPrompts();
    }

    @Override
    public String unread(String prompt) {
        return network.unread(prompt);
    }

    @Override
    public void close() {
        network.close();
    }
}
