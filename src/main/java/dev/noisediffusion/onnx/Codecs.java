package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.diffusion.PixelUnshuffleCodec;
import dev.noisediffusion.model.LatentAutoencoder;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelFingerprint;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import dev.noisediffusion.model.UNet2DFolder;
import java.util.Optional;

/** Opens the codec of a model without words: the autoencoder in the folder, or what the manifest says. */
final class Codecs {
    private final OrtSetup setup;
    private final ModelFingerprint fingerprint;

    /** @param fingerprint of the model */
    Codecs(OrtSetup setup, ModelFingerprint fingerprint) {
        this.setup = setup;
        this.fingerprint = fingerprint;
    }

    /** The codec of the model, owned by the caller. */
    Codec open(UNet2DFolder model) throws ModelException {
        if (model.autoencoder().isEmpty()) {
            return new PixelUnshuffleCodec(model.manifest().codec().factor());
        }
        LatentAutoencoder autoencoder = model.autoencoder().get();
        ImageSize size = model.imageSize();
        Optional<Movable.Mover<Autoencoder>> mover = setup.wanted() == ExecutionProvider.CPU
                ? Optional.empty()
                : Optional.of(
                        () -> new Codecs(setup.on(ExecutionProvider.CPU), fingerprint).autoencoder(autoencoder, size));
        return new FrugalCodec(autoencoder(autoencoder, size), mover, setup.notices());
    }

    private Autoencoder autoencoder(LatentAutoencoder autoencoder, ImageSize size) throws ModelException {
        try (var opening = new Opening()) {
            OrtGraph encoder = opening.add(graph(autoencoder, LatentAutoencoder.Half.ENCODER), OrtGraph::close);
            OrtGraph decoder = opening.add(graph(autoencoder, LatentAutoencoder.Half.DECODER), OrtGraph::close);
            return opening.keep(
                    new Autoencoder(encoder, decoder, autoencoder.latents(), size.width(), size.height(), Tiles.USUAL));
        }
    }

    private OrtGraph graph(LatentAutoencoder autoencoder, LatentAutoencoder.Half half) throws ModelException {
        return setup.graph(setup.sessions()
                .open(provider -> setup.cache().graphOf(autoencoder, half, fingerprint), setup.wanted()));
    }
}
