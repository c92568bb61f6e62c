package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.JavaCommand;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.Precision;
import dev.noisediffusion.model.UNet2DFolder;
import dev.noisediffusion.onnx.ExecutionProvider;
import dev.noisediffusion.remote.ServerProcess;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceOptionTest {
    private static final Path MODEL = Fixtures.folder("unet2d-modern");

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    private int morph(Path output, String device) {
        return StudioCommand.commandLine(Installation.locate())
                .setOut(new PrintWriter(Writer.nullWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(morphing(output, device));
    }

    private static String[] morphing(Path output, String device) {
        return new String[] {
            "morph",
            "assets/samples/01-dahlia.jpg",
            "assets/samples/03-marigold.jpg",
            "--model",
            MODEL.toString(),
            "--device",
            device,
            "--frames",
            "5",
            "--steps",
            "8",
            "--quiet",
            "-o",
            output.toString()
        };
    }

    private static List<Path> frames(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aServerMakesTheSameFramesAsTheProcessor() throws Exception {
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        assertEquals(ExitCode.OK, morph(here, "cpu"), err::toString);
        GraphCache cache = GraphCache.ofUser();
        UNet2DFolder model = (UNet2DFolder) ModelLayout.read(MODEL);
        try (var server = new ServerProcess(cache.graphOf(model, cache.fingerprint(model), Precision.FULL))) {
            assertEquals(ExitCode.OK, morph(there, server.address()), err::toString);
        }
        List<Path> expected = frames(here);
        assertEquals(5, expected.size());
        for (Path frame : expected) {
            assertArrayEquals(Files.readAllBytes(frame), Files.readAllBytes(there.resolve(frame.getFileName())));
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidInASentenceAndLeavesNothing() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Path output = folder.resolve("frames");
        assertEquals(ExitCode.DEVICE_FAILED, morph(output, "http://127.0.0.1:" + free + "/net"));
        assertEquals(
                "http://127.0.0.1:" + free + " cannot be reached: start the server there, or check the address and the"
                        + " network.",
                err.toString().strip());
        assertTrue(Files.notExists(output));
    }

    @Test
    void anEndThatIsAskedForDoesNotWaitForAServerThatSaysNothing() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(60_000);
            Process morph = process("http://127.0.0.1:" + silent.getLocalPort() + "/net");
            try (Socket asked = silent.accept()) {
                assertEquals('G', asked.getInputStream().read());
                morph.destroy();
                assertTrue(morph.waitFor(8, TimeUnit.SECONDS), "It waits on");
            } finally {
                morph.destroyForcibly();
            }
        }
    }

    private Process process(String device) throws IOException {
        var builder = new ProcessBuilder(
                        JavaCommand.of(List.of(), Launcher.class, morphing(folder.resolve("frames"), device)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        return builder.start();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1/net, http://127.0.0.1:1 ist nicht zu erreichen",
        "toaster, „toaster“ ist kein Gerät",
        "http://, „http://“ ist kein Gerät"
    })
    void theWindowRunsTheModelHereWhereTheDeviceCannotBeUsed(String device, String words) throws Exception {
        Models.Opened opened = Models.openSomewhere(MODEL, device, Models.Resources.ofUser(), notice -> {});
        try (DiffusionModel model = opened.model()) {
            assertEquals(ExecutionProvider.best().toString(), opened.device());
            String sentence =
                    Texts.load(Locale.GERMAN).trouble(opened.fallback().orElseThrow());
            assertTrue(sentence.startsWith(words), sentence);
            assertEquals(16, model.width());
        }
    }

    @Test
    void theWindowSaysWhichServerItRunsOn() throws Exception {
        GraphCache cache = GraphCache.ofUser();
        UNet2DFolder model = (UNet2DFolder) ModelLayout.read(MODEL);
        try (var server = new ServerProcess(cache.graphOf(model, cache.fingerprint(model), Precision.FULL))) {
            Models.Opened opened =
                    Models.openSomewhere(MODEL, server.address(), Models.Resources.ofUser(), notice -> {});
            opened.model().close();
            assertEquals(server.address(), opened.device());
            assertEquals(Optional.empty(), opened.fallback());
        }
    }

    /** The network here is asked once, to compare it with the server's: that it has no room on a device here is no news. */
    @Test
    void ofAModelOnAServerOnlyWhatStaysHereIsTold() {
        var heard = new ArrayList<DeviceNotice>();
        List<DeviceNotice> pictures = List.of(new DeviceNotice.Tiled(256), new DeviceNotice.PicturesMoved("CPU"));
        Consumer<DeviceNotice> notices = Models.ofWhatStays(heard::add);
        notices.accept(new DeviceNotice.Shrunk(1));
        notices.accept(new DeviceNotice.Moved("CPU"));
        pictures.forEach(notices);
        assertEquals(pictures, heard);
    }

    @Test
    void aDeviceThatIsNoneIsRefused() {
        assertEquals(ExitCode.USAGE, morph(folder.resolve("frames"), "toaster"));
        assertEquals(
                "Expected auto, cpu, cuda, or http://host:port/model for a model on a server, found 'toaster'.",
                err.toString().strip());
    }

    @Test
    void aGpuThatIsNotThereGivesWayToTheProcessorAndSaysSo() {
        Assumptions.assumeTrue(ExecutionProvider.best() == ExecutionProvider.CPU, "This build has CUDA");
        assertEquals(ExitCode.OK, morph(folder.resolve("frames"), "cuda"), err::toString);
        assertTrue(err.toString().startsWith("CUDA could not be used ("), err::toString);
    }
}
