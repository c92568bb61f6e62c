package dev.noisediffusion.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.diffusion.PixelUnshuffleCodec;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.LatentAutoencoder;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import dev.noisediffusion.model.UNet2DFolder;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens the codecs of models without words: the autoencoder in the folder, or what the manifest says. */
final class Codecs {
    private final GraphCache cache;
    private final NativeLedger ledger;
    private final SessionPool pool;
    private final ExecutionProvider wanted;
    private final Consumer<DeviceNotice> notices;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

    Codecs(
            GraphCache cache,
            NativeLedger ledger,
            SessionPool pool,
            ExecutionProvider wanted,
            Consumer<DeviceNotice> notices) {
        this.notices = notices;
        this.cache = cache;
        this.ledger = ledger;
        this.pool = pool;
        this.wanted = wanted;
    }

    /** The codec of a model, owned by the caller. */
    Codec open(UNet2DFolder model) throws ModelException {
        if (model.autoencoder().isEmpty()) {
            return new PixelUnshuffleCodec(model.manifest().codec().factor());
        }
        LatentAutoencoder autoencoder = model.autoencoder().get();
        ImageSize size = model.imageSize();
        Optional<FrugalCodec.Mover> mover = wanted == ExecutionProvider.CPU
                ? Optional.empty()
                : Optional.of(() ->
                        new Codecs(cache, ledger, pool, ExecutionProvider.CPU, notices).autoencoder(autoencoder, size));
        return new FrugalCodec(autoencoder(autoencoder, size), mover, notices);
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
        return OrtGraph.of(
                new OrtSessions(environment, ledger, pool).open(provider -> cache.graphOf(autoencoder, half), wanted),
                environment,
                ledger);
    }
}
