package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelFingerprint;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.Precision;
import dev.noisediffusion.model.StableDiffusion.Part;
import dev.noisediffusion.model.StableDiffusionWeights;
import dev.noisediffusion.model.UNet2DFolder;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs in float16, as they are built for GPUs: here they run on the CPU, which computes them as well. */
class HalfPrecisionTest {
    @TempDir
    Path temporary;

    private final NativeLedger ledger = new NativeLedger();
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

    @ParameterizedTest
    @CsvSource({"unet2d-modern,3", "unet2d-ddpm-legacy,3", "unet2d-adm-v,4", "unet2d-edm,3", "ldm-vq,4"})
    void networksWithoutWordsSayNearlyTheSame(String fixture, int channels) throws ModelException {
        var cache = new GraphCache(temporary.resolve("cache"));
        var model = (UNet2DFolder) ModelLayout.read(Fixtures.folder(fixture));
        ModelFingerprint fingerprint = cache.fingerprint(model);
        Map<String, Tensor> inputs = Map.of(
                "sample",
                Kernels.gaussian(Shape.of(2, channels, 16, 16), 1),
                "timestep",
                Tensor.wrap(Shape.of(1), new float[] {799}));
        assertNear(
                cache.graphOf(model, fingerprint, Precision.FULL),
                cache.graphOf(model, fingerprint, Precision.HALF),
                inputs);
    }

    @ParameterizedTest
    @CsvSource({"sd2-tiny/diffusers,16,0", "sdxl-tiny/diffusers,40,20", "sdxl-tiny/single.safetensors,40,20"})
    void networksWithWordsSayNearlyTheSame(String fixture, int width, int whole) throws ModelException {
        var cache = new GraphCache(temporary.resolve("cache"));
        var model = (StableDiffusionWeights) ModelLayout.read(Fixtures.folder(fixture));
        ModelFingerprint fingerprint = cache.fingerprint(model);
        var inputs = new HashMap<String, Tensor>();
        inputs.put("sample", Kernels.gaussian(Shape.of(2, 4, 10, 6), 1));
        inputs.put("timestep", Tensor.wrap(Shape.of(1), new float[] {799}));
        inputs.put("encoder_hidden_states", Kernels.gaussian(Shape.of(2, 77, width), 2));
        if (whole > 0) {
            inputs.put("text_embeds", Kernels.gaussian(Shape.of(2, whole), 3));
            // Beyond 1,024 a half counts in twos: the sizes must not be told in it.
            inputs.put(
                    "time_ids", Tensor.wrap(Shape.of(2, 6), new float[] {1031, 1, 0, 0, 1031, 1, 777, 3, 0, 0, 9, 9}));
        }
        assertNear(
                cache.graphOf(model, Part.UNET, fingerprint, Precision.FULL),
                cache.graphOf(model, Part.UNET, fingerprint, Precision.HALF),
                inputs);
        assertEquals(
                cache.graphOf(model, Part.VAE_DECODER, fingerprint, Precision.FULL),
                cache.graphOf(model, Part.VAE_DECODER, fingerprint, Precision.HALF),
                "Autoencoders overflow in half");
    }

    private void assertNear(Path full, Path half, Map<String, Tensor> inputs) throws ModelException {
        assertNotEquals(full, half);
        Tensor exact = run(full, inputs);
        Tensor coarse = run(half, inputs);
        double error =
                Kernels.maxAbsDifference(exact, coarse) / Kernels.maxAbsDifference(exact, Tensor.zeros(exact.shape()));
        assertTrue(error > 0 && error < 0.02, "differs by " + error);
        assertEquals(0, ledger.open());
    }

    private Tensor run(Path file, Map<String, Tensor> inputs) throws ModelException {
        OrtSessions.Opened opened =
                new OrtSessions(environment, ledger, SessionPool.ofMachine()).open(file, ExecutionProvider.CPU);
        try (OrtGraph graph = OrtGraph.of(opened, environment, ledger)) {
            return graph.run(inputs, graph.firstOutput("out_sample"));
        }
    }

    @Test
    void halfIsForGpus() {
        assertEquals(Precision.FULL, ExecutionProvider.CPU.precision());
        assertEquals(Precision.HALF, ExecutionProvider.CUDA.precision());
    }
}
