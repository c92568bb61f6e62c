package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.PredictionType;
import dev.noisediffusion.model.ElementType;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.model.SafetensorsFiles;
import dev.noisediffusion.model.StableDiffusion;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The graphs that the studio builds itself give what the ONNX export of the same weights gives. */
class StableDiffusionWeightsTest {
    private static final Path EXPECTED = Fixtures.folder("sd-tiny-onnx").resolve("expected.safetensors");
    private static final String SINGLE = "sd-tiny-single.safetensors";

    @TempDir
    Path temporary;

    private final NativeLedger ledger = new NativeLedger();

    private OrtEngine engine() {
        return new OrtEngine(new GraphCache(temporary.resolve("cache")), ledger, ExecutionProvider.CPU);
    }

    private ModelReport check(Path model) throws ModelException {
        ModelReport report = ModelCheck.run(model, Optional.of(EXPECTED), engine());
        assertEquals(16, report.comparisons().size());
        assertEquals(List.of(), report.notCompared());
        assertEquals(0, ledger.open());
        return report;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd-tiny-diffusers", SINGLE})
    void theGraphsBuiltHereAgreeWithTheOriginalDownToFinishedFrames(String form) throws ModelException {
        ModelReport report = check(Fixtures.folder(form));
        Agreement.require(report);
    }

    @Test
    void weightsInTheFilesOfTheirVariantInFloat16AreFound() throws IOException, ModelException {
        Path folder = giveFolder("model");
        for (String stem :
                List.of("unet/diffusion_pytorch_model", "vae/diffusion_pytorch_model", "text_encoder/model")) {
            Files.move(folder.resolve(stem + ".safetensors"), folder.resolve(stem + ".fp16.safetensors"));
        }
        Agreement.require(check(folder));
    }

    /** As NovelAI's model has them, and what was made of it. */
    @Test
    void shorterNamesOfTheTextEncodersWeightsGiveTheSame() throws IOException, ModelException {
        giveFolder("sd-tiny-diffusers");
        Path renamed = temporary.resolve(SINGLE);
        String home = "cond_stage_model.transformer.";
        SafetensorsFiles.rename(Fixtures.folder(SINGLE), renamed, name -> name.replace(home + "text_model.", home));
        Agreement.require(check(renamed));
    }

    @Test
    void aModelThatNeedsMoreThanAPictureIsRefusedBeforeAnythingIsBuilt() throws IOException {
        Path folder = giveFolder("model");
        Fixtures.edit(folder.resolve("unet/config.json"), "\"in_channels\": 4", "\"in_channels\": 8");
        refuses(folder, "found 8 channels; an inpainting or editing model needs more than a picture");
        Path file = widths("inpainting.safetensors", 9, 320, 1280, 768);
        refuses(file, "found 9 channels; an inpainting or editing model needs more than a picture");
        assertFalse(Files.exists(temporary.resolve("cache")));
    }

    /** It has other widths than the file, for which it is not looked at any further. */
    @Test
    void aModelThatNeedsMoreThanAPictureDoesNotDisturbAFileBesideIt() throws IOException, ModelException {
        Path other = giveFolder("inpainting").resolve("unet/config.json");
        Fixtures.edit(other, "\"in_channels\": 4", "\"in_channels\": 9");
        Path fitting = giveFolder("sd-tiny-diffusers").resolve("unet/config.json");
        Path file = Files.copy(Fixtures.folder(SINGLE), temporary.resolve(SINGLE));
        List<Path> files = ((StableDiffusion) ModelLayout.read(file)).files();
        assertTrue(files.contains(fitting), files::toString);
    }

    @Test
    void aDamagedFolderDoesNotDisturbAFileBesideIt() throws IOException, ModelException {
        Path damaged = Files.createDirectories(temporary.resolve("a/unet"));
        Files.writeString(damaged.resolve("config.json"), "{");
        Path fitting = giveFolder("sd-tiny-diffusers").resolve("unet/config.json");
        Path file = Files.copy(Fixtures.folder(SINGLE), temporary.resolve(SINGLE));
        List<Path> files = ((StableDiffusion) ModelLayout.read(file)).files();
        assertTrue(files.contains(fitting), files::toString);
    }

    @Test
    void narrowWeightsInOneFileGiveNearlyTheSame() throws IOException, ModelException {
        giveFolder("sd-tiny-diffusers");
        Path narrow = temporary.resolve(SINGLE);
        SafetensorsFiles.convert(Fixtures.folder(SINGLE), narrow, ElementType.F16);
        ModelReport report = check(narrow);
        for (ModelReport.Comparison comparison : report.comparisons()) {
            assertTrue(comparison.error() < 5e-2, comparison.toString());
        }
    }

    /** The widths of Stable Diffusion 1 are known; the rest of the file is looked at when the graphs are built. */
    @Test
    void aFileWithTheWidthsOfStableDiffusion1IsOne() throws IOException, ModelException {
        Path file = widths("model.safetensors", 4, 320, 1280, 768);
        giveTokenizer(Files.createDirectory(temporary.resolve("tokenizer")));
        var layout = (StableDiffusion) ModelLayout.read(file);
        assertEquals(new ImageSize(512, 512), layout.imageSize());
        assertEquals("model", layout.manifest().name());
        assertEquals(PredictionType.EPSILON, layout.scheduler().prediction());
        refuses(file, "expected tensor \"cond_stage_model.transformer.text_model.embeddings.token_embedding.weight\"");
    }

    @Test
    void aFileOfUnknownWidthsOrWithoutATokenizerIsRefusedInASentence() {
        refuses(widths("odd.safetensors", 4, 8, 16, 24), "the widths of Stable Diffusion 1 (320, 1280 and 768)");
        refuses(widths("alone.safetensors", 4, 320, 1280, 768), "expected a folder \"tokenizer\"");
    }

    @Test
    void aFileThatIsAnotherKindOfModelIsRefusedInASentence() {
        Path file = SafetensorsFiles.write(
                temporary.resolve("lora.safetensors"),
                ElementType.F32,
                Map.of("lora_up.weight", Tensor.zeros(Shape.of(1))));
        refuses(file, "expected a Stable Diffusion in the original layout");
    }

    @Test
    void aFolderWithPicklesOnlyIsRefusedInASentence() throws IOException {
        Path folder = giveFolder("model");
        Files.move(folder.resolve("text_encoder/model.safetensors"), folder.resolve("text_encoder/pytorch_model.bin"));
        refuses(folder, "found only pytorch_model.bin, a pickle that can run code");
    }

    private Path giveFolder(String name) throws IOException {
        Path folder = Fixtures.copy("sd-tiny-diffusers", Files.createDirectory(temporary.resolve(name)));
        giveTokenizer(folder.resolve("tokenizer"));
        return folder;
    }

    private static void giveTokenizer(Path folder) throws IOException {
        for (String table : List.of("vocab.json", "merges.txt")) {
            Files.copy(Fixtures.folder("sd-tiny-onnx").resolve("tokenizer").resolve(table), folder.resolve(table));
        }
    }

    private Path widths(String name, int channels, int first, int middle, int words) {
        String unet = "model.diffusion_model.";
        var tensors = new HashMap<String, Tensor>();
        tensors.put(unet + "input_blocks.0.0.weight", Tensor.zeros(Shape.of(first, channels)));
        tensors.put(unet + "middle_block.0.in_layers.0.weight", Tensor.zeros(Shape.of(middle)));
        tensors.put(unet + "middle_block.1.transformer_blocks.0.attn2.to_k.weight", Tensor.zeros(Shape.of(1, words)));
        tensors.put(
                "cond_stage_model.transformer.text_model.embeddings.token_embedding.weight", Tensor.zeros(Shape.of(1)));
        return SafetensorsFiles.write(temporary.resolve(name), ElementType.F32, tensors);
    }

    private void refuses(Path model, String sentence) {
        String message = Refusals.sentence(ModelException.class, () -> engine().open(model));
        assertTrue(message.contains(sentence), message);
    }
}
