package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelFingerprint;
import dev.noisediffusion.model.Precision;
import dev.noisediffusion.model.StableDiffusion;
import dev.noisediffusion.model.StableDiffusion.Part;
import dev.noisediffusion.model.StableDiffusionOnnx;
import dev.noisediffusion.model.StableDiffusionWeights;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Opens the parts of a Stable Diffusion model and puts them together. */
final class StableDiffusionOpener {
    private final OrtSetup setup;

    StableDiffusionOpener(OrtSetup setup) {
        this.setup = setup;
    }

    /** An open graph and where it runs. */
    private record Opened(OrtGraph graph, ExecutionProvider provider, Optional<Trouble.DeviceUnusable> fallback) {}

    /**
     * The open parts of a model, owned by the caller.
     *
     * @param wanted where they were to run as they were opened: on the CPU where the device had no room for them before
     * @param provider where the network runs
     * @param fallback why the network does not run where it was first meant to; empty where it does
     */
    record Parts(
            GuidedNetwork network,
            Autoencoder codec,
            ExecutionProvider wanted,
            ExecutionProvider provider,
            Optional<Trouble.DeviceUnusable> fallback)
            implements AutoCloseable {
        private Parts insteadOf(ExecutionProvider device, DeviceMemoryException failure) {
            return new Parts(
                    network,
                    codec,
                    wanted,
                    provider,
                    Optional.of(new Trouble.DeviceUnusable(device.toString(), failure.said())));
        }

        @Override
        public void close() {
            try (codec) {
                network.close();
            }
        }
    }

    /**
     * Opens a model for pictures; on the CPU where {@link #openParts} does.
     *
     * @throws ModelException if a part is not what such a model has, or does not run
     * @throws DeviceMemoryException if there is no room for them on the CPU either
     */
    OrtEngine.Loaded open(StableDiffusion model) throws ModelException {
        ModelFingerprint fingerprint = setup.cache().fingerprint(model);
        var home = new Home(model, fingerprint);
        Parts parts = openParts(model, fingerprint);
        ImageSize size = model.imageSize();
        Precision precision = model instanceof StableDiffusionOnnx
                ? Precision.FULL
                : parts.provider().precision();
        var opened = new DiffusionModel(
                fingerprint.model(),
                setup.on(parts.wanted()).cacheKey(fingerprint.model(), parts.provider(), precision),
                model.manifest().name(),
                frugal(home, parts),
                frugalCodec(home, parts),
                model.scheduler().settings(),
                size.width(),
                size.height(),
                parts.network().takesBatches()
                        ? BatchSizes.of(parts.provider(), parts.codec().latentShape(size.width(), size.height()))
                        : 1);
        return new OrtEngine.Loaded(opened, parts.provider(), precision, parts.fallback());
    }

    private FrugalNetwork frugal(Home home, Parts parts) {
        // The network may have begun on the CPU, and its text encoders not.
        Optional<Movable.Mover<Network>> mover = parts.wanted() == ExecutionProvider.CPU
                ? Optional.empty()
                : Optional.of(() -> onCpu(home, parts.codec()));
        return new FrugalNetwork(parts.network(), mover, setup.notices());
    }

    private FrugalCodec frugalCodec(Home home, Parts parts) {
        Optional<Movable.Mover<Autoencoder>> mover =
                parts.wanted() == ExecutionProvider.CPU ? Optional.empty() : Optional.of(() -> codecOnCpu(home));
        return new FrugalCodec(parts.codec(), mover, setup.notices());
    }

    private Autoencoder codecOnCpu(Home home) throws ModelException {
        try (var opening = new Opening()) {
            return opening.keep(onCpu().codec(home, opening));
        }
    }

    private StableDiffusionOpener onCpu() {
        return new StableDiffusionOpener(setup.on(ExecutionProvider.CPU));
    }

    /** The network and its text encoder on the CPU; the autoencoder stays where it is. */
    private GuidedNetwork onCpu(Home home, Autoencoder codec) throws ModelException {
        StableDiffusionOpener there = onCpu();
        try (var opening = new Opening()) {
            PromptEncoder text = there.text(home, opening);
            OrtGraph unet = there.graph(home, Part.UNET, opening).graph();
            return opening.keep(network(home, codec, unet, text));
        }
    }

    private static GuidedNetwork network(Home home, Autoencoder codec, OrtGraph unet, PromptEncoder text)
            throws ModelException {
        ImageSize size = home.model().imageSize();
        try {
            return new GuidedNetwork(unet, text, codec.latentShape(size.width(), size.height()), size);
        } catch (IllegalStateException e) {
            // The text encoders have read their first words.
            if (e instanceof CancellationException || e instanceof Trouble.Carrier) {
                throw e;
            }
            throw OrtSessions.notRunnable(home.model().folder(), e);
        }
    }

    private PromptEncoder text(Home home, Opening opening) throws ModelException {
        var encoders = new ArrayList<TextEncoder>();
        for (StableDiffusion.Listener listener : home.model().listeners()) {
            encoders.add(new TextEncoder(
                    listener.tokenizer().read(),
                    graph(home, listener.part(), opening).graph(),
                    listener));
        }
        return new PromptEncoder(encoders, home.model().silentNegative());
    }

    /**
     * Opens all parts, or none; on the CPU where the device has no room for the text encoders to read their first words.
     *
     * @throws ModelException if a part is not what such a model has, or does not run
     * @throws DeviceMemoryException if there is no room for them on the CPU either
     */
    Parts openParts(StableDiffusion model, ModelFingerprint fingerprint) throws ModelException {
        try (var opening = new Opening()) {
            return opening.keep(openParts(new Home(model, fingerprint), opening));
        } catch (DeviceMemoryException e) {
            if (setup.wanted() == ExecutionProvider.CPU) {
                throw e;
            }
            return onCpu().openParts(model, fingerprint).insteadOf(setup.wanted(), e);
        }
    }

    /** A model on disk. */
    private record Home(StableDiffusion model, ModelFingerprint fingerprint) {}

    private Parts openParts(Home home, Opening opening) throws ModelException {
        PromptEncoder text = text(home, opening);
        Opened unet = graph(home, Part.UNET, opening);
        Autoencoder codec = codec(home, opening);
        return new Parts(
                network(home, codec, unet.graph(), text), codec, setup.wanted(), unet.provider(), unet.fallback());
    }

    private Autoencoder codec(Home home, Opening opening) throws ModelException {
        ImageSize size = home.model().imageSize();
        return new Autoencoder(
                graph(home, Part.VAE_ENCODER, opening).graph(),
                graph(home, Part.VAE_DECODER, opening).graph(),
                home.model().latents(),
                size.width(),
                size.height(),
                Tiles.USUAL);
    }

    private Opened graph(Home home, Part part, Opening opening) throws ModelException {
        OrtSessions.Opened session = session(home, part);
        OrtGraph graph = opening.add(setup.graph(session), OrtGraph::close);
        return new Opened(graph, session.provider(), session.fallback());
    }

    private OrtSessions.Opened session(Home home, Part part) throws ModelException {
        return switch (home.model()) {
            case StableDiffusionOnnx exported ->
                setup.sessions()
                        .open(exported.graph(part), () -> edition(exported, part, home.fingerprint()), setup.wanted());
            case StableDiffusionWeights weights ->
                setup.sessions()
                        .open(
                                provider ->
                                        setup.cache().graphOf(weights, part, home.fingerprint(), provider.precision()),
                                setup.wanted());
        };
    }

    /** Made each time a session is opened, which takes the file that lies there then: it must be that of the fingerprint. */
    private Optional<byte[]> edition(StableDiffusionOnnx exported, Part part, ModelFingerprint fingerprint)
            throws ModelException {
        setup.cache().requireUnchanged(exported, part, fingerprint);
        return part == Part.VAE_ENCODER ? exported.encoderWithoutNoise() : Optional.empty();
    }
}
