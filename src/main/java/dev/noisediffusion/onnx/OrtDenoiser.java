package dev.noisediffusion.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.model.UNet2DConfig;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A UNet2DModel run by ONNX Runtime. One call at a time; others wait. Closing it ends a call in progress and waits for it,
 * because the runtime does not survive the loss of a session that runs.
 */
final class OrtDenoiser implements Denoiser {
    private final OrtEnvironment environment;
    private final NativeLedger ledger;
    private final NativeLedger.Owned<OrtSession> session;
    private final NativeLedger.Owned<OrtSession.RunOptions> options;
    private final int inChannels;
    private final int outChannels;
    private final int sideMultiple;
    private final ReentrantLock running = new ReentrantLock();
    private final AtomicBoolean closing = new AtomicBoolean();
    private @Nullable Binding binding;

    OrtDenoiser(
            OrtEnvironment environment,
            NativeLedger ledger,
            NativeLedger.Owned<OrtSession> session,
            UNet2DConfig config)
            throws OrtException {
        this.environment = environment;
        this.ledger = ledger;
        this.session = session;
        this.options = ledger.own(new OrtSession.RunOptions());
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
        requireShape(noisy.shape());
        running.lock();
        try {
            requireOpen();
            Binding bound = bindingFor(noisy.shape());
            bound.fill(noisy, timestep);
            run(bound);
            return bound.prediction();
        } catch (OrtException e) {
            requireOpen();
            throw new IllegalStateException("The network could not be run: " + e.getMessage(), e);
        } finally {
            running.unlock();
        }
    }

    private void run(Binding bound) throws OrtException {
        try (var result = ledger.own(session.get().run(bound.inputs(), Set.of(), bound.outputs(), options.get()))) {
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
        binding = new Binding(environment, ledger, shape, out);
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

    private void requireOpen() {
        if (closing.get()) {
            throw new IllegalStateException("The model has been closed and computes no more.");
        }
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            try {
                options.get().setTerminate(true);
            } catch (OrtException e) {
                // Then the call in progress is waited for in full.
            }
        }
        running.lock();
        try {
            closeBinding();
            session.close();
            options.close();
        } finally {
            running.unlock();
        }
    }

    private void closeBinding() {
        if (binding != null) {
            binding.close();
            binding = null;
        }
    }
}
