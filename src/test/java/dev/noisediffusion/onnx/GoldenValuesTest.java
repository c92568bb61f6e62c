package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.model.ElementType;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.model.SafetensorsFiles;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything from config and weights to the DDIM trajectory, against values computed with the diffusers library. */
class GoldenValuesTest {
    private static final String WEIGHTS = "unet/diffusion_pytorch_model.safetensors";

    @TempDir
    Path temporary;

    private ModelReport check(Path folder, Optional<Path> expected) throws ModelException {
        var cache = new GraphCache(temporary.resolve("cache"));
        return ModelCheck.run(folder, expected, new OrtEngine(cache, new NativeLedger(), ExecutionProvider.CPU));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unet2d-modern", "unet2d-ddpm-legacy", "unet2d-adm-v"})
    void everyFlavourAgreesWithTheOriginal(String fixture) throws ModelException {
        ModelReport report = check(Fixtures.folder(fixture), Optional.empty());
        Agreement.require(report);
        assertEquals(
                List.of(
                        "out_sample",
                        "alphas_cumprod",
                        "ddim_timesteps",
                        "ddim_inverse_timesteps",
                        "ddim_inverse_trajectory",
                        "ddim_encoded",
                        "ddim_decoded"),
                report.comparisons().stream().map(ModelReport.Comparison::name).toList());
        assertEquals(List.of(), report.notCompared());
        assertTrue(report.millisecondsPerCall() > 0);
    }

    @ParameterizedTest
    @CsvSource({"unet2d-modern,F16,1e-2", "unet2d-ddpm-legacy,BF16,5e-2", "unet2d-adm-v,F16,1e-2"})
    void narrowWeightsGiveNearlyTheSame(String fixture, ElementType type, double tolerance)
            throws IOException, ModelException {
        Path folder = Fixtures.copy(fixture, Files.createDirectory(temporary.resolve("model")));
        SafetensorsFiles.convert(Fixtures.folder(fixture).resolve(WEIGHTS), folder.resolve(WEIGHTS), type);
        ModelReport.Comparison call =
                check(folder, Optional.empty()).comparisons().getFirst();
        assertTrue(call.error() < tolerance && call.error() > 0, call.toString());
    }

    @Test
    void aWrongValueFailsTheReport() throws ModelException {
        Path file = SafetensorsFiles.write(
                temporary.resolve("wrong.safetensors"),
                ElementType.F32,
                Map.of("alphas_cumprod", Tensor.zeros(Shape.of(1000)), "surprise", Tensor.zeros(Shape.of(1))));
        ModelReport report = check(Fixtures.folder("unet2d-modern"), Optional.of(file));
        assertFalse(report.passed());
        assertEquals(List.of("surprise"), report.notCompared());
        assertTrue(report.comparisons().getFirst().toString().contains("BEYOND TOLERANCE"));
    }

    @Test
    void notANumberFails() {
        assertFalse(new ModelReport.Comparison("x", Double.NaN, 1, false).passed());
    }

    @Test
    void expectedValuesOfAnotherModelAreRefusedInASentence() {
        Path other = Fixtures.folder("unet2d-adm-v").resolve("expected.safetensors");
        String message = Refusals.sentence(
                ModelException.class, () -> check(Fixtures.folder("unet2d-modern"), Optional.of(other)));
        assertTrue(message.startsWith(other.toString()) && message.contains("expects [N, 3, H, W]"), message);
    }

    @Test
    void aFileWithNothingToCompareIsRefused() {
        Path file = SafetensorsFiles.write(
                temporary.resolve("none.safetensors"), ElementType.F32, Map.of("x", Tensor.zeros(Shape.of(1))));
        assertThrows(ModelException.class, () -> check(Fixtures.folder("unet2d-modern"), Optional.of(file)));
    }
}
