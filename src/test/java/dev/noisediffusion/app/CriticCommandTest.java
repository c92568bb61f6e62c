package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.JavaCommand;
import dev.noisediffusion.critic.Critic;
import dev.noisediffusion.critic.CriticFile;
import dev.noisediffusion.critic.ReadyCritic;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.image.Resampler;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CriticCommandTest {
    private static final String TINY = "src/test/resources/fixtures/unet2d-modern";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        var user = new UserFolders("Linux", folder, Map.of());
        CommandLine commandLine = StudioCommand.commandLine(Installation.locate(), user);
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private Path photographs(int count) throws IOException {
        Path root = folder.resolve("photographs");
        Path photographs = Files.createDirectories(root.resolve("below"));
        for (int i = 0; i < count; i++) {
            var rgb = new byte[3 * 16 * 16];
            new Random(i).nextBytes(rgb);
            PngFile.write(Picture.wrap(16, 16, rgb), photographs.resolve(i + ".png"), Map.of());
        }
        Files.writeString(photographs.resolve("broken.png"), "no picture");
        Files.writeString(photographs.resolve("notes.txt"), "no picture");
        return root;
    }

    @Test
    void aCriticOfARandomNetworkIsTrainedFoundPoorKeptAndRefusesToScore() throws IOException {
        Path photographs = photographs(24);
        String one = photographs.resolve("below/3.png").toString();
        assertEquals(ExitCode.USAGE, run("critic", "score", one, "--model", TINY));
        assertTrue(err.toString().contains("There is no critic of the model"), err::toString);
        String folderOfAll = photographs.toString();
        int code =
                run("critic", "train", "--photos", folderOfAll, "--model", TINY, "--updates", "2", "--device", "cpu");
        assertEquals(ExitCode.CHECK_FAILED, code, err::toString);
        assertTrue(err.toString().contains("\"broken.png\" is not a picture that can be read here"), err::toString);
        assertTrue(err.toString().contains("Training the critic"), err::toString);
        assertTrue(out.toString().contains("Held out: 6 photographs, 24 pictures"), out::toString);
        assertTrue(out.toString().contains("Kept in"), out::toString);
        assertTrue(out.toString().contains("95 % interval"), out::toString);
        assertEquals(ExitCode.BAD_INPUT, run("critic", "score", one, "--model", TINY));
        assertTrue(err.toString().contains("too badly to score"), err::toString);
    }

    /** Of all 36 photographs 8 would be held out. */
    @Test
    void noMorePhotographsAreUsedThanTheLimitSays() throws IOException {
        String photographs = photographs(36).toString();
        run("critic", "train", "--photos", photographs, "--model", TINY, "--updates", "2", "--limit", "20");
        assertTrue(out.toString().contains("Held out: 6 photographs, 24 pictures"), () -> out + " " + err);
    }

    @Test
    void theModelRunsOnTheDeviceThatIsAskedForOrTheTrainingSaysWhyNot() throws IOException {
        String photographs = photographs(1).toString();
        String[] train = {"critic", "train", "--photos", photographs, "--model", TINY, "--device"};
        assertEquals(ExitCode.USAGE, run(with(train, "toaster")));
        assertTrue(err.toString().contains("Expected auto, cpu, cuda, or http://"), err::toString);
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertEquals(ExitCode.DEVICE_FAILED, run(with(train, "http://127.0.0.1:" + free + "/net")), err::toString);
        assertTrue(err.toString().contains("http://127.0.0.1:" + free + " cannot be reached"), err::toString);
    }

    /** That the photographs are too few is found out when they are read. */
    @Test
    void whereNoCriticCanBeKeptNoneIsTrained() throws IOException {
        Path data = new UserFolders("Linux", folder, Map.of()).data();
        Path critics = Files.writeString(Files.createDirectories(data).resolve("critics"), "no folder");
        String photographs = photographs(1).toString();
        assertEquals(ExitCode.BAD_TARGET, run("critic", "train", "--photos", photographs, "--model", TINY));
        assertTrue(err.toString().startsWith("No critic can be saved to " + critics), err::toString);
    }

    private static String[] with(String[] arguments, String last) {
        return Stream.concat(Stream.of(arguments), Stream.of(last)).toArray(String[]::new);
    }

    @Test
    void aPoorCriticDoesNotReplaceAGoodOne() throws Exception {
        Path file;
        try (DiffusionModel model = Models.open(Path.of(TINY))) {
            file = ReadyCritic.save(CriticCommand.files(new UserFolders("Linux", folder, Map.of())), model.id());
        }
        byte[] good = Files.readAllBytes(file);
        String photographs = photographs(24).toString();
        int code = run("critic", "train", "--photos", photographs, "--model", TINY, "--updates", "2");
        assertEquals(ExitCode.CHECK_FAILED, code, err::toString);
        assertTrue(out.toString().contains("95 % interval"), out::toString);
        assertFalse(out.toString().contains("Kept in"), out::toString);
        assertTrue(err.toString().contains("so the good one from before was kept"), err::toString);
        assertArrayEquals(good, Files.readAllBytes(file));
    }

    @Test
    void theScoreThatIsPrintedIsTheCriticsOwn() throws Exception {
        Path noise = photographs(1).resolve("below/0.png");
        Path flower = Path.of("assets/samples/01-dahlia.jpg");
        CriticFile files = CriticCommand.files(new UserFolders("Linux", folder, Map.of()));
        var expected = new StringBuilder();
        try (DiffusionModel model = Models.open(Path.of(TINY))) {
            ReadyCritic.save(files, model.id());
            try (Critic critic = files.load(model.id()).orElseThrow()) {
                for (Path file : List.of(noise, flower)) {
                    Picture whole = new ImageLoader().load(file);
                    Picture judged = Resampler.crop(whole, Crop.CENTER, model.width(), model.height());
                    double score = critic.judge(judged).score();
                    expected.append(String.format(Locale.ROOT, "%.3f  %s%n", score, file));
                }
            }
        }
        int code = run("critic", "score", noise.toString(), flower.toString(), "--model", TINY);
        assertEquals(ExitCode.OK, code, err::toString);
        assertEquals(expected.toString(), out.toString());
    }

    @Test
    void aHeatMapThatCannotBeWrittenIsSaidInASentence() throws Exception {
        try (DiffusionModel model = Models.open(Path.of(TINY))) {
            ReadyCritic.save(CriticCommand.files(new UserFolders("Linux", folder, Map.of())), model.id());
        }
        String one = photographs(1).resolve("below/0.png").toString();
        Path maps = folder.resolve("maps");
        assertEquals(
                ExitCode.OK,
                run("critic", "score", one, "--model", TINY, "--heat-maps", maps.toString()),
                err::toString);
        assertTrue(Files.exists(maps.resolve("0-heat.png")));
        String file = Files.writeString(folder.resolve("file"), "").toString();
        assertEquals(ExitCode.BAD_TARGET, run("critic", "score", one, "--model", TINY, "--heat-maps", file));
        assertTrue(err.toString().contains("0-heat.png could not be written: check that the folder"), err::toString);
    }

    @Test
    void heatMapsOfPicturesWithOneNameAreNumbered() throws Exception {
        try (DiffusionModel model = Models.open(Path.of(TINY))) {
            ReadyCritic.save(CriticCommand.files(new UserFolders("Linux", folder, Map.of())), model.id());
        }
        Path one = photographs(1).resolve("below/0.png");
        var arguments = new ArrayList<>(List.of("critic", "score", "--model", TINY));
        for (String place : List.of("a", "b", "c")) {
            Path copy = Files.createDirectory(folder.resolve(place)).resolve("0.png");
            arguments.add(Files.copy(one, copy).toString());
        }
        Path maps = folder.resolve("maps");
        arguments.addAll(List.of("--heat-maps", maps.toString()));
        assertEquals(ExitCode.OK, run(arguments.toArray(String[]::new)), err::toString);
        try (var written = Files.list(maps)) {
            assertEquals(
                    List.of("0-2-heat.png", "0-3-heat.png", "0-heat.png"),
                    written.map(Path::getFileName).map(String::valueOf).sorted().toList());
        }
    }

    /** Windows has no order to end that a process could obey. */
    @DisabledOnOs(OS.WINDOWS)
    @Test
    void aScoringThatIsToldToEndDoesSoInOrder() throws Exception {
        try (DiffusionModel model = Models.open(Path.of(TINY))) {
            var user = new UserFolders(System.getProperty("os.name"), folder, Map.of());
            ReadyCritic.save(CriticCommand.files(user), model.id());
        }
        // Of more lines than a pipe holds, so that it cannot be over before it is told.
        String picture = "assets/samples/01-dahlia.jpg";
        Path pictures = Files.writeString(folder.resolve("pictures"), (picture + "\n").repeat(5000));
        var builder = new ProcessBuilder(JavaCommand.of(
                        List.of("-Duser.home=" + folder),
                        Launcher.class,
                        "critic",
                        "score",
                        "--model",
                        TINY,
                        "@" + pictures))
                .redirectErrorStream(true);
        builder.environment().remove("XDG_DATA_HOME");
        Process process = builder.start();
        try (var output = process.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.endsWith(picture)) {
                line = output.readLine();
            }
            assertNotNull(line, "It ended before it began to score");
            process.toHandle().destroy();
            List<String> rest = output.lines().toList();
            assertTrue(rest.contains("Cancelled; what was scored until then is whole."), rest::toString);
            assertEquals(ExitCode.CANCELLED, process.waitFor());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void tooFewPhotographsAndAFolderThatIsNotThereAreSaidInASentence() throws IOException {
        Path photographs = photographs(3);
        assertEquals(ExitCode.BAD_INPUT, run("critic", "train", "--photos", photographs.toString(), "--model", TINY));
        assertTrue(
                err.toString().contains("at least 20 different photographs of what the model knows, found 3"),
                err::toString);
        String none = folder.resolve("none").toString();
        assertEquals(ExitCode.BAD_INPUT, run("critic", "train", "--photos", none, "--model", TINY));
        assertTrue(err.toString().contains("cannot be read"), err::toString);
        assertEquals(ExitCode.USAGE, run("critic"));
    }
}
