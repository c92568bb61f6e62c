package dev.noisediffusion.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.noisediffusion.diffusion.Bottleneck;
import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.diffusion.PictureGraph;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelFingerprint;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.Precision;
import dev.noisediffusion.model.SigmaRange;
import dev.noisediffusion.model.StableDiffusion;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import dev.noisediffusion.model.UNet2DFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens model folders with ONNX Runtime. Immutable; what it opens is owned by the caller. */
public final class OrtEngine {
    private final OrtSetup setup;

    /** An engine that runs networks on the best provider of this build. */
    public OrtEngine(GraphCache cache) {
        this(cache, new NativeLedger(), ExecutionProvider.best());
    }

    /**
     * An engine that runs networks where it is told, with a pool of its own for the memory of this machine.
     *
     * @param ledger where native objects are counted
     * @param wanted where networks are to run; where it does not work on this machine they run on the CPU
     */
    public OrtEngine(GraphCache cache, NativeLedger ledger, ExecutionProvider wanted) {
        this(cache, ledger, SessionPool.ofMachine(), wanted, notice -> {});
    }

    /**
     * An engine with everything chosen, that says when memory is short.
     *
     * @param pool keeps the sessions of what is opened
     * @param notices hears it on threads that run networks
     */
    public OrtEngine(
            GraphCache cache,
            NativeLedger ledger,
            SessionPool pool,
            ExecutionProvider wanted,
            Consumer<DeviceNotice> notices) {
        setup = new OrtSetup(cache, ledger, pool, wanted, notices);
    }

    /** The version of the ONNX Runtime that computes. */
    public static String runtimeVersion() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    /**
     * Opens a model for pictures.
     *
     * @throws ModelException with a sentence, if the folder is not a model that the studio can run on pictures
     */
    public DiffusionModel open(Path folder) throws ModelException {
        return open(ModelLayout.read(folder));
    }

    /** Opens a model for pictures whose folder has been read before. */
    public DiffusionModel open(ModelLayout layout) throws ModelException {
        return load(layout).model();
    }

    /**
     * An open model and where it runs.
     *
     * @param model owned by the caller
     * @param provider where its network runs
     * @param precision in which its network computes; that of an export is its own, and counts as full
     * @param fallback why it does not run where it was meant to; empty where it does
     */
    public record Loaded(
            DiffusionModel model,
            ExecutionProvider provider,
            Precision precision,
            Optional<Trouble.DeviceUnusable> fallback) {}

    /**
     * Opens a model for pictures and says where it runs.
     *
     * @throws ModelException with a sentence, if the folder is not a model that the studio can run on pictures
     */
    public Loaded load(ModelLayout layout) throws ModelException {
        return switch (layout) {
            case UNet2DFolder model -> load(model);
            case StableDiffusion model -> opener().open(model);
        };
    }

    private Loaded load(UNet2DFolder model) throws ModelException {
        model.requireFittingCodec();
        ModelFingerprint fingerprint = setup.cache().fingerprint(model);
        ImageSize size = model.imageSize();
        try (var opening = new Opening()) {
            Codec codec = opening.add(openCodec(model, fingerprint), Codec::close);
            OpenNetwork network = openNetwork(model, fingerprint);
            opening.add(network.denoiser(), Denoiser::close);
            Precision precision = network.provider().precision();
            var opened = new DiffusionModel(
                    fingerprint.model(),
                    setup.cacheKey(fingerprint.model(), network.provider(), precision),
                    model.manifest().name(),
                    frugal(model, fingerprint, network),
                    codec,
                    model.scheduler().settings(),
                    size.width(),
                    size.height(),
                    BatchSizes.of(network.provider(), codec.latentShape(size.width(), size.height())));
            return opening.keep(new Loaded(opened, network.provider(), precision, network.fallback()));
        }
    }

    /** The codec of a model, owned by the caller. */
    Codec openCodec(UNet2DFolder model, ModelFingerprint fingerprint) throws ModelException {
        return new Codecs(setup, fingerprint).open(model);
    }

    private FrugalNetwork frugal(UNet2DFolder model, ModelFingerprint fingerprint, OpenNetwork network) {
        Optional<Movable.Mover<Network>> mover = network.provider() == ExecutionProvider.CPU
                ? Optional.empty()
                : Optional.of(() ->
                        openNetwork(model, fingerprint, ExecutionProvider.CPU).denoiser());
        return new FrugalNetwork(network.denoiser(), mover, setup.notices());
    }

    /**
     * A network without a codec.
     *
     * @param provider where it runs
     * @param fallback why it does not run where it was meant to; empty where it does
     */
    record OpenNetwork(Denoiser denoiser, ExecutionProvider provider, Optional<Trouble.DeviceUnusable> fallback) {}

    OpenNetwork openNetwork(UNet2DFolder model, ModelFingerprint fingerprint) throws ModelException {
        return openNetwork(model, fingerprint, setup.wanted());
    }

    private OpenNetwork openNetwork(UNet2DFolder model, ModelFingerprint fingerprint, ExecutionProvider provider)
            throws ModelException {
        OrtSessions.Opened opened =
                setup.sessions().open(there -> setup.cache().graphOf(model, fingerprint, there.precision()), provider);
        Optional<SigmaRange> sigmas = model.scheduler().sigmas();
        var denoiser = new UNet2DDenoiser(setup.graph(opened), model.config());
        return new OpenNetwork(
                sigmas.isPresent() ? preconditioned(denoiser, sigmas.get(), model) : denoiser,
                opened.provider(),
                opened.fallback());
    }

    private static Denoiser preconditioned(UNet2DDenoiser network, SigmaRange sigmas, UNet2DFolder model) {
        return new PreconditionedDenoiser(
                network, sigmas.preconditioning(), model.scheduler().settings().schedule());
    }

    /**
     * A network that measures, and where it runs.
     *
     * @param part owned by the caller
     * @param provider which is the CPU where it does not run where it was meant to
     */
    public record Placed<T>(T part, ExecutionProvider provider) {}

    /**
     * Opens the first half of a model's network, for the features of its narrowest block.
     *
     * @return empty for a model whose network is not a UNet2DModel, such as a Stable Diffusion, or has preconditioning
     * @throws ModelException with a sentence, if the model cannot be opened
     */
    public Optional<Placed<Bottleneck>> openBottleneck(ModelLayout layout) throws ModelException {
        if (!(layout instanceof UNet2DFolder model)
                || model.scheduler().sigmas().isPresent()) {
            return Optional.empty();
        }
        ModelFingerprint fingerprint = setup.cache().fingerprint(model);
        OrtSessions.Opened opened =
                setup.sessions().open(provider -> setup.cache().bottleneckOf(model, fingerprint), setup.wanted());
        return Optional.of(new Placed<>(new OrtBottleneck(setup.graph(opened)), opened.provider()));
    }

    /**
     * Opens a network that is given pictures, in a file of its own.
     *
     * @param file ONNX
     * @throws ModelException with a sentence, if it cannot be opened
     */
    public Placed<PictureGraph> openPictureGraph(Path file) throws ModelException {
        String hash = GraphFiles.hash(file);
        OrtSessions.Opened opened = setup.sessions().open(file, setup.wanted());
        try (var opening = new Opening()) {
            OrtGraph graph = opening.add(setup.graph(opened), OrtGraph::close);
            var pictures = new PictureGraph(
                    String.valueOf(file.getFileName()), hash, graph.pictureInputs(), graph.firstOutput(), graph);
            return opening.keep(new Placed<>(pictures, opened.provider()));
        }
    }

    ModelFingerprint fingerprint(ModelLayout model) throws ModelException {
        return setup.cache().fingerprint(model);
    }

    StableDiffusionOpener opener() {
        return new StableDiffusionOpener(setup);
    }
}
