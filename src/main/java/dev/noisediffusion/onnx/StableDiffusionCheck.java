package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.model.ExpectedCases;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelFingerprint;
import dev.noisediffusion.model.Precision;
import dev.noisediffusion.model.Safetensors;
import dev.noisediffusion.model.StableDiffusion;
import dev.noisediffusion.model.StableDiffusionOnnx;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens a Stable Diffusion model, says what it is, and compares it with expected values where there are some. */
final class StableDiffusionCheck {
    private static final int MIDDLE_TIMESTEP = 500;

    private final StableDiffusion model;
    private final OrtEngine engine;

    StableDiffusionCheck(StableDiffusion model, OrtEngine engine) {
        this.model = model;
        this.engine = engine;
    }

    /**
     * Checks the model.
     *
     * @param expected a file with expected values, its {@link ExpectedCases} beside it
     */
    ModelReport run(Optional<Path> expected) throws ModelException {
        ModelFingerprint fingerprint = engine.fingerprint(model);
        try (StableDiffusionOpener.Parts parts = engine.opener().openParts(model, fingerprint)) {
            ImageSize size = model.imageSize();
            Tensor sample = Kernels.gaussian(parts.codec().latentShape(size.width(), size.height()), 1);
            Denoiser denoiser = parts.network().denoiser(Guidance.NONE);
            Tensor prediction = denoiser.predict(sample, MIDDLE_TIMESTEP);
            double milliseconds = ModelCheck.millisecondsPerCall(denoiser, sample);
            List<String> description = describe(fingerprint, parts, sample, prediction);
            if (expected.isEmpty()) {
                return new ModelReport(description, Optional.empty(), milliseconds, List.of(), List.of());
            }
            try (Safetensors values = Safetensors.open(expected.get())) {
                ExpectedCases cases = ExpectedCases.read(expected.get().resolveSibling(ExpectedCases.FILE_NAME));
                var golden = new GuidedGoldenValues(
                        values, cases, parts, model.scheduler().settings(), precision(parts.provider()));
                return new ModelReport(description, Optional.empty(), milliseconds, golden.compare(), golden.unknown());
            }
        }
    }

    /** An export computes as it was exported. */
    private Precision precision(ExecutionProvider provider) {
        return model instanceof StableDiffusionOnnx ? Precision.FULL : provider.precision();
    }

    private List<String> describe(
            ModelFingerprint fingerprint, StableDiffusionOpener.Parts parts, Tensor sample, Tensor prediction) {
        List<String> lines = new ArrayList<>(ModelCheck.who(model.manifest()));
        lines.add("network: " + model.describe());
        lines.add(ModelCheck.scheduler(model.scheduler()));
        ImageSize size = model.imageSize();
        lines.add("codec: " + model.latents().describe() + ", pictures of " + size.width() + "x" + size.height());
        lines.add("id: " + fingerprint.model());
        lines.add("runs on " + parts.provider() + ModelReport.fallback(parts.fallback()));
        lines.add("one call: " + sample.shape() + " to " + prediction.shape());
        return lines;
    }
}
