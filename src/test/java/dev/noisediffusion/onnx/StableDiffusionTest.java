package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Phrase;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.model.Safetensors;
import dev.noisediffusion.model.SplitEncoder;
import dev.noisediffusion.model.StableDiffusion.Part;
import dev.noisediffusion.model.StableDiffusion.Tokenizer;
import dev.noisediffusion.model.StableDiffusionOnnx;
import dev.noisediffusion.model.TestGraphs;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.LatentMethod.Ingredients;
import dev.noisediffusion.morph.Mix;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.Slerp;
import dev.noisediffusion.morph.Weights;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StableDiffusionTest {
    private static final Path EXPORT = Fixtures.folder("sd-tiny-onnx");

    @TempDir
    private static Path shared;

    private static Path lean;

    @TempDir
    Path temporary;

    private final NativeLedger ledger = new NativeLedger();

    @BeforeAll
    static void makeExport() throws IOException, ModelException {
        lean = Fixtures.leanExport(shared.resolve("export"));
    }

    private OrtEngine engine() {
        return new OrtEngine(new GraphCache(temporary.resolve("cache")), ledger, ExecutionProvider.CPU);
    }

    @Test
    void theOnnxExportAgreesWithTheOriginalDownToFinishedFrames() throws ModelException {
        ModelReport report = ModelCheck.run(EXPORT, Optional.empty(), engine());
        Agreement.require(report);
        assertEquals(List.of(), report.notCompared());
        assertEquals(16, report.comparisons().size());
        assertEquals(0, ledger.open());
    }

    /** The starts of decoding, which the check takes as given, come out of the method itself. */
    @Test
    void theMixturesAreThoseOfTheOriginal() throws ModelException {
        try (Safetensors expected = Safetensors.open(EXPORT.resolve("expected.safetensors"))) {
            var ingredients = new Ingredients(
                    List.of(expected.tensor("latent_a"), expected.tensor("latent_b")),
                    List.of(expected.tensor("encoded_a"), expected.tensor("encoded_b")),
                    expected.tensor("noise"),
                    0.15981632471084595);
            var method = new NoiseDiffusion(0.1, 2, BoundaryPlacement.BOTH, Injection.PAPER);
            Tensor mixture = method.combine(Mix.coupled(Weights.ofPair(0.5)), ingredients);
            assertTrue(Kernels.maxAbsDifference(expected.tensor("noise_diffusion_start"), mixture) < 1e-6);
            Tensor slerp = new Slerp().combine(Mix.coupled(Weights.ofPair(0.5)), ingredients);
            assertTrue(Kernels.maxAbsDifference(expected.tensor("slerp_start"), slerp) < 1e-5);
        }
    }

    @Test
    void guidanceIsOneCallForBothPredictionsAndMovesAwayFromTheNegativeOne() throws ModelException {
        try (DiffusionModel model = engine().open(lean)) {
            Tensor noisy = Kernels.gaussian(model.latentShape().withBatch(2), 3);
            Tensor positive = predict(model, new Guidance("a rose", "ignored", 1), noisy);
            Tensor negative = predict(model, new Guidance("blur", "", 1), noisy);
            long before = ledger.total();
            Tensor guided = predict(model, new Guidance("a rose", "blur", 4), noisy);
            assertEquals(4, ledger.total() - before, "Three inputs and one result: one call");
            Tensor combined = Kernels.linear(4, positive, -3, negative);
            assertTrue(Kernels.maxAbsDifference(combined, guided) < 1e-4);
            assertNotEquals(positive, negative);
        }
        assertEquals(0, ledger.open());
    }

    @Test
    void aGraphOfOnePictureACallIsAskedTwiceUnderGuidance() throws ModelException, OrtException {
        var layout = (StableDiffusionOnnx) ModelLayout.read(EXPORT);
        OrtEngine engine = engine();
        var guidance = new Guidance("a rose", "blur", 4);
        try (StableDiffusionOpener.Parts parts = engine.opener().openParts(layout, engine.fingerprint(layout));
                OrtGraph one = graphOfOne(layout.graph(Part.UNET))) {
            assertTrue(parts.network().takesBatches() && !one.takesBatches());
            Shape latent = parts.codec()
                    .latentShape(layout.imageSize().width(), layout.imageSize().height());
            var network = new GuidedNetwork(one, parts.network().text(), latent, layout.imageSize());
            assertFalse(network.takesBatches());
            Tensor noisy = Kernels.gaussian(latent.withBatch(2), 3);
            Tensor expected = parts.network().denoiser(guidance).predict(noisy, 301);
            long before = ledger.total();
            Tensor predicted = network.denoiser(guidance).predict(noisy, 301);
            assertEquals(4 * 4, ledger.total() - before, "Two pictures, two predictions: four calls");
            assertTrue(Kernels.maxAbsDifference(expected, predicted) < 1e-4);
        }
        assertEquals(0, ledger.open());
    }

    /** A graph whose batch is 1, as some tools trace it. */
    private OrtGraph graphOfOne(Path graph) throws ModelException, OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        GuardedSession session = GuardedSession.open(
                SessionPool.ofMachine(), ledger, new GuardedSession.Claim(ExecutionProvider.CPU, 0), () -> {
                    try (var options = new OrtSession.SessionOptions()) {
                        options.setSymbolicDimensionValue("batch_size", 1);
                        return ledger.own(environment.createSession(graph.toString(), options));
                    }
                });
        var opened = new OrtSessions.Opened(session, graph, ExecutionProvider.CPU, Optional.empty());
        return OrtGraph.of(opened, environment, ledger);
    }

    @Test
    void betweenTwoPromptsTheNetworkListensToTheirSlerp() throws ModelException {
        try (DiffusionModel model = engine().open(lean)) {
            Tensor noisy = Kernels.gaussian(model.latentShape(), 3);
            Tensor rose = predict(model, new Guidance("a rose", "", 1), noisy);
            Tensor bird = predict(model, new Guidance("a bird", "", 1), noisy);
            assertEquals(rose, predict(model, new Guidance(new Phrase("a rose", "a bird", 0), "", 1), noisy));
            assertEquals(bird, predict(model, new Guidance(new Phrase("a rose", "a bird", 1), "", 1), noisy));
            Tensor between = predict(model, new Guidance(new Phrase("a rose", "a bird", 0.5), "", 1), noisy);
            double whole = Kernels.maxAbsDifference(rose, bird);
            assertTrue(whole > 0 && Kernels.maxAbsDifference(rose, between) < whole);
            assertTrue(Kernels.maxAbsDifference(bird, between) < whole);
        }
        assertEquals(0, ledger.open());
    }

    private static Tensor predict(DiffusionModel model, Guidance guidance, Tensor noisy) {
        return model.denoiser(guidance).predict(noisy, 301);
    }

    @Test
    void aClosedModelComputesNoMore() throws ModelException {
        DiffusionModel model = engine().open(lean);
        Denoiser denoiser = model.denoiser();
        assertThrows(IllegalArgumentException.class, () -> denoiser.predict(Tensor.zeros(Shape.of(1, 3, 16, 16)), 1));
        model.close();
        model.close();
        assertThrows(IllegalStateException.class, () -> denoiser.predict(Tensor.zeros(model.latentShape()), 1));
        assertEquals(0, ledger.open());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theOlderLayoutOpensAndItsEncoderGivesTheMean(boolean oneSize) throws IOException, ModelException {
        Path folder = olderLayout();
        TestGraphs.writeSamplingEncoder(
                folder.resolve("vae_encoder"), oneSize ? new long[] {1, 4, 64, 64} : new long[0]);
        givesTheMean(folder);
    }

    @Test
    void anEncoderThatDrawsASampleOpensWithItsWeightsInAFileBesideIt() throws IOException, ModelException {
        Path folder = olderLayout();
        SplitEncoder.write(folder.resolve("vae_encoder"));
        givesTheMean(folder);
    }

    /** Its graphs may take any number of channels, so that the network would fail as it runs. */
    @Test
    void anExportForInpaintingWithoutConfigurationsIsRefusedWhenItIsRead() throws IOException, ModelException {
        Path folder = olderLayout();
        SplitEncoder.write(folder.resolve("vae_encoder"));
        Path index = folder.resolve("model_index.json");
        for (String pipeline : List.of(
                "OnnxStableDiffusionInpaintPipeline",
                "StableDiffusionInstructPix2PixPipeline",
                "OnnxStableDiffusionUpscalePipeline")) {
            Files.writeString(index, "{\"_class_name\": \"" + pipeline + "\"}");
            var failure = assertThrows(ModelException.class, () -> ModelLayout.read(folder));
            assertEquals(ModelRefusal.MORE_THAN_A_PICTURE.with(index), failure.trouble());
        }
        Files.writeString(index, "{\"_class_name\": \"OnnxStableDiffusionInpaintPipelineLegacy\"}");
        assertInstanceOf(StableDiffusionOnnx.class, ModelLayout.read(folder));
    }

    /** All but its encoder. */
    private Path olderLayout() throws IOException, ModelException {
        Path folder = Fixtures.leanExport(temporary.resolve("model"));
        for (String part : List.of("unet", "vae_encoder", "vae_decoder", "text_encoder")) {
            Files.delete(folder.resolve(part).resolve("config.json"));
        }
        Files.delete(folder.resolve("vae_encoder/model.onnx"));
        return folder;
    }

    private void givesTheMean(Path folder) throws ModelException {
        try (DiffusionModel model = engine().open(folder)) {
            assertEquals(512, model.width());
            Tensor latents = model.codec().encode(Tensor.zeros(Shape.of(1, 3, 512, 512)));
            assertEquals(Shape.of(1, 4, 64, 64), latents.shape());
            for (int i = 0; i < latents.size(); i++) {
                assertEquals(0.5 * 0.18215, latents.get(i), 1e-6);
            }
        }
    }

    @Test
    void anotherEditionOfAGraphIsMadeOnceForEachOpening() throws IOException, ModelException {
        Path graph = TestGraphs.writeSamplingEncoder(temporary.resolve("encoder"));
        byte[] bytes = Files.readAllBytes(graph);
        var sessions = new OrtSessions(OrtEnvironment.getEnvironment(), ledger, SessionPool.ofMachine());
        var made = new AtomicInteger();
        for (Optional<byte[]> edition : List.of(Optional.of(bytes), Optional.<byte[]>empty())) {
            OrtSessions.Edition counted = () -> {
                made.incrementAndGet();
                return edition;
            };
            OrtSessions.Opened opened = sessions.open(graph, counted, ExecutionProvider.CPU);
            OrtGraph.of(opened, OrtEnvironment.getEnvironment(), ledger).close();
        }
        assertEquals(2, made.get());
        assertEquals(0, ledger.open());
    }

    @Test
    void whatIsNotAnExportIsRefusedInASentenceAndNothingStaysOpen() throws IOException, ModelException {
        Path folder = Fixtures.leanExport(temporary.resolve("model"));
        Files.copy(
                folder.resolve("vae_encoder/model.onnx"),
                folder.resolve("vae_decoder/model.onnx"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        refuses(folder, "vae_decoder/model.onnx: expected the inputs [latent_sample], found [sample]");
        Files.writeString(folder.resolve("vae_decoder/model.onnx"), "no graph");
        refuses(folder, "could not be opened by ONNX Runtime");
        Fixtures.edit(folder.resolve("unet/config.json"), "\"in_channels\": 4", "\"in_channels\": 9");
        refuses(folder, "unet/config.json: expected a network that takes the 4 channels");
        Files.delete(folder.resolve("tokenizer/merges.txt"));
        refuses(folder, "expected a folder \"tokenizer\" with vocab.json and merges.txt, or with tokenizer.json");
        Files.writeString(folder.resolve("vae_decoder/model.onnx"), "version https://git-lfs.github.com/spec/v1\n");
        refuses(folder, "vae_decoder/model.onnx is only git's note of a file that was not fetched");
        Files.delete(folder.resolve("vae_decoder/model.onnx"));
        refuses(folder, "expected this part of a Stable Diffusion export");
        Files.createDirectory(folder.resolve("text_encoder_2"));
        refuses(folder, "text_encoder_2/model.onnx: expected this part of a Stable Diffusion export");
        assertEquals(0, ledger.open());
    }

    @Test
    void aTextEncoderThatDoesNotRunIsRefusedInASentenceAndNothingStaysOpen() throws IOException, ModelException {
        Path folder = Fixtures.leanExport(temporary.resolve("model"));
        TestGraphs.writeWhole(folder.resolve("text_encoder"), "input_ids", "last_hidden_state", List.of("N", "T"));
        refuses(folder, folder + " could not be opened by ONNX Runtime: Expected floating-point numbers");
        assertEquals(0, ledger.open());
    }

    /** An export without the older files of a tokenizer, and one without any. */
    @Test
    void anExportKeepsItsOwnPaddingAlsoWithTablesThatItBorrows() throws IOException, ModelException {
        Path folder = Fixtures.copy("sd-tiny-onnx", Files.createDirectory(temporary.resolve("model")));
        Files.delete(folder.resolve("tokenizer/special_tokens_map.json"));
        Fixtures.edit(
                folder.resolve("tokenizer/tokenizer_config.json"),
                "\"pad_token\": \"<|endoftext|>\"",
                "\"pad_token\": \"!\"");
        assertEquals(new Tokenizer(folder.resolve("tokenizer"), "!", 49408), tokenizer(folder));
        Path tables = Files.move(folder.resolve("tokenizer"), temporary.resolve("tokenizer"));
        assertEquals(new Tokenizer(tables, "<|endoftext|>", 0), tokenizer(folder));
        Fixtures.edit(folder.resolve("text_encoder/config.json"), "\"quick_gelu\"", "\"gelu\"");
        assertEquals(new Tokenizer(tables, "!", 0), tokenizer(folder));
        List<Path> files = ((StableDiffusionOnnx) ModelLayout.read(folder)).files();
        assertTrue(files.contains(tables.resolve("vocab.json")), files::toString);
    }

    @Test
    void theIdOfAnExportFollowsAllOfItsOwnTokenizerAndOnlyTheTablesOfAnothers() throws IOException, ModelException {
        Path folder = Fixtures.copy("sd-tiny-onnx", Files.createDirectory(temporary.resolve("model")));
        String own = idOf(folder);
        Files.writeString(folder.resolve("tokenizer/notes.txt"), "mine");
        assertNotEquals(own, idOf(folder));
        Path tables = Files.move(folder.resolve("tokenizer"), temporary.resolve("tokenizer"));
        String borrowed = idOf(folder);
        Files.writeString(tables.resolve("notes.txt"), "another's");
        Files.writeString(tables.resolve("added_tokens.json"), "{\"<cat-toy>\": 49408}");
        assertEquals(borrowed, idOf(folder));
        Files.writeString(tables.resolve("merges.txt"), "\n", StandardOpenOption.APPEND);
        assertNotEquals(borrowed, idOf(folder));
    }

    /** File managers leave them wherever they have been. */
    @Test
    void theIdOfAnExportStaysWhereHiddenFilesComeIntoItsFolders() throws IOException, ModelException {
        Path folder = Fixtures.copy("sd-tiny-onnx", Files.createDirectory(temporary.resolve("model")));
        String before = idOf(folder);
        Files.writeString(folder.resolve("unet/.DS_Store"), "icons");
        Files.writeString(folder.resolve("tokenizer/._vocab.json"), "attributes");
        assertEquals(before, idOf(folder));
    }

    private String idOf(Path folder) throws ModelException {
        return engine().fingerprint(ModelLayout.read(folder)).model();
    }

    private static Tokenizer tokenizer(Path folder) throws ModelException {
        return ((StableDiffusionOnnx) ModelLayout.read(folder))
                .listeners()
                .getFirst()
                .tokenizer();
    }

    private void refuses(Path folder, String sentence) {
        String message = Refusals.sentence(ModelException.class, () -> engine().open(folder));
        assertTrue(message.contains(sentence), message);
    }
}
