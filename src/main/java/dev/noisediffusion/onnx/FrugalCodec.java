package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An autoencoder that makes do with little memory: where the device has too little for a piece of a picture, it and those after
 * it go through in smaller ones; where even those are too much, the autoencoder moves to the CPU. Owns the autoencoder.
 */
final class FrugalCodec implements Codec {
    /** Opens the autoencoder on the CPU. */
    @FunctionalInterface
    interface Mover {
        /** The same there, once the one before has been closed. */
        Autoencoder move() throws ModelException;
    }

    private final Consumer<DeviceNotice> notices;
    private Autoencoder codec;
    private Optional<Mover> mover;
    private boolean closed;

    /**
     * An autoencoder with a way out.
     *
     * @param mover empty where it is on the CPU
     * @param notices hears what was done, on the thread of the call
     */
    FrugalCodec(Autoencoder codec, Optional<Mover> mover, Consumer<DeviceNotice> notices) {
        this.codec = codec;
        this.mover = mover;
        this.notices = notices;
    }

    private synchronized Autoencoder codec() {
        return codec;
    }

    @Override
    public Shape latentShape(int width, int height) {
        return codec().latentShape(width, height);
    }

    @Override
    public Tensor encode(Tensor pixels) {
        Shape latent = latentShape(pixels.shape().width(), pixels.shape().height());
        return call(latent, used -> used.encode(pixels));
    }

    @Override
    public Tensor decode(Tensor latents) {
        return call(latents.shape().withBatch(1), used -> used.decode(latents));
    }

    private Tensor call(Shape latent, Function<Autoencoder, Tensor> work) {
        while (true) {
            Autoencoder used = codec();
            try {
                return work.apply(used);
            } catch (DeviceMemoryException e) {
                notices.accept(relieve(used, latent, e));
            }
        }
    }

    /** Makes room, unless another thread has made it meanwhile, which is then told of twice. */
    @SuppressWarnings("ReferenceEquality") // that very autoencoder, and none that is like it
    private synchronized DeviceNotice relieve(Autoencoder failed, Shape latent, DeviceMemoryException failure) {
        if (closed) {
            throw failure;
        }
        if (codec == failed) {
            Optional<Autoencoder> smaller = failed.inSmallerPieces(latent);
            if (smaller.isEmpty()) {
                return move(failed, failure);
            }
            codec = smaller.get();
        }
        return new DeviceNotice.Tiled(codec.pieceSide(latent));
    }

    private DeviceNotice move(Autoencoder failed, DeviceMemoryException failure) {
        Mover way = mover.orElseThrow(() -> failure);
        mover = Optional.empty();
        failed.close();
        try {
            codec = way.move();
        } catch (ModelException e) {
            failure.addSuppressed(e);
            throw failure;
        }
        return new DeviceNotice.PicturesMoved(ExecutionProvider.CPU.toString());
    }

    @Override
    public void close() {
        Autoencoder last;
        synchronized (this) {
            closed = true;
            last = codec;
        }
        last.close();
    }
}
