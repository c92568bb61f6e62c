package dev.noisediffusion.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.BetaSchedule;
import dev.noisediffusion.diffusion.PredictionType;
import dev.noisediffusion.diffusion.TimestepSpacing;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelLayoutTest {
    private static final String CONFIG = "unet/config.json";
    private static final String WEIGHTS = "unet/diffusion_pytorch_model.safetensors";
    private static final String SCHEDULER = "scheduler/scheduler_config.json";
    private static final String NOTE = "version https://git-lfs.github.com/spec/v1\n";

    @TempDir
    Path folder;

    /** Spoils a model folder. */
    @FunctionalInterface
    interface Damage {
        void to(Path folder) throws IOException;
    }

    @Test
    void theStarterModelIsRecognisedWithItsManifest() throws ModelException {
        UNet2DFolder starter = assertInstanceOf(UNet2DFolder.class, ModelLayout.read(Fixtures.STARTER));
        assertEquals("Flowers 128", starter.manifest().name());
        assertEquals(new CodecSpec.PixelUnshuffle(4), starter.manifest().codec());
        assertEquals(new StudioManifest.ImageSize(128, 128), starter.imageSize());
        assertEquals(PredictionType.V_PREDICTION, starter.scheduler().prediction());
        starter.requireFittingCodec();
    }

    @Test
    void aFlatFolderAsOldCheckpointsHaveItIsRecognised() throws IOException, ModelException {
        Path source = Fixtures.folder("unet2d-ddpm-legacy");
        for (String file : new String[] {CONFIG, WEIGHTS, SCHEDULER, "model_index.json"}) {
            Path from = source.resolve(file);
            Files.copy(from, folder.resolve(String.valueOf(from.getFileName())));
        }
        UNet2DFolder flat = assertInstanceOf(UNet2DFolder.class, ModelLayout.read(folder));
        assertEquals(folder.getFileName(), Path.of(flat.manifest().name()));
        assertEquals(new StudioManifest.ImageSize(32, 32), flat.imageSize());
        assertEquals(OptionalInt.empty(), flat.config().headChannels());
    }

    @Test
    void suggestedSettingsAreReadAndEachIsOptional() throws IOException, ModelException {
        Files.writeString(
                folder.resolve("studio.json"),
                "{\"name\":\"Cats\",\"licence\":\"CC0\",\"suggested\":{\"gamma\":0.2,\"steps\":60}}");
        StudioManifest manifest = StudioManifest.of(folder);
        assertEquals(OptionalDouble.of(0.2), manifest.suggested().gamma());
        assertEquals(OptionalInt.of(60), manifest.suggested().steps());
        assertEquals(OptionalDouble.empty(), manifest.suggested().boundary());
        assertEquals("CC0", manifest.licence());
    }

    @ParameterizedTest
    @CsvSource({
        "DDIMScheduler, 0.0001, 0.02, LINEAR, LEADING, 1",
        "DDIMParallelScheduler, 0.0001, 0.02, LINEAR, LEADING, 1",
        "DDPMParallelScheduler, 0.0001, 0.02, LINEAR, LEADING, 1",
        "LCMScheduler, 0.00085, 0.012, SCALED_LINEAR, LEADING, Infinity",
        "TCDScheduler, 0.00085, 0.012, SCALED_LINEAR, LEADING, Infinity",
        "DPMSolverSDEScheduler, 0.00085, 0.012, LINEAR, LINSPACE, Infinity",
        "HeunDiscreteScheduler, 0.00085, 0.012, LINEAR, LINSPACE, Infinity",
        "LMSDiscreteScheduler, 0.0001, 0.02, LINEAR, LINSPACE, Infinity"
    })
    void whatASchedulerLeavesOutIsAsItsClassHasIt(
            String className, double first, double last, BetaSchedule betas, TimestepSpacing spacing, double clip)
            throws IOException, ModelException {
        Path file =
                Files.writeString(folder.resolve("scheduler_config.json"), "{\"_class_name\":\"" + className + "\"}");
        SchedulerConfig config = SchedulerConfig.read(file);
        assertEquals(first, config.betaStart());
        assertEquals(last, config.betaEnd());
        assertEquals(betas, config.betaSchedule());
        assertEquals(spacing, config.spacing());
        assertEquals(clip, config.cleanClip());
        assertTrue(config.alphaToOne());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DDPMScheduler", "DDIMScheduler"})
    void schedulersThatClipByDefaultClip(String className) throws IOException, ModelException {
        Path file = folder.resolve("scheduler_config.json");
        Files.writeString(file, "{\"_class_name\":\"" + className + "\"}");
        assertEquals(1, SchedulerConfig.read(file).cleanClip());
        Files.writeString(file, "{\"_class_name\":\"" + className + "\",\"clip_sample_range\":3}");
        assertEquals(3, SchedulerConfig.read(file).cleanClip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"clip_sample\": true"})
    void latentsOfModelsThatReadPromptsAreNeverClipped(String said) throws IOException, ModelException {
        Path file = folder.resolve("scheduler_config.json");
        Files.writeString(file, "{\"_class_name\": \"DDIMScheduler\"" + said + "}");
        assertEquals(
                Double.POSITIVE_INFINITY, SchedulerConfig.readNumbered(file).cleanClip());
        assertEquals(1, SchedulerConfig.read(file).cleanClip());
    }

    @Test
    void anOldFileThatDoesNotPredictEpsilonPredictsTheSample() throws IOException, ModelException {
        Path file = folder.resolve("scheduler_config.json");
        String old = "{\"_class_name\": \"DDPMScheduler\", \"predict_epsilon\": ";
        Files.writeString(file, old + "false}");
        assertEquals(PredictionType.SAMPLE, SchedulerConfig.read(file).prediction());
        Files.writeString(file, old + "true}");
        assertEquals(PredictionType.EPSILON, SchedulerConfig.read(file).prediction());
        Files.writeString(file, old + "false, \"prediction_type\": \"v_prediction\"}");
        assertEquals(PredictionType.V_PREDICTION, SchedulerConfig.read(file).prediction());
    }

    @Test
    void otherSchedulersOfTheKindAreTakenForTheirSchedule() throws IOException, ModelException {
        Path file = folder.resolve("scheduler_config.json");
        Files.writeString(file, "{\"_class_name\":\"PNDMScheduler\",\"trained_betas\":[0.1,0.2]}");
        SchedulerConfig pndm = SchedulerConfig.read(file);
        assertEquals(Double.POSITIVE_INFINITY, pndm.cleanClip());
        assertEquals(2, pndm.trainTimesteps());
        assertFalse(pndm.alphaToOne());
        Files.writeString(file, "{\"_class_name\":\"EulerDiscreteScheduler\"}");
        assertEquals(TimestepSpacing.LINSPACE, SchedulerConfig.read(file).spacing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPMSolverMultistepScheduler", "DPMSolverSinglestepScheduler"})
    void infinityAsPythonWritesItIsReadWhereNobodyNeedsIt(String className) throws IOException, ModelException {
        Path file = folder.resolve("scheduler_config.json");
        Files.writeString(file, "{\"_class_name\":\"" + className + "\",\"lambda_min_clipped\":-Infinity}");
        assertEquals(1000, SchedulerConfig.read(file).trainTimesteps());
        Files.writeString(file, "{\"_class_name\":\"" + className + "\",\"beta_end\":-Infinity}");
        String message = Refusals.sentence(ModelException.class, () -> SchedulerConfig.read(file));
        assertTrue(message.contains("\"beta_end\" to be a number, found "), message);
    }

    static Stream<Arguments> badFolders() {
        return Stream.of(
                bad("no configuration", f -> Files.delete(f.resolve(CONFIG)), "", "unet/config.json", "neither"),
                bad("no weights", f -> Files.delete(f.resolve(WEIGHTS)), "unet", "safetensors", "no such file"),
                bad(
                        "pickle only",
                        f -> Files.move(f.resolve(WEIGHTS), f.resolve("unet/diffusion_pytorch_model.bin")),
                        "unet",
                        "diffusion_pytorch_model.safetensors",
                        "only diffusion_pytorch_model.bin"),
                bad(
                        "weights in pieces",
                        f -> Files.move(f.resolve(WEIGHTS), f.resolve(WEIGHTS + ".index.json")),
                        "unet",
                        "diffusion_pytorch_model.safetensors",
                        "in pieces (diffusion_pytorch_model.safetensors.index.json)"),
                bad("no scheduler", f -> Files.delete(f.resolve(SCHEDULER)), "", "scheduler_config.json", "neither"),
                bad("empty config", f -> Files.writeString(f.resolve(CONFIG), ""), CONFIG, "JSON object", ""),
                bad("config not JSON", f -> Files.writeString(f.resolve(CONFIG), "PK\3"), CONFIG, "JSON", "none"),
                bad("config a list", f -> Files.writeString(f.resolve(CONFIG), "[]"), CONFIG, "a JSON object", "[]"),
                edited("another network", CONFIG, "\"UNet2DModel\"", "\"VQModel\"", "UNet2DModel", "VQModel"),
                edited(
                        "another pipeline",
                        "model_index.json",
                        "\"UNet2DModel\"",
                        "\"UNet2DConditionModel\"",
                        "a UNet2DModel",
                        "UNet2DConditionModel"),
                edited(
                        "unknown block",
                        CONFIG,
                        "\"AttnDownBlock2D\"",
                        "\"SkipDownBlock2D\"",
                        "\"down_block_types\" to be made of DownBlock2D",
                        "SkipDownBlock2D"),
                edited("activation", CONFIG, "\"silu\"", "\"mish\"", "\"act_fn\" to be \"silu\"", "\"mish\""),
                edited(
                        "time embedding",
                        CONFIG,
                        "\"positional\"",
                        "\"fourier\"",
                        "\"time_embedding_type\"",
                        "\"fourier\""),
                edited(
                        "classes",
                        CONFIG,
                        "\"num_class_embeds\": null",
                        "\"num_class_embeds\": 10",
                        "\"num_class_embeds\" to be null",
                        "10"),
                edited("groups", CONFIG, "\"norm_num_groups\": 8", "\"norm_num_groups\": 7", "a divisor", "7"),
                edited("heads", CONFIG, "\"attention_head_dim\": 8", "\"attention_head_dim\": 99", "from 1 to", "99"),
                edited(
                        "a text for a number",
                        CONFIG,
                        "\"layers_per_block\": 1",
                        "\"layers_per_block\": \"1\"",
                        "a whole",
                        "\"1\""),
                edited("zero layers", CONFIG, "\"layers_per_block\": 1", "\"layers_per_block\": 0", "at least 1", "0"),
                edited("huge", CONFIG, "\"in_channels\": 3", "\"in_channels\": 999999999", "at most", "999999999"),
                edited(
                        "continuous scheduler",
                        SCHEDULER,
                        "DDIMScheduler",
                        "ScoreSdeVeScheduler",
                        "a discrete variance-preserving scheduler",
                        "ScoreSdeVeScheduler"),
                edited("betas", SCHEDULER, "\"linear\"", "\"sigmoid\"", "one of linear", "\"sigmoid\""),
                edited("prediction", SCHEDULER, "\"epsilon\"", "\"flow\"", "one of epsilon", "\"flow\""),
                edited("spacing", SCHEDULER, "\"leading\"", "\"karras\"", "one of leading", "\"karras\""),
                edited("beta range", SCHEDULER, "0.02", "2.0", "above 0 and below 1", "2.0"),
                edited(
                        "a number beyond all",
                        SCHEDULER,
                        "0.02",
                        "9".repeat(400),
                        "\"beta_end\" to be a number",
                        "999..."),
                edited("no timesteps", SCHEDULER, "1000", "0", "at least 1", "0"),
                edited("endless timesteps", SCHEDULER, "1000", "2000000000", "at most 100000", "2000000000"),
                edited(
                        "thresholding",
                        SCHEDULER,
                        "\"clip_sample\"",
                        "\"thresholding\": true, \"clip_sample\"",
                        "false",
                        "true"),
                edited(
                        "zero terminal SNR",
                        SCHEDULER,
                        "\"clip_sample\"",
                        "\"rescale_betas_zero_snr\": true, \"clip_sample\"",
                        "\"rescale_betas_zero_snr\" to be false",
                        "true"),
                bad(
                        "unknown codec",
                        f -> Files.writeString(f.resolve("studio.json"), "{\"codec\":{\"type\":\"jpeg\"}}"),
                        "studio.json",
                        "\"codec.type\" to be identity or pixel-unshuffle",
                        "\"jpeg\""),
                bad(
                        "impossible suggestion",
                        f -> Files.writeString(f.resolve("studio.json"), "{\"suggested\":{\"gamma\":7}}"),
                        "studio.json",
                        "\"suggested.gamma\" to be in [0, 1]",
                        "7.0"));
    }

    private static Arguments bad(String what, Damage damage, String file, String expected, String found) {
        return Arguments.of(what, damage, file, expected, found);
    }

    private static Arguments edited(String what, String file, String from, String to, String expected, String found) {
        return bad(what, folder -> Fixtures.edit(folder.resolve(file), from, to), file, expected, found);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFolders")
    void aBadFolderIsRefusedInOneSentence(String what, Damage damage, String file, String expected, String found)
            throws IOException {
        Fixtures.copy("unet2d-modern", folder);
        damage.to(folder);
        String message = Refusals.sentence(ModelException.class, () -> ModelLayout.read(folder));
        assertTrue(message.startsWith(folder.resolve(file) + ": expected "), message);
        int foundAt = message.indexOf(", found ");
        assertTrue(message.substring(0, foundAt).contains(expected), message);
        assertTrue(message.substring(foundAt).contains(found), message);
    }

    @ParameterizedTest
    @CsvSource({"65536, 1, 65536", "'[16, 65536]', 1, 65536", "'[16385, 16]', 1, 16385", "536870912, 8, 536870912"})
    void latentsOfEndlessPicturesAreRefused(String sampleSize, int factor, int found)
            throws IOException, ModelException {
        Path config = Fixtures.copy("unet2d-modern", folder).resolve(CONFIG);
        Fixtures.edit(config, "\"sample_size\": 16", "\"sample_size\": " + sampleSize);
        Files.writeString(
                folder.resolve("studio.json"), "{\"codec\":{\"type\":\"pixel-unshuffle\",\"factor\":" + factor + "}}");
        var model = (UNet2DFolder) ModelLayout.read(folder);
        assertEquals(
                config + ": expected a \"sample_size\" of at most " + 16384 / factor + ", found " + found + ".",
                Refusals.sentence(ModelException.class, model::imageSize));
    }

    static Stream<Arguments> plainTroubles() {
        String checksum = "{\"sha256\":{\"" + CONFIG + "\":\"00\"}}";
        return Stream.of(
                plain(ModelRefusal.NOTHING_THERE, f -> Files.move(f, f.resolveSibling("elsewhere"))),
                plain(ModelRefusal.NO_MODEL, f -> Files.delete(f.resolve(CONFIG))),
                plain(ModelRefusal.MISSING_FILE, f -> Files.delete(f.resolve(WEIGHTS))),
                plain(ModelRefusal.MISSING_FILE, f -> Files.delete(f.resolve(SCHEDULER))),
                plain(
                        ModelRefusal.ONLY_PICKLE,
                        f -> Files.move(f.resolve(WEIGHTS), f.resolve("unet/diffusion_pytorch_model.bin"))),
                plain(ModelRefusal.IN_PIECES, f -> Files.move(f.resolve(WEIGHTS), f.resolve(WEIGHTS + ".index.json"))),
                plain(ModelRefusal.OTHER_KIND, f -> Fixtures.edit(f.resolve(CONFIG), "\"UNet2DModel\"", "\"VQModel\"")),
                plain(ModelRefusal.UNEXPECTED, f -> Fixtures.edit(f.resolve(CONFIG), "\"silu\"", "\"mish\"")),
                plain(ModelRefusal.WRONG_CHECKSUM, f -> Files.writeString(f.resolve("studio.json"), checksum)));
    }

    private static Arguments plain(ModelRefusal refusal, Damage damage) {
        return Arguments.of(refusal, damage);
    }

    @ParameterizedTest
    @MethodSource("plainTroubles")
    void whatOrdinaryUsersMeetIsToldInEveryLanguage(ModelRefusal refusal, Damage damage) throws IOException {
        Path model = Fixtures.copy("unet2d-modern", Files.createDirectory(folder.resolve("model")));
        damage.to(model);
        var cache = new GraphCache(folder.resolve("cache"));
        var failure = assertThrows(ModelException.class, () -> cache.fingerprint(ModelLayout.read(model)));
        var refused = assertInstanceOf(Trouble.Refused.class, failure.trouble());
        assertEquals(refusal, refused.refusal());
        assertTrue(refused.details().getFirst().startsWith(model.toString()), refused::toString);
    }

    @Test
    void aModelThatNeedsMoreThanAPictureIsRefused() throws IOException {
        Path model = Fixtures.copy("sd-tiny-diffusers", Files.createDirectory(folder.resolve("model")));
        Path config = model.resolve(CONFIG);
        Fixtures.edit(config, "\"in_channels\": 4", "\"in_channels\": 9");
        var failure = assertThrows(ModelException.class, () -> ModelLayout.read(model));
        assertEquals(ModelRefusal.MORE_THAN_A_PICTURE.with(config), failure.trouble());
        assertEquals(
                config
                        + ": expected a network that takes the 4 channels of the autoencoder's latents, found 9 channels;"
                        + " an inpainting or editing model needs more than a picture.",
                failure.getMessage());
        Fixtures.edit(config, "\"in_channels\": 9", "\"in_channels\": 4");
        Fixtures.edit(config, "\"out_channels\": 4", "\"out_channels\": 8");
        assertEquals(
                config
                        + ": expected a network that gives the 4 channels of the autoencoder's latents, found 8 channels.",
                Refusals.sentence(ModelException.class, () -> ModelLayout.read(model)));
    }

    /** Some small models leave it out, and say so with null. */
    @ParameterizedTest
    @CsvSource({"sd-tiny-diffusers, UNetMidBlock2DCrossAttn", "unet2d-modern, UNetMidBlock2D"})
    void aNetworkWithoutAMiddleIsRefusedByItsConfiguration(String fixture, String middle) throws IOException {
        Path config = Fixtures.copy(fixture, folder).resolve(CONFIG);
        Fixtures.edit(config, "\"mid_block_type\": \"" + middle + "\"", "\"mid_block_type\": null");
        assertEquals(
                config + ": expected \"mid_block_type\" to be \"" + middle + "\", found null.",
                Refusals.sentence(ModelException.class, () -> ModelLayout.read(folder)));
    }

    private Path giveStableDiffusion() throws IOException {
        Path model = Fixtures.copy("sd-tiny-diffusers", Files.createDirectory(folder.resolve("model")));
        Files.writeString(model.resolve("tokenizer/tokenizer.json"), "{}");
        return model;
    }

    /** Before 0.9.0 the library wrote 32 for models of 64. */
    @ParameterizedTest
    @CsvSource({"0.6.0, 32, 512", "0.8.0.dev0, 32, 512", "0.6.0, 96, 768", "0.9.0, 32, 256", "0.10.0, 32, 256"})
    void aSizeThatTheLibraryItselfOverrulesIsOverruled(String version, int said, int side)
            throws IOException, ModelException {
        Path model = giveStableDiffusion();
        Fixtures.edit(model.resolve(CONFIG), "0.40.0.dev0", version);
        Fixtures.edit(model.resolve(CONFIG), "\"sample_size\": 16", "\"sample_size\": " + said);
        assertEquals(new StudioManifest.ImageSize(side, side), ((StableDiffusion) ModelLayout.read(model)).imageSize());
    }

    /** As a clone has them of which one form was fetched with git-lfs. */
    @Test
    void weightsThatWereFetchedAreTakenWhereOthersAreOnlyNotes() throws IOException, ModelException {
        Path model = giveStableDiffusion();
        Path exported = Files.writeString(model.resolve("unet/model.onnx"), NOTE);
        Path narrow =
                Files.move(model.resolve(WEIGHTS), model.resolve("unet/diffusion_pytorch_model.fp16.safetensors"));
        Path wide = Files.writeString(model.resolve(WEIGHTS), NOTE);
        var layout = assertInstanceOf(StableDiffusionWeights.class, ModelLayout.read(model));
        assertTrue(layout.files().contains(narrow), layout.files()::toString);
        assertFalse(layout.files().contains(wide), layout.files()::toString);
        Files.writeString(narrow, NOTE);
        Files.delete(exported);
        assertTrue(((StableDiffusion) ModelLayout.read(model)).files().contains(wide));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text_encoder/model.onnx",
                "unet/model.onnx_data",
                "vae_encoder/model.onnx.data",
                "vae_decoder/weights.pb"
            })
    void anExportOfWhichAnyPartIsOnlyANoteGivesWayToWeightsThatWereFetched(String part)
            throws IOException, ModelException {
        Path model = giveStableDiffusion();
        for (StableDiffusion.Part each : StableDiffusion.Part.values()) {
            if (each != StableDiffusion.Part.TEXT_ENCODER_2) {
                Path home = Files.createDirectories(model.resolve(each.folder()));
                Files.writeString(home.resolve("model.onnx"), "a graph");
            }
        }
        assertInstanceOf(StableDiffusionOnnx.class, ModelLayout.read(model));
        Files.writeString(model.resolve(part), NOTE);
        assertInstanceOf(StableDiffusionWeights.class, ModelLayout.read(model));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unet/model.onnx_data", "text_encoder/model.onnx.data", "vae_decoder/weights.pb"})
    void aNoteOfTheWeightsBesideAGraphIsNamed(String weights) throws IOException {
        Path model = Fixtures.copy("sd-tiny-onnx", Files.createDirectory(folder.resolve("model")));
        Path note = Files.writeString(model.resolve(weights), NOTE);
        var failure = assertThrows(ModelException.class, () -> ModelLayout.read(model));
        assertEquals(ModelRefusal.NOT_FETCHED.with(note), failure.trouble());
    }

    /** Older studios clipped them; ordinary models keep their ids. */
    @ParameterizedTest
    @CsvSource({"false, true", "true, false", "null, false"})
    void aModelWhoseFileAskedForClippedLatentsHasAnotherIdThanItHad(String clips, boolean same)
            throws IOException, ModelException {
        Path model = giveStableDiffusion();
        Fixtures.edit(model.resolve(SCHEDULER), "\"clip_sample\": false", "\"clip_sample\": " + clips);
        var layout = (StableDiffusion) ModelLayout.read(model);
        ModelFingerprint found = new GraphCache(folder.resolve("cache")).fingerprint(layout);
        String former = ContentHash.ofTexts(
                found.graph(), layout.latents().describe(), layout.imageSize().toString());
        assertEquals(same, former.equals(found.model()));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"prediction_type\": \"epsilon\"', true",
        "'\"predict_epsilon\": true', true",
        "'\"predict_epsilon\": false', false",
        "'\"predict_epsilon\": false, \"prediction_type\": \"sample\"', true"
    })
    void aModelWhoseOldFileDoesNotPredictEpsilonHasAnotherIdThanItHad(String said, boolean same)
            throws IOException, ModelException {
        Path model = Fixtures.copy("unet2d-modern", Files.createDirectory(folder.resolve("model")));
        Fixtures.edit(model.resolve(SCHEDULER), "\"prediction_type\": \"epsilon\"", said);
        var layout = (UNet2DFolder) ModelLayout.read(model);
        ModelFingerprint found = new GraphCache(folder.resolve("cache")).fingerprint(layout);
        String former = ContentHash.ofTexts(
                found.graph(),
                found.hashOf(layout.schedulerFile()),
                layout.describeCodec(),
                layout.manifest().imageSize().toString());
        assertEquals(same, former.equals(found.model()));
    }

    /** As version 5 of the transformers library saves it. */
    @Test
    void aTokenizerInOneFileIsTheModelsOwn() throws IOException, ModelException {
        Path model = Fixtures.copy("sd-tiny-diffusers", Files.createDirectory(folder.resolve("model")));
        Path tables = Files.writeString(model.resolve("tokenizer/tokenizer.json"), "{}");
        Files.delete(model.resolve("tokenizer/special_tokens_map.json"));
        Fixtures.edit(
                model.resolve("tokenizer/tokenizer_config.json"),
                "\"pad_token\": \"<|endoftext|>\"",
                "\"pad_token\": \"!\"");
        var layout = assertInstanceOf(StableDiffusionWeights.class, ModelLayout.read(model));
        assertTrue(layout.files().contains(tables), layout.files()::toString);
        assertEquals(
                new StableDiffusion.Tokenizer(model.resolve("tokenizer"), "!", 49408),
                layout.tokenizers().getFirst());
    }

    @Test
    void tablesOfAnotherKindOfModelAreNotBorrowed() throws IOException, ModelException {
        Path model = folder.resolve("model");
        Path other = Files.createDirectories(folder.resolve("gemma/tokenizer"));
        Files.writeString(other.resolve("tokenizer.json"), "{}");
        Files.writeString(other.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"GemmaTokenizer\"}");
        String message = Refusals.sentence(ModelException.class, () -> Neighbours.tokenizer(model));
        assertTrue(message.startsWith(model + ": expected a folder \"tokenizer\""), message);
        Path clips = Files.createDirectories(folder.resolve("stable/tokenizer"));
        Files.writeString(clips.resolve("tokenizer.json"), "{}");
        Files.writeString(clips.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"CLIPTokenizer\"}");
        assertEquals(clips, Neighbours.tokenizer(model));
    }

    private Path tokenizerOf(String neighbour, String... files) throws IOException {
        Path tokenizer = Files.createDirectories(folder.resolve(neighbour).resolve("tokenizer"));
        for (String file : files) {
            Files.writeString(tokenizer.resolve(file), "{}");
        }
        return tokenizer;
    }

    /** The id of a model follows its tables: a new model beside it must not change it. */
    @Test
    void tablesInTwoFilesAreBorrowedBeforeThoseInOne() throws IOException, ModelException {
        Path model = folder.resolve("model");
        Path newcomer = tokenizerOf("a", "tokenizer.json");
        Path two = tokenizerOf("b", "vocab.json", "merges.txt");
        assertEquals(two, Neighbours.tokenizer(model));
        Files.delete(two.resolve("merges.txt"));
        assertEquals(newcomer, Neighbours.tokenizer(model));
    }

    @Test
    void tablesBesideADamagedConfigurationAreNotBorrowed() throws IOException, ModelException {
        Path damaged = tokenizerOf("a", "vocab.json", "merges.txt");
        Files.writeString(damaged.resolve("tokenizer_config.json"), "{");
        Path sound = tokenizerOf("b", "vocab.json", "merges.txt");
        assertEquals(sound, Neighbours.tokenizer(folder.resolve("model")));
    }

    @Test
    void aFileOrNothingIsNoModelFolder() throws IOException {
        Path nothing = folder.resolve("nothing");
        assertEquals(
                nothing + ": expected a model folder, found nothing there.",
                Refusals.sentence(ModelException.class, () -> ModelLayout.read(nothing)));
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertEquals(
                file + ": expected a model folder, found a file.",
                Refusals.sentence(ModelException.class, () -> ModelLayout.read(file)));
    }
}
