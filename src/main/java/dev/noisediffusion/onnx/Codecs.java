package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.diffusion.PixelUnshuffleCodec;
import dev.noisediffusion.model.LatentAutoencoder;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import dev.noisediffusion.model.UNet2DFolder;
import java.util.Optional;

/** Opens the codecs of models without words: the autoencoder in the folder, or what the manifest says. */
final class Codecs {
    private final OrtSetup setup;

    Codecs(OrtSetup setup) {
        this.setup = setup;
    }

    /** The codec of a model, owned by the caller. */
    Codec open(UNet2DFolder model) throws ModelException {
        if (model.autoencoder().isEmpty()) {
            return new PixelUnshuffleCodec(model.manifest().codec().factor());
        }
        LatentAutoencoder autoencoder = model.autoencoder().get();
        ImageSize size = model.imageSize();
        Optional<Movable.Mover<Autoencoder>> mover = setup.wanted() == ExecutionProvider.CPU
                ? Optional.empty()
                : Optional.of(() -> new Codecs(setup.on(ExecutionProvider.CPU)).autoencoder(autoencoder, size));
        return new FrugalCodec(autoencoder(autoencoder, size), mover, setup.notices());
    }

    private Autoencoder autoencoder(LatentAutoencoder autoencoder, ImageSize size) throws ModelException {
        OrtGraph encoder = graph(autoencoder, LatentAutoencoder.Half.ENCODER);
        try {
            OrtGraph decoder = graph(autoencoder, LatentAutoencoder.Half.DECODER);
            try {
                return new Autoencoder(
                        encoder, decoder, autoencoder.latents(), size.width(), size.height(), Tiles.USUAL);
            } catch (ModelException e) {
                decoder.close();
                throw e;
            }
        } catch (ModelException e) {
            encoder.close();
            throw e;
        }
    }

    private OrtGraph graph(LatentAutoencoder autoencoder, LatentAutoencoder.Half half) throws ModelException {
        return setup.graph(setup.sessions().open(provider -> setup.cache().graphOf(autoencoder, half), setup.wanted()));
    }
}
