package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.job.DeviceNotice;
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
    private final Consumer<DeviceNotice> notices;
    private final Movable<Autoencoder> place;

    /**
     * An autoencoder with a way out.
     *
     * @param mover empty where it is on the CPU
     * @param notices hears what was done, on the thread of the call
     */
    FrugalCodec(Autoencoder codec, Optional<Movable.Mover<Autoencoder>> mover, Consumer<DeviceNotice> notices) {
        this.notices = notices;
        this.place = new Movable<>(codec, Autoencoder::close, mover, this::moved);
    }

    @Override
    public Shape latentShape(int width, int height) {
        return place.current().latentShape(width, height);
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
        Optional<Tensor> answer = Optional.empty();
        while (answer.isEmpty()) {
            answer = place.tried(work, (used, failure) -> relieve(used, latent, failure));
        }
        return answer.get();
    }

    /** Makes room, unless another thread has made it meanwhile. */
    private void relieve(Autoencoder failed, Shape latent, DeviceMemoryException failure) {
        Optional<Autoencoder> smaller = failed.inSmallerPieces(latent);
        if (smaller.isPresent()) {
            if (place.replace(failed, smaller.get(), failure)) {
                notices.accept(new DeviceNotice.Tiled(smaller.get().pieceSide(latent)));
            }
        } else {
            place.move(failed, failure);
        }
    }

    private void moved() {
        notices.accept(new DeviceNotice.PicturesMoved(ExecutionProvider.CPU.toString()));
    }

    @Override
    public void close() {
        place.close();
    }
}
