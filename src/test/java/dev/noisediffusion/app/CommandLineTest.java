package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.JavaCommand;
import dev.noisediffusion.export.Films;
import dev.noisediffusion.export.Recipes;
import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.image.Caption;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Montage;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.model.ElementType;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.SafetensorsFiles;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseTravel;
import dev.noisediffusion.morph.Prompting;
import dev.noisediffusion.morph.Segment;
import dev.noisediffusion.project.BuiltInPreset;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.project.Preset;
import dev.noisediffusion.project.PresetFolder;
import dev.noisediffusion.project.Recipe;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class CommandLineTest {
    private static final String DAHLIA = "assets/samples/01-dahlia.jpg";
    private static final String ANEMONE = "assets/samples/02-anemone.jpg";
    /** In a block of code, or within a line. */
    private static final Pattern CALL = Pattern.compile("(?m)(?:^|`)noisediffusion ([^`\\n]+)");

    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");
    /** A row of a table whose last cell begins with an option; its default in the cell before. */
    private static final Pattern SETTING = Pattern.compile("(?m)^\\|.*\\|([^|\\n]*)\\| *`(--[a-z-]+)[^|\\n]*\\| *$");

    private static final String TINY_STABLE_DIFFUSION = "src/test/resources/fixtures/sd-tiny-onnx";
    private static final String TINY_MODEL = "src/test/resources/fixtures/unet2d-modern";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private UserFolders user = UserFolders.ofUser();

    private CommandLine commandLine() {
        return StudioCommand.commandLine(new Installation(Path.of("").toAbsolutePath()), user);
    }

    private int run(String... arguments) {
        CommandLine commandLine = commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    /** Stands for natives that are missing. */
    @CommandLine.Command(name = "broken")
    private static final class Broken implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new UnsatisfiedLinkError("no natives");
        }
    }

    @Test
    void errorsAreToldAsExceptionsAre() {
        var broken = new CommandLine(new Broken()).setErr(new PrintWriter(err, true));
        assertEquals(ExitCode.INTERNAL, Launcher.execute(broken));
        assertTrue(err.toString().startsWith("Something went wrong: "), err::toString);
        assertTrue(err.toString().contains("The log in "), err::toString);
    }

    private int morph(Path target, String... more) {
        var arguments = new ArrayList<>(List.of(
                "morph",
                DAHLIA,
                ANEMONE,
                "--model",
                TINY_MODEL,
                "--steps",
                "4",
                "--frames",
                "5",
                "-o",
                target.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"noise-diffusion", "slerp", "noise-introduction", "crossfade"})
    void everyMethodRendersIntoAFolderOfPictures(String method) throws IOException {
        Path frames = folder.resolve("frames");
        assertEquals(ExitCode.OK, morph(frames, "--method", method), err::toString);
        try (Stream<Path> files = Files.list(frames)) {
            assertEquals(5, files.count());
        }
        assertTrue(out.toString().contains(frames.toString()));
        Recipe recipe = Recipe.parse(Recipes.read(frames).orElseThrow()).orElseThrow();
        assertEquals(method, MethodName.of(recipe.settings().method()).toString());
    }

    @Test
    void aFilmCarriesTheRecipeItWasMadeWith() throws IOException {
        Path film = folder.resolve("out.mp4");
        Path gif = folder.resolve("out.gif");
        int code = morph(
                film,
                "-o",
                gif.toString(),
                "--gamma",
                "0.25",
                "--boundary",
                "off",
                "--placement",
                "before",
                "--mu",
                "1.5",
                "--depth",
                "0.6",
                "--seed",
                "99");
        assertEquals(ExitCode.OK, code, err::toString);
        for (Path file : List.of(film, gif)) {
            Recipe recipe = Recipe.parse(Recipes.read(file).orElseThrow()).orElseThrow();
            var method = (NoiseDiffusion) recipe.settings().method();
            assertEquals(0.25, method.gamma());
            assertEquals(Double.POSITIVE_INFINITY, method.boundary());
            assertEquals(BoundaryPlacement.BEFORE, method.placement());
            assertEquals(1.5, method.injection().muGain());
            assertEquals(1.2, method.injection().nuGain());
            assertEquals(0.4, recipe.signalLevel(), 1e-12);
            assertEquals(99, recipe.seed());
            assertEquals("01-dahlia.jpg", recipe.pictures().getFirst().name());
        }
    }

    @Test
    void everyOptionOfAMorphIsInItsRecipe() throws IOException {
        Path film = folder.resolve("out.png");
        String options = "--gamma 0.25 --boundary 1.5 --placement after --gain 1.1 --nu 0.9 --depth 0.6 --seed 99"
                + " --noise redrawn --endpoints round-trip";
        assertEquals(ExitCode.OK, morph(film, words(options)), err::toString);
        Recipe recipe = Recipe.parse(Recipes.read(film).orElseThrow()).orElseThrow();
        var method = new NoiseDiffusion(0.25, 1.5, BoundaryPlacement.AFTER, new Injection(1.1, 0.9));
        var settings = new MorphSettings(method, 5, 4, 0.4, 99, NoiseTravel.REDRAWN, Endpoints.ROUND_TRIP);
        assertEquals(settings, recipe.settings());
    }

    @Test
    void everySegmentHasItsOwnFramesAndMovement() throws IOException {
        Path frames = folder.resolve("frames");
        int code = morph(
                frames,
                "--closed",
                "--easing",
                "constant-speed",
                "--segment",
                "4:cubic-bezier(0.42,0,1,1)",
                "--segment",
                "auto:hold(0.5,0):linear");
        assertEquals(ExitCode.OK, code, err::toString);
        Recipe recipe = Recipe.parse(Recipes.read(frames).orElseThrow()).orElseThrow();
        assertEquals(
                new MorphPath(
                        new Easing.ConstantSpeed(),
                        true,
                        List.of(
                                Segment.PLAIN
                                        .withFrames(OptionalInt.of(4))
                                        .withEasing(Optional.of(new Easing.Curve(0.42, 0, 1, 1)), Optional.empty()),
                                Segment.PLAIN.withEasing(
                                        Optional.of(new Easing.Hold(0.5, 0)), Optional.of(Easing.Preset.LINEAR)))),
                recipe.morphPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "many", "4:bouncy", "4:linear:linear:linear"})
    void aSegmentThatCannotBeReadIsRefusedInASentence(String segment) {
        assertEquals(ExitCode.USAGE, morph(folder.resolve("frames"), "--segment", segment));
        assertTrue(err.toString().contains("--segment"), err::toString);
    }

    @Test
    void aPresetIsWhereTheOptionsBegin() throws IOException {
        Path film = folder.resolve("out.gif");
        assertEquals(ExitCode.OK, morph(film, "--preset", "Dreamy", "--gamma", "0.25"), err::toString);
        Recipe recipe = Recipe.parse(Recipes.read(film).orElseThrow()).orElseThrow();
        var method = (NoiseDiffusion) recipe.settings().method();
        var dreamy = BuiltInPreset.DREAMY.look();
        assertEquals(0.25, method.gamma());
        assertEquals(dreamy.numbers().get("boundary"), method.boundary());
        assertEquals(dreamy.numbers().get("depth"), recipe.settings().depth());
        assertEquals(NoiseTravel.TRAVELLING, recipe.noiseTravel());
    }

    @Test
    void aPresetIsAlsoOneThatTheUserHasKept() throws Exception {
        user = new UserFolders("Linux", folder, Map.of());
        PresetFolder.of(user).save(Preset.of("Mine", new ParameterValues(Map.of("gamma", 0.35), Map.of(), Map.of())));
        Path film = folder.resolve("out.gif");
        assertEquals(ExitCode.OK, morph(film, "--preset", "mine"), err::toString);
        Recipe recipe = Recipe.parse(Recipes.read(film).orElseThrow()).orElseThrow();
        assertEquals(0.35, ((NoiseDiffusion) recipe.settings().method()).gamma());
    }

    @Test
    void presetsThatCannotBeReadAreBadInput() throws IOException {
        user = new UserFolders("Linux", folder, Map.of());
        Path presets = PresetFolder.of(user).folder();
        Files.createDirectories(presets.getParent());
        Files.writeString(presets, "no folder");
        assertEquals(ExitCode.BAD_INPUT, morph(folder.resolve("out.gif"), "--preset", "mine"));
        assertTrue(err.toString().startsWith("Your presets in “" + presets + "” cannot be read: "), err::toString);
    }

    @Test
    void whatNoOptionSaysTheModelSuggests() throws IOException {
        Path model = Fixtures.copy("unet2d-modern", folder.resolve("model"));
        Files.writeString(
                model.resolve("studio.json"),
                "{\"suggested\":{\"gamma\":0.2,\"boundary\":1.5,\"gain\":1.4,\"signalLevel\":0.33,\"steps\":4}}");
        Recipe plain = recipe(model);
        assertEquals(
                new NoiseDiffusion(0.2, 1.5, BoundaryPlacement.BOTH, Injection.ofGain(1.4)),
                plain.settings().method());
        assertEquals(0.33, plain.signalLevel());
        assertEquals(4, plain.settings().steps());
        Recipe given = recipe(model, "--gamma", "0", "--depth", "0.5");
        assertEquals(
                new NoiseDiffusion(0, 1.5, BoundaryPlacement.BOTH, Injection.ofGain(1.4)),
                given.settings().method());
        assertEquals(0.5, given.signalLevel());
        Recipe preset = recipe(model, "--preset", "paper", "--gain", "1");
        assertEquals(
                new NoiseDiffusion(0, 2, BoundaryPlacement.BOTH, Injection.ofGain(1)),
                preset.settings().method());
        assertEquals(4, preset.settings().steps());
    }

    private Recipe recipe(Path model, String... more) throws IOException {
        Path film = folder.resolve("suggested-" + more.length + ".gif");
        var arguments = new ArrayList<>(List.of("morph", DAHLIA, ANEMONE, "--frames", "3", "-o", film.toString()));
        arguments.addAll(List.of("--model", model.toString()));
        arguments.addAll(List.of(more));
        assertEquals(ExitCode.OK, run(arguments.toArray(String[]::new)), err::toString);
        return Recipe.parse(Recipes.read(film).orElseThrow()).orElseThrow();
    }

    @Test
    void everyEndingOfTheHelpIsWritten() throws IOException {
        var more = new ArrayList<String>();
        for (String ending : List.of("webm", "webp", "apng", "png")) {
            more.addAll(List.of("-o", folder.resolve("out." + ending).toString()));
        }
        assertEquals(ExitCode.OK, morph(folder.resolve("out.gif"), more.toArray(String[]::new)), err::toString);
        for (String ending : List.of("webm", "webp", "apng", "png", "gif")) {
            String recipe = Recipes.read(folder.resolve("out." + ending)).orElseThrow();
            assertTrue(Recipe.parse(recipe).isPresent(), ending);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8, ''",
        "5, --closed",
        "8, --closed --playback ping-pong",
        "15, --repeats 3",
        "5, --repeats 3 --playback once",
        "15, --repeats 3 --playback loop",
        "24, --repeats 3 --playback ping-pong"
    })
    void aVideoGoesThereAndBackUnlessItLoopsOrIsToBePlayedOnce(int shown, String options) throws Exception {
        Path film = folder.resolve("out.mp4");
        assertEquals(ExitCode.OK, morph(film, words(options)), err::toString);
        assertEquals(shown, Films.decode(film, 64, 64).size());
    }

    @ParameterizedTest
    @CsvSource({
        "true, ''",
        "true, --closed",
        "true, --repeats 2",
        "true, --playback loop",
        "false, --playback once",
        "false, --closed --playback once",
        "false, --repeats 2 --playback once"
    })
    void aGifPlaysOnceOrForEver(boolean forEver, String options) throws IOException {
        Path film = folder.resolve("out.gif");
        assertEquals(ExitCode.OK, morph(film, words(options)), err::toString);
        String bytes = new String(Files.readAllBytes(film), StandardCharsets.ISO_8859_1);
        assertEquals(forEver, bytes.contains("NETSCAPE2.0"));
    }

    @Test
    void aFilmIsMadeAsTheWindowMakesItAndTheHelpSaysHow() throws Exception {
        Path film = folder.resolve("out.mp4");
        assertEquals(ExitCode.OK, morph(film), err::toString);
        Path asInTheWindow = folder.resolve("window.mp4");
        assertEquals(
                ExitCode.OK,
                morph(asInTheWindow, "--fps", "12", "--quality", "80", "--size", "4", "--playback", "ping-pong"),
                err::toString);
        assertArrayEquals(Files.readAllBytes(asInTheWindow), Files.readAllBytes(film));
        assertEquals(ExitCode.OK, run("morph", "--help"));
        for (String said : List.of("Frames a second. Default: 12", "Quality of a video or WebP. Default: 80")) {
            assertTrue(out.toString().contains(said), out::toString);
        }
    }

    @Test
    void aFilmHasTheSpeedAndTheQualityThatAreAskedFor() throws Exception {
        Path usual = folder.resolve("usual.mp4");
        Path small = folder.resolve("small.mp4");
        assertEquals(ExitCode.OK, morph(usual, "--fps", "24"), err::toString);
        assertEquals(ExitCode.OK, morph(small, "--fps", "24", "--quality", "10"), err::toString);
        for (Path film : List.of(usual, small)) {
            String stream = Films.describe(film);
            assertTrue(stream.contains("r_frame_rate=24/1"), stream);
        }
        assertTrue(Files.size(small) < Files.size(usual));
    }

    private static String[] words(String options) {
        return options.isEmpty() ? new String[0] : options.split(" ", -1);
    }

    @Test
    void theLeftHalfIsTheMorphAndTheRightHalfTheMethodItIsComparedWith() throws IOException {
        List<Picture> morph = pictures("morph");
        List<Picture> crossfade = pictures("crossfade", "--method", "crossfade");
        List<Picture> both = pictures("both", "--compare", "crossfade");
        assertNotEquals(morph, crossfade);
        assertEquals(5, both.size());
        for (int i = 0; i < 5; i++) {
            assertEquals(144, both.get(i).width());
            assertEquals(82, both.get(i).height());
            Picture left = Montage.above(morph.get(i), Caption.of("NoiseDiffusion", 64, 18));
            Picture right = Montage.above(crossfade.get(i), Caption.of("Crossfade", 64, 18));
            assertEquals(Montage.sideBySide(left, right, 16), both.get(i), "frame " + i);
        }
    }

    private List<Picture> pictures(String name, String... options) throws IOException {
        Path target = folder.resolve(name);
        assertEquals(ExitCode.OK, morph(target, options), err::toString);
        var pictures = new ArrayList<Picture>();
        try (Stream<Path> files = Files.list(target)) {
            for (Path file : files.sorted().toList()) {
                pictures.add(new ImageLoader().load(file));
            }
        }
        return pictures;
    }

    @Test
    void aStableDiffusionModelMorphsWithAPromptAndSaysWhatItHasNoRoomFor() throws IOException {
        Path film = folder.resolve("out.png");
        String prompt = "tulip ".repeat(75) + "AND a rose";
        int code = run(
                "morph",
                DAHLIA,
                ANEMONE,
                "--model",
                TINY_STABLE_DIFFUSION,
                "--steps",
                "2",
                "--frames",
                "3",
                "--size",
                "1",
                "--prompt",
                prompt,
                "--prompt-to",
                "a bird",
                "--negative-prompt",
                "blur",
                "-o",
                film.toString());
        assertEquals(ExitCode.OK, code, err::toString);
        assertTrue(err.toString().contains("without effect: \"and a rose\""), err::toString);
        Recipe recipe = Recipe.parse(Recipes.read(film).orElseThrow()).orElseThrow();
        assertEquals(
                new Prompting(prompt, "blur", 5, "a bird"), recipe.settings().prompting());
    }

    @Test
    void progressGoesToTheErrorStreamAndQuietSilencesIt() {
        morph(folder.resolve("a"));
        assertTrue(err.toString().contains("100 %"), err::toString);
        err.getBuffer().setLength(0);
        morph(folder.resolve("b"), "--quiet");
        assertEquals("", err.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | neither a command nor      | modles list
            2 | Missing required           | morph
            2 | gamma in [0, 1]            | morph DAHLIA ANEMONE -o FOLDER/x.mp4 --gamma 2
            2 | 'off'                      | morph DAHLIA ANEMONE -o FOLDER/x.mp4 --boundary two
            2 | expected noise-diffusion   | morph DAHLIA ANEMONE -o FOLDER/x.mp4 --method magic
            2 | at least 2 frames          | morph DAHLIA ANEMONE -o FOLDER/x.mp4 --frames 1
            2 | there are paper, balanced | morph DAHLIA ANEMONE -o FOLDER/x.mp4 --preset magic
            2 | reads no prompts           | morph DAHLIA ANEMONE -o FOLDER/x.mp4 --prompt flower
            2 | found 1.2                  | morph DAHLIA ANEMONE -o FOLDER/x.mp4 --depth 1.2
            2 | guidance from 1 to 30      | morph DAHLIA ANEMONE -o FOLDER/x.mp4 --guidance 0.5
            2 | at most 1 --segment        | morph DAHLIA ANEMONE -o FOLDER/x.mp4 --segment 8 --segment 16
            2 | x.avi                      | morph DAHLIA ANEMONE -o FOLDER/x.avi
            2 | is given twice             | morph DAHLIA ANEMONE -o FOLDER/x.mp4 -o FOLDER/./x.mp4
            2 | x.mp4 lies in -o           | morph DAHLIA ANEMONE -o FOLDER/x -o FOLDER/x/x.mp4
            2 | x.mp4 lies in -o           | morph DAHLIA ANEMONE -o FOLDER/x/x.mp4 -o FOLDER/./x
            2 | explains every option      | morph DAHLIA ANEMONE -o FOLDER/x.mp4 --frames many
            2 | solutions: --frames        | morph DAHLIA ANEMONE -o FOLDER/x.mp4 --frame 3
            2 | solutions: --frames        | morph DAHLIA ANEMONE --frame 3 -o FOLDER/x.mp4
            2 | at least 2 pictures        | morph DAHLIA -o FOLDER/x.mp4
            3 | missing.jpg                | morph DAHLIA missing.jpg -o FOLDER/x.mp4
            3 | missing.jpg                | morph DAHLIA -o FOLDER/x.mp4 missing.jpg
            3 | pom.xml                    | morph DAHLIA pom.xml -o FOLDER/x.mp4
            3 | assets                     | morph DAHLIA ANEMONE -o FOLDER/x.mp4 --model assets
            4 | A contact sheet of 100     | morph DAHLIA ANEMONE -o FOLDER/x.mp4 -o FOLDER/x.png --frames 100 --size 8
            4 | folder                     | morph DAHLIA ANEMONE -o FOLDER/no/such/x.mp4
            3 | assets                     | check-model assets
            """)
    void aMistakeIsOneSentenceAndAnExitCode(int exitCode, String sentence, String commandLine) throws IOException {
        String[] arguments = Stream.of(commandLine.split(" "))
                .map(word -> word.replace("DAHLIA", DAHLIA)
                        .replace("ANEMONE", ANEMONE)
                        .replace("FOLDER", folder.toString()))
                .toArray(String[]::new);
        int code = run(arguments);
        assertEquals(exitCode, code, err::toString);
        assertTrue(err.toString().contains(sentence), err::toString);
        assertFalse(err.toString().contains("\tat "), err::toString);
        if (exitCode == ExitCode.USAGE) {
            assertTrue(err.toString().lines().count() <= 2, err::toString);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void neitherAPictureNorAnotherFilmIsReplaced() throws IOException {
        Path picture = folder.resolve("a.png");
        ImageIO.write(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        byte[] bytes = Files.readAllBytes(picture);
        Path again = folder.resolve("nowhere").resolve("..").resolve("a.png");
        Files.createDirectory(folder.resolve("nowhere"));
        for (Path output : List.of(picture, again)) {
            String[] arguments = {
                "morph", picture.toString(), DAHLIA, "--model", TINY_MODEL, "--steps", "4", "-o", output.toString()
            };
            assertEquals(ExitCode.USAGE, run(arguments), err::toString);
        }
        assertTrue(err.toString().contains("-o " + picture + " is one of the pictures"), err::toString);
        assertArrayEquals(bytes, Files.readAllBytes(picture));
        Path frames = folder.resolve("frames");
        assertEquals(ExitCode.USAGE, morph(frames, "-o", frames.toString()), err::toString);
        assertFalse(Files.exists(frames));
    }

    @Test
    void checkModelPassesAFixtureAndFailsWrongValues() {
        assertEquals(ExitCode.OK, run("check-model", TINY_MODEL), err::toString);
        assertTrue(out.toString().contains("ms a call") && out.toString().contains("out_sample"), out::toString);
        int code = run("check-model", "models/flowers-128");
        assertEquals(ExitCode.OK, code, err::toString);
        String legacy = "src/test/resources/fixtures/unet2d-ddpm-legacy/expected.safetensors";
        int wrong = run("check-model", TINY_MODEL, "--expected", legacy);
        assertEquals(ExitCode.CHECK_FAILED, wrong, err::toString);
        assertTrue(out.toString().contains("BEYOND TOLERANCE"), out::toString);
    }

    @Test
    void checkModelTakesTheIdOfAnInstalledModel() {
        user = new UserFolders("Linux", folder, Map.of());
        assertEquals(ExitCode.OK, run("models", "add", TINY_MODEL), err::toString);
        assertEquals(ExitCode.OK, run("check-model", "unet2d-modern"), err::toString);
        assertTrue(out.toString().contains("ms a call"), out::toString);
    }

    @Test
    void checkModelFailsAModelThatIsRefusedForPicturesAndComparesItsValuesAllTheSame() {
        assertEquals(ExitCode.CHECK_FAILED, run("check-model", "src/test/resources/fixtures/unet2d-adm-v"));
        String said = out.toString();
        assertTrue(said.contains("pictures: refused; "), said);
        assertTrue(said.contains("expected in_channels and out_channels of 3 for the codec identity"), said);
        assertTrue(said.contains("ddim_decoded") && !said.contains("BEYOND TOLERANCE"), said);
    }

    @Test
    void checkModelSaysThatAModelIsRefusedEvenWhereOnlyValuesOfItsCodecAreExpected() {
        Path expected = SafetensorsFiles.write(
                folder.resolve("codec.safetensors"),
                ElementType.F32,
                Map.of("codec_image", Tensor.zeros(Shape.of(1)), "codec_latent", Tensor.zeros(Shape.of(1))));
        String model = "src/test/resources/fixtures/unet2d-adm-v";
        int code = run("check-model", model, "--expected", expected.toString());
        assertEquals(ExitCode.CHECK_FAILED, code, err::toString);
        assertTrue(out.toString().contains("pictures: refused; "), out::toString);
        assertTrue(out.toString().lines().anyMatch("codec_latent: not compared"::equals), out::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unet2d-modern", "ldm-kl"})
    void checkModelSaysThatTheSidesOfPicturesDoNotFit(String fixture) throws IOException {
        Path model = Fixtures.copy(fixture, Files.createDirectory(folder.resolve("model")));
        Files.writeString(model.resolve("studio.json"), "{\"image\":{\"width\":15,\"height\":16}}");
        assertEquals(ExitCode.CHECK_FAILED, run("check-model", model.toString()), err::toString);
        String said = out.toString();
        assertTrue(said.contains("pictures: refused; ") && said.contains(", found 15x16"), said);
        assertTrue(said.contains("out_sample") && !said.contains("BEYOND TOLERANCE"), said);
    }

    @Test
    void exitCodesAreTheNumbersThatTheHelpNames() {
        List<Integer> codes = List.of(
                ExitCode.OK,
                ExitCode.CHECK_FAILED,
                ExitCode.USAGE,
                ExitCode.BAD_INPUT,
                ExitCode.BAD_TARGET,
                ExitCode.NO_DISPLAY,
                ExitCode.DOWNLOAD_FAILED,
                ExitCode.DEVICE_FAILED,
                ExitCode.INTERNAL,
                ExitCode.CANCELLED);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 70, 130), codes);
        CommandLine commandLine = commandLine();
        assertEquals(
                codes.stream().map(String::valueOf).toList(),
                List.copyOf(commandLine
                        .getCommandSpec()
                        .usageMessage()
                        .exitCodeList()
                        .keySet()));
    }

    @Test
    void everyCommandSaysItsVersion() {
        saysItsVersion(commandLine(), List.of());
    }

    private void saysItsVersion(CommandLine command, List<String> words) {
        out.getBuffer().setLength(0);
        var arguments = new ArrayList<>(words);
        arguments.add("--version");
        assertEquals(ExitCode.OK, run(arguments.toArray(String[]::new)), arguments::toString);
        assertEquals(Installation.applicationName(), out.toString().strip(), arguments::toString);
        command.getSubcommands().forEach((name, inner) -> {
            var longer = new ArrayList<>(words);
            longer.add(name);
            saysItsVersion(inner, longer);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/guide.md",
                "docs/models.md",
                "docs/lab.md",
                "docs/critic.md",
                "installer/README.md"
            })
    void everyCallInTheManualIsOneThatTheProgramTakes(String page) throws IOException {
        List<List<String>> calls = CALL.matcher(Files.readString(Path.of(page)))
                .results()
                .map(call -> shellWords(call.group(1)))
                .filter(words -> !isName(words))
                .toList();
        assertFalse(calls.isEmpty());
        for (List<String> words : calls) {
            assertDoesNotThrow(() -> commandLine().parseArgs(words.toArray(String[]::new)), words::toString);
        }
    }

    @Test
    void everyOptionOfAMorphStandsInTheGuidesTable() throws IOException {
        Map<String, String> defaults = SETTING.matcher(Files.readString(Path.of("docs", "guide.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(2), row -> row.group(1)));
        List<OptionSpec> options =
                CommandSpec.forAnnotatedObject(new MorphOptions()).options();
        assertEquals(options.stream().map(OptionSpec::longestName).collect(Collectors.toSet()), defaults.keySet());
        for (OptionSpec option : options) {
            String cell = String.valueOf(defaults.get(option.longestName()));
            assertTrue(
                    option.defaultValue() == null || cell.contains("`" + option.defaultValue() + "`"),
                    () -> option.longestName() + ": " + cell);
        }
    }

    /** As a shell hands them on. */
    private static List<String> shellWords(String line) {
        return WORD.matcher(line)
                .results()
                .map(found -> found.group().replace("\"", "").replace("*", "1"))
                .toList();
    }

    /** Whether it only names a command, as "noisediffusion models" does. */
    private boolean isName(List<String> words) {
        CommandLine command = commandLine();
        for (String word : words) {
            command = command.getSubcommands().get(word);
            if (command == null) {
                return false;
            }
        }
        return true;
    }

    @Test
    void helpNamesEveryCommandAndExitCode() {
        assertEquals(ExitCode.OK, run("--help"));
        assertTrue(out.toString().contains("check-model") && out.toString().contains("130"), out::toString);
        assertEquals(ExitCode.OK, run("morph", "--help"));
        assertTrue(out.toString().contains("Lubricating coefficient"), out::toString);
        assertTrue(out.toString().contains("what the model suggests"), out::toString);
        assertTrue(out.toString().contains("--segment \"auto:hold(0.3,0):linear\""), out::toString);
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void whatCouldNotBePrintedIsNotDone() throws Exception {
        Process process = new ProcessBuilder(JavaCommand.of(List.of(), Launcher.class, "lab", "list"))
                .redirectOutput(new File("/dev/full"))
                .start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(ExitCode.BAD_TARGET, process.waitFor(), said);
        assertTrue(
                said.contains("Not all that was printed has arrived: the disk is full, or the program that reads it"
                        + " has ended."),
                said);
    }

    /** Windows has no order to end that a process could obey. */
    @DisabledOnOs(OS.WINDOWS)
    @Test
    void anEndedProcessLeavesNothingBehind() throws Exception {
        Path target = folder.resolve("film.mp4");
        Process process = new ProcessBuilder(JavaCommand.of(
                        List.of(),
                        Launcher.class,
                        "morph",
                        DAHLIA,
                        ANEMONE,
                        "--frames",
                        "500",
                        "-o",
                        target.toString()))
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.contains("Rendering frames")) {
                line = output.readLine();
            }
            assertNotNull(line, "It ended before it began to render");
            process.toHandle().destroy();
            assertEquals("Cancelled; nothing was left behind.", output.lines().reduce("", (all, last) -> last));
            assertEquals(ExitCode.CANCELLED, process.waitFor());
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
