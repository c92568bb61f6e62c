package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Phrase;
import dev.noisediffusion.diffusion.PredictionType;
import dev.noisediffusion.model.ElementType;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.model.SafetensorsFiles;
import dev.noisediffusion.model.StableDiffusion;
import dev.noisediffusion.model.StableDiffusion.Tokenizer;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import dev.noisediffusion.tensor.Kernels;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stable Diffusion 2 and SDXL in all their forms, against a reference in PyTorch. */
class StableDiffusionFamiliesTest {
    @TempDir
    Path temporary;

    private final NativeLedger ledger = new NativeLedger();

    private OrtEngine engine() {
        return new OrtEngine(new GraphCache(temporary.resolve("cache")), ledger, ExecutionProvider.CPU);
    }

    @ParameterizedTest
    @CsvSource({
        "sd2-tiny,diffusers,16",
        "sd2-tiny,single.safetensors,16",
        "sdxl-tiny,diffusers,22",
        "sdxl-tiny,single.safetensors,22",
        "sdxl-tiny,onnx,22"
    })
    void everyFormAgreesWithTheReferenceDownToFinishedFrames(String fixture, String form, int values)
            throws ModelException {
        Path home = Fixtures.folder(fixture);
        ModelReport report =
                ModelCheck.run(home.resolve(form), Optional.of(home.resolve("expected.safetensors")), engine());
        Agreement.require(report);
        assertEquals(values, report.comparisons().size());
        assertEquals(List.of(), report.notCompared());
        assertEquals(0, ledger.open());
    }

    /** Graphs that the studio builds take every size that the autoencoder takes; exported ones must halve evenly. */
    @ParameterizedTest
    @CsvSource({"sd2-tiny,16", "sdxl-tiny,22"})
    void sidesThatDoNotHalveEvenlyAgreeWithTheReferenceToo(String fixture, int values)
            throws IOException, ModelException {
        Path home = Fixtures.copy(fixture, Files.createDirectory(temporary.resolve("model")));
        String uneven = "{\"image\":{\"width\":24,\"height\":40}}";
        Files.writeString(home.resolve("diffusers/studio.json"), uneven);
        Optional<Path> expected = Optional.of(home.resolve("expected-uneven.safetensors"));
        ModelReport report = ModelCheck.run(home.resolve("diffusers"), expected, engine());
        Agreement.require(report);
        assertEquals(values, report.comparisons().size());
        Files.writeString(home.resolve("diffusers/studio.json"), uneven.replace("24", "26"));
        refuses(home.resolve("diffusers"), "expected pictures with sides in multiples of 4 pixels, found 26x40");
    }

    @Test
    void anExportRefusesSidesThatItsNetworkCannotHalve() throws IOException, ModelException {
        Path export = Fixtures.copy("sdxl-tiny", Files.createDirectory(temporary.resolve("model")))
                .resolve("onnx");
        Files.writeString(export.resolve("studio.json"), "{\"image\":{\"width\":24,\"height\":40}}");
        refuses(export, "expected pictures with sides in multiples of 16 pixels, found 24x40");
        Files.writeString(export.resolve("studio.json"), "{\"image\":{\"width\":48,\"height\":32}}");
        try (DiffusionModel model = engine().open(export)) {
            Tensor noisy = Kernels.gaussian(Shape.of(1, 4, 8, 12), 3);
            assertEquals(noisy.shape(), model.denoiser().predict(noisy, 301).shape());
            assertEquals(Shape.of(1, 3, 32, 48), model.codec().decode(noisy).shape());
        }
    }

    @Test
    void narrowWeightsInOneFileGiveNearlyTheSame() throws IOException, ModelException {
        Fixtures.copy("sdxl-tiny", Files.createDirectory(temporary.resolve("sdxl")));
        Path narrow = temporary.resolve("sdxl/narrow.safetensors");
        SafetensorsFiles.convert(temporary.resolve("sdxl/single.safetensors"), narrow, ElementType.F16);
        Optional<Path> expected = Optional.of(temporary.resolve("sdxl/expected.safetensors"));
        for (ModelReport.Comparison comparison :
                ModelCheck.run(narrow, expected, engine()).comparisons()) {
            assertTrue(comparison.error() < 5e-2, comparison.toString());
        }
    }

    @Test
    void theEmptyNegativePromptOfSdxlIsSilenceUnlessItsIndexSaysOtherwise() throws IOException, ModelException {
        Path folder = Fixtures.copy("sdxl-tiny", Files.createDirectory(temporary.resolve("sdxl")))
                .resolve("diffusers");
        Tensor noisy = Kernels.gaussian(Shape.of(1, 4, 8, 8), 3);
        Tensor silent = predict(folder, new Guidance("a rose", "", 4), noisy);
        Fixtures.edit(
                folder.resolve("model_index.json"),
                "\"force_zeros_for_empty_prompt\": true",
                "\"force_zeros_for_empty_prompt\": false");
        Tensor nothing = predict(folder, new Guidance("a rose", "", 4), noisy);
        assertNotEquals(silent, nothing);
        Tensor prompt = predict(folder, new Guidance("a rose", "", 1), noisy);
        Tensor empty = predict(folder, new Guidance("", "", 1), noisy);
        assertTrue(Kernels.maxAbsDifference(Kernels.linear(4, prompt, -3, empty), nothing) < 1e-4);
    }

    @Test
    void betweenTwoPromptsBothEmbeddingsTurn() throws ModelException {
        Path folder = Fixtures.folder("sdxl-tiny").resolve("diffusers");
        Tensor noisy = Kernels.gaussian(Shape.of(1, 4, 8, 8), 3);
        Tensor rose = predict(folder, new Guidance("a rose", "", 1), noisy);
        Tensor bird = predict(folder, new Guidance("a bird", "", 1), noisy);
        Tensor between = predict(folder, new Guidance(new Phrase("a rose", "a bird", 0.5), "", 1), noisy);
        double whole = Kernels.maxAbsDifference(rose, bird);
        assertTrue(whole > 0 && Kernels.maxAbsDifference(rose, between) < whole);
        assertEquals(bird, predict(folder, new Guidance(new Phrase("a rose", "a bird", 1), "", 1), noisy));
    }

    private Tensor predict(Path folder, Guidance guidance, Tensor noisy) throws ModelException {
        try (DiffusionModel model = engine().open(folder)) {
            return model.denoiser(guidance).predict(noisy, 301);
        }
    }

    /** Both kinds of Stable Diffusion 2 have the same shapes: what is beside the file says which it is, else a rule of thumb. */
    @Test
    void whatASingleFileOfStableDiffusion2PredictsIsSaidBesideItOrFoundInItsWeights()
            throws IOException, ModelException {
        assertPredicts(PredictionType.EPSILON, 512, two("base", 0.05f));
        assertPredicts(PredictionType.V_PREDICTION, 768, two("large", 0.2f));
        Files.writeString(temporary.resolve("large.yaml"), "model:\n  params:\n    linear_start: 0.00085\n");
        assertPredicts(PredictionType.EPSILON, 512, temporary.resolve("large.safetensors"));
        Files.writeString(temporary.resolve("base.yaml"), "model:\n  params:\n    parameterization: \"v\"\n");
        assertPredicts(PredictionType.V_PREDICTION, 768, temporary.resolve("base.safetensors"));
    }

    /** Its weights look like those that predict v, and its text encoder is called as SDXL's second one. */
    @Test
    void aSingleFileOfTurboPredictsEpsilon() throws IOException, ModelException {
        Path file = file(
                "turbo",
                1024,
                Map.of(
                        "conditioner.embedders.0.model.token_embedding.weight",
                        Tensor.zeros(Shape.of(1)),
                        "model.diffusion_model.output_blocks.11.1.transformer_blocks.0.norm1.bias",
                        Tensor.wrap(Shape.of(2), new float[] {0.2f, -0.2f})));
        var layout = (StableDiffusion) ModelLayout.read(file);
        assertEquals(PredictionType.EPSILON, layout.scheduler().prediction());
        assertEquals(new ImageSize(512, 512), layout.imageSize());
        assertEquals("!", layout.listeners().getFirst().tokenizer().padding());
    }

    @Test
    void theNamesOfTurboGiveTheSame() throws IOException, ModelException {
        Path home = Fixtures.copy("sd2-tiny", Files.createDirectory(temporary.resolve("sd2")));
        Path renamed = home.resolve("turbo.safetensors");
        SafetensorsFiles.rename(
                home.resolve("single.safetensors"),
                renamed,
                name -> name.replace("cond_stage_model.", "conditioner.embedders.0."));
        ModelReport report = ModelCheck.run(renamed, Optional.of(home.resolve("expected.safetensors")), engine());
        Agreement.require(report);
        assertEquals(16, report.comparisons().size());
        assertEquals(List.of(), report.notCompared());
    }

    private static void assertPredicts(PredictionType prediction, int side, Path file) throws ModelException {
        var layout = (StableDiffusion) ModelLayout.read(file);
        assertEquals(prediction, layout.scheduler().prediction());
        assertEquals(new ImageSize(side, side), layout.imageSize());
        assertEquals("!", layout.listeners().getFirst().tokenizer().padding());
        assertEquals("Stable Diffusion 2, one file in the original layout", layout.describe());
    }

    private Path two(String name, float spread) throws IOException {
        Tensor biases = Tensor.wrap(Shape.of(2), new float[] {spread, -spread});
        return file(
                name,
                1024,
                Map.of(
                        "cond_stage_model.model.token_embedding.weight",
                        Tensor.zeros(Shape.of(1)),
                        "model.diffusion_model.output_blocks.11.1.transformer_blocks.0.norm1.bias",
                        biases));
    }

    private Path file(String name, int words, Map<String, Tensor> more) throws IOException {
        Path tokenizer = temporary.resolve("tokenizer");
        if (!Files.exists(tokenizer)) {
            Fixtures.copy("sd2-tiny/diffusers/tokenizer", tokenizer);
        }
        String unet = "model.diffusion_model.";
        var tensors = new HashMap<>(more);
        tensors.put(unet + "input_blocks.0.0.weight", Tensor.zeros(Shape.of(320, 4)));
        tensors.put(unet + "middle_block.0.in_layers.0.weight", Tensor.zeros(Shape.of(1280)));
        tensors.put(unet + "middle_block.1.transformer_blocks.0.attn2.to_k.weight", Tensor.zeros(Shape.of(1, words)));
        return SafetensorsFiles.write(temporary.resolve(name + ".safetensors"), ElementType.F32, tensors);
    }

    @Test
    void aFileWithTheWidthsOfSdxlIsOneAndWithTheMarkOfVelocityPredictsIt() throws IOException, ModelException {
        String first = "conditioner.embedders.0.transformer.text_model.embeddings.token_embedding.weight";
        String second = "conditioner.embedders.1.model.token_embedding.weight";
        Tensor one = Tensor.zeros(Shape.of(1));
        var plain = (StableDiffusion) ModelLayout.read(file("xl", 2048, Map.of(first, one, second, one)));
        assertEquals(new ImageSize(1024, 1024), plain.imageSize());
        assertEquals(0.13025, plain.latents().scaling());
        assertEquals(PredictionType.EPSILON, plain.scheduler().prediction());
        assertEquals(
                List.of("hidden_states.11", "hidden_states.31"),
                plain.listeners().stream().map(StableDiffusion.Listener::tokens).toList());
        Path marked = file("xl-v", 2048, Map.of(first, one, second, one, "v_pred", one));
        assertEquals(
                PredictionType.V_PREDICTION,
                ModelLayout.read(marked).scheduler().prediction());
        Path unlit = file("xl-0", 2048, Map.of(first, one, second, one, "v_pred", one, "ztsnr", one));
        refuses(unlit, "expected a model trained with some signal at every step, found the mark ztsnr");
        for (String mark : List.of("edm_vpred.sigma_max", "edm_mean", "edm_std")) {
            Path other = file("xl-edm", 2048, Map.of(first, one, second, one, mark, one));
            refuses(other, "Stable Diffusion's schedule of noise, found the mark " + mark + " of training");
        }
        String refiners = "conditioner.embedders.0.model.token_embedding.weight";
        refuses(
                file("refiner", 1280, Map.of(refiners, one, "model.diffusion_model.label_emb.0.0.weight", one)),
                "only the second, as its refiner has, which cannot be used alone");
        refuses(
                file("other-turbo", 1280, Map.of(refiners, one)),
                "the widths of Stable Diffusion 2.1 Turbo (320, 1280 and 1024)");
        refuses(
                file("no-words", 1280, Map.of()),
                "the text encoders of Stable Diffusion 1, Stable Diffusion 2 or SDXL");
    }

    @Test
    void partsThatDoNotFitOneAnotherAreRefusedInASentence() throws IOException {
        Path folder = Fixtures.copy("sdxl-tiny", Files.createDirectory(temporary.resolve("sdxl")))
                .resolve("diffusers");
        Path unet = folder.resolve("unet/config.json");
        Fixtures.edit(unet, "\"cross_attention_dim\": 40", "\"cross_attention_dim\": 41");
        refuses(folder, "\"cross_attention_dim\" to be that of the text encoders, 40, found 41");
        Fixtures.edit(unet, "\"cross_attention_dim\": 41", "\"cross_attention_dim\": 40");
        Fixtures.edit(unet, "\"text_time\"", "\"image\"");
        refuses(folder, "\"addition_embed_type\" to be \"text_time\", found \"image\"");
        Fixtures.edit(unet, "\"image\"", "null");
        refuses(folder, "expected two text encoders where \"addition_embed_type\" is \"text_time\"");
        Files.move(folder.resolve("text_encoder"), folder.resolve("elsewhere"));
        refuses(folder, "only the second, as its refiner has, which cannot be used alone");
        assertEquals(0, ledger.open());
    }

    private String idOf(Path model) throws ModelException {
        return new GraphCache(temporary.resolve("cache"))
                .fingerprint(ModelLayout.read(model))
                .model();
    }

    @Test
    void theIdFollowsWhatIsSaidBesideASingleFile() throws IOException, ModelException {
        Tensor one = Tensor.zeros(Shape.of(1));
        Path file = file(
                "xl",
                2048,
                Map.of(
                        "conditioner.embedders.0.transformer.text_model.embeddings.token_embedding.weight",
                        one,
                        "conditioner.embedders.1.model.token_embedding.weight",
                        one));
        String id = idOf(file);
        Path yaml = temporary.resolve("xl.yaml");
        Files.writeString(yaml, "model:\n  params:\n    parameterization: \"eps\"\n");
        assertEquals(id, idOf(file));
        Files.writeString(yaml, "model:\n  params:\n    parameterization: \"v\"\n");
        assertNotEquals(id, idOf(file));
    }

    @Test
    void theIdFollowsThePaddingAndTheSilenceOfAFolder() throws IOException, ModelException {
        Path folder = Fixtures.copy("sdxl-tiny", Files.createDirectory(temporary.resolve("sdxl")))
                .resolve("diffusers");
        String id = idOf(folder);
        Fixtures.edit(folder.resolve("tokenizer_2/special_tokens_map.json"), "\"!\"", "\"<|endoftext|>\"");
        String padded = idOf(folder);
        assertNotEquals(id, padded);
        Fixtures.edit(
                folder.resolve("model_index.json"),
                "\"force_zeros_for_empty_prompt\": true",
                "\"force_zeros_for_empty_prompt\": false");
        assertNotEquals(padded, idOf(folder));
    }

    @Test
    void theIdFollowsTheWordsThatAModelHasLearnt() throws IOException, ModelException {
        Path folder = Fixtures.copy("sdxl-tiny", Files.createDirectory(temporary.resolve("sdxl")))
                .resolve("diffusers");
        String id = idOf(folder);
        Files.writeString(folder.resolve("tokenizer_2/added_tokens.json"), "{\"!\": 0}");
        assertEquals(id, idOf(folder));
        Files.writeString(folder.resolve("tokenizer_2/added_tokens.json"), "{\"<cat-toy>\": 514}");
        assertEquals(id, idOf(folder));
        Fixtures.edit(folder.resolve("text_encoder_2/config.json"), "\"vocab_size\": 514", "\"vocab_size\": 515");
        String learnt = idOf(folder);
        Files.writeString(folder.resolve("tokenizer_2/added_tokens.json"), "{\"<rabbit-toy>\": 514}");
        assertNotEquals(learnt, idOf(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"diffusers", "onnx"})
    void aSecondTextEncoderWithoutATokenizerHasNoneOfTheWordsOfTheFirst(String form)
            throws IOException, ModelException {
        Path folder = Fixtures.copy("sdxl-tiny", Files.createDirectory(temporary.resolve("sdxl")))
                .resolve(form);
        Path second = folder.resolve("tokenizer_2");
        assertEquals(new Tokenizer(second, "!", 514), secondTokenizer(folder));
        Files.move(second, temporary.resolve("elsewhere"));
        assertEquals(new Tokenizer(folder.resolve("tokenizer"), "!", 0), secondTokenizer(folder));
    }

    private static Tokenizer secondTokenizer(Path folder) throws ModelException {
        return ((StableDiffusion) ModelLayout.read(folder))
                .listeners()
                .getLast()
                .tokenizer();
    }

    /** As its makers publish it: the tables of another model beside it fit, its padding does not. */
    @Test
    void aFolderOfStableDiffusion2ThatBorrowsItsTokenizerKeepsItsOwnPadding() throws IOException, ModelException {
        Path folder = Fixtures.copy("sd2-tiny/diffusers", Files.createDirectory(temporary.resolve("model")));
        Path tokenizer = Files.move(folder.resolve("tokenizer"), temporary.resolve("tokenizer"));
        Files.delete(tokenizer.resolve("special_tokens_map.json"));
        var layout = (StableDiffusion) ModelLayout.read(folder);
        assertEquals(tokenizer, layout.listeners().getFirst().tokenizer().folder());
        assertEquals("!", layout.listeners().getFirst().tokenizer().padding());
    }

    private void refuses(Path model, String sentence) {
        String message = Refusals.sentence(ModelException.class, () -> engine().open(model));
        assertTrue(message.contains(sentence), message);
    }
}
