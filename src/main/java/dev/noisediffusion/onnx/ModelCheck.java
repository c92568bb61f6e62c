package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionSettings;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelFingerprint;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.Safetensors;
import dev.noisediffusion.model.SchedulerConfig;
import dev.noisediffusion.model.SigmaRange;
import dev.noisediffusion.model.StableDiffusion;
import dev.noisediffusion.model.StudioManifest;
import dev.noisediffusion.model.UNet2DConfig;
import dev.noisediffusion.model.UNet2DFolder;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Loads a model folder, says what it is, times a call, and compares it with expected values where there are some. */
public final class ModelCheck {
    /** The file with expected values in a model folder. */
    public static final String EXPECTED_FILE = "expected.safetensors";

    private static final int TIMED_CALLS = 5;

    private ModelCheck() {}

    /**
     * Checks a model.
     *
     * @param folder the model
     * @param expected a file with expected values; without it, {@link #EXPECTED_FILE} in the folder if that is there
     * @param engine what opens the model; the model is closed again
     * @throws ModelException with a sentence, if the model or the file cannot be used; of a network that only does not fit its
     *     codec or the size of its pictures the report says so
     */
    public static ModelReport run(Path folder, Optional<Path> expected, OrtEngine engine) throws ModelException {
        Optional<Path> file = expected.or(() -> inFolder(folder));
        return switch (ModelLayout.read(folder)) {
            case UNet2DFolder model -> run(model, file, engine);
            case StableDiffusion model -> new StableDiffusionCheck(model, engine).run(file);
        };
    }

    private static ModelReport run(UNet2DFolder model, Optional<Path> expected, OrtEngine engine)
            throws ModelException {
        Optional<String> refusal = refusal(model);
        ModelFingerprint fingerprint = engine.fingerprint(model);
        OrtEngine.OpenNetwork network = engine.openNetwork(model, fingerprint);
        try (Denoiser denoiser = network.denoiser();
                var opening = new Opening()) {
            // A codec that does not fit may not open either.
            Optional<Codec> codec = refusal.isPresent()
                    ? Optional.empty()
                    : Optional.of(opening.add(engine.openCodec(model, fingerprint), Codec::close));
            Tensor sample = Kernels.gaussian(sampleShape(model), 1);
            Tensor prediction = denoiser.predict(sample, 0);
            double milliseconds = millisecondsPerCall(denoiser, sample);
            List<String> description = describe(model, fingerprint, network, sample, prediction);
            if (expected.isEmpty()) {
                return new ModelReport(description, refusal, milliseconds, List.of(), List.of());
            }
            DiffusionSettings settings = model.scheduler().settings();
            try (Safetensors values = Safetensors.open(expected.get())) {
                var golden = new GoldenValues(
                        values, denoiser, codec, settings, network.provider().precision());
                return new ModelReport(description, refusal, milliseconds, golden.compare(), golden.unknown());
            }
        }
    }

    private static Optional<String> refusal(UNet2DFolder model) {
        try {
            model.requireFittingCodec();
            return Optional.empty();
        } catch (ModelException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Path> inFolder(Path folder) {
        return Optional.of(folder.resolve(EXPECTED_FILE)).filter(Files::exists);
    }

    private static Shape sampleShape(UNet2DFolder model) throws ModelException {
        StudioManifest.ImageSize size = model.imageSize();
        return Shape.of(1, model.config().inChannels(), side(model, size.height()), side(model, size.width()));
    }

    /** A side of a picture as the network sees it; a little longer where the network could not halve it. */
    private static int side(UNet2DFolder model, int pixels) {
        int multiple = model.config().sideMultiple();
        return Math.ceilDiv(pixels, model.factor() * multiple) * multiple;
    }

    /** The median of a few calls. */
    static double millisecondsPerCall(Denoiser denoiser, Tensor sample) {
        var milliseconds = new double[TIMED_CALLS];
        for (int i = 0; i < TIMED_CALLS; i++) {
            long start = System.nanoTime();
            denoiser.predict(sample, 0);
            milliseconds[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(milliseconds);
        return milliseconds[TIMED_CALLS / 2];
    }

    private static List<String> describe(
            UNet2DFolder model,
            ModelFingerprint fingerprint,
            OrtEngine.OpenNetwork network,
            Tensor sample,
            Tensor prediction)
            throws ModelException {
        var lines = new ArrayList<String>();
        StudioManifest manifest = model.manifest();
        lines.addAll(who(manifest));
        lines.add(network(model.config()));
        lines.add(scheduler(model.scheduler()));
        StudioManifest.ImageSize size = model.imageSize();
        lines.add("codec: " + model.describeCodec() + ", pictures of " + size.width() + "x" + size.height());
        lines.add("id: " + fingerprint.model());
        lines.add("runs on " + network.provider() + ModelReport.fallback(network.fallback()));
        lines.add("one call: " + sample.shape() + " to " + prediction.shape());
        return lines;
    }

    static List<String> who(StudioManifest manifest) {
        var lines = new ArrayList<String>();
        lines.add(manifest.name() + (manifest.description().isEmpty() ? "" : ": " + manifest.description()));
        if (!manifest.licence().isEmpty()) {
            lines.add("licence: " + manifest.licence());
        }
        return lines;
    }

    private static String network(UNet2DConfig config) {
        List<Integer> channels =
                config.levels().stream().map(UNet2DConfig.Level::channels).toList();
        return "network: UNet2DModel, " + config.inChannels() + " channels in, " + config.outChannels()
                + " out, levels of " + channels + " channels, " + config.layersPerBlock() + " layers each";
    }

    static String scheduler(SchedulerConfig scheduler) {
        if (scheduler.sigmas().isPresent()) {
            SigmaRange sigmas = scheduler.sigmas().get();
            return "trained with: noise of deviations from " + sigmas.least() + " to " + sigmas.most()
                    + " beside pictures of " + sigmas.preconditioning().dataDeviation() + " (" + scheduler.className()
                    + ")";
        }
        String schedule = scheduler.trainedBetas().isEmpty()
                ? String.format(
                        Locale.ROOT,
                        "%s betas from %s to %s",
                        lowerCase(scheduler.betaSchedule()),
                        scheduler.betaStart(),
                        scheduler.betaEnd())
                : "trained betas";
        return "trained with: " + scheduler.trainTimesteps() + " timesteps, " + schedule + ", predicts "
                + lowerCase(scheduler.prediction()) + " (" + scheduler.className() + ")";
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
