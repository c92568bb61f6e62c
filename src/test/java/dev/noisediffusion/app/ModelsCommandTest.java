package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.JavaCommand;
import dev.noisediffusion.files.Folders;
import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.library.UnreliableServer;
import dev.noisediffusion.library.UnreliableServer.Reply;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.project.SettingsFile;
import dev.noisediffusion.project.StudioSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ModelsCommandTest {
    private static final Path TINY = Path.of("src/test/resources/fixtures/unet2d-modern");
    private static final String WEIGHTS = "unet/diffusion_pytorch_model.safetensors";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private UnreliableServer server = serverless();

    private static UnreliableServer serverless() {
        try {
            return new UnreliableServer(request -> Reply.status("404 Not Found", "Content-Length: 0"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void serveTheTinyModel() throws IOException {
        server.close();
        server = new UnreliableServer(request -> {
            try {
                return Reply.rest(
                        Files.readAllBytes(TINY.resolve(request.target().substring(1))), request);
            } catch (IOException e) {
                return Reply.status("404 Not Found", "Content-Length: 0");
            }
        });
        environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        environment.put("HF_HUB_CACHE", folder.resolve("hub").toString());
    }

    @AfterEach
    void stopServing() throws IOException {
        server.close();
    }

    private Path catalogue(String weights) throws IOException {
        Path file = folder.resolve("catalogue.json");
        Files.writeString(
                file, """
                {"version": 1, "models": [{
                  "id": "tiny", "name": "Tiny model", "goodFor": "Tests", "licence": "MIT",
                  "licencePage": "https://example.org/licence", "attribution": "Me", "page": "https://example.org/tiny",
                  "gated": false, "bytes": 200000,
                  "files": [
                    {"path": "model_index.json", "source": "SERVER/model_index.json"},
                    {"path": "scheduler/scheduler_config.json", "source": "SERVER/scheduler/scheduler_config.json"},
                    {"path": "unet/config.json", "source": "SERVER/unet/config.json"},
                    {"path": "unet/diffusion_pytorch_model.safetensors", "source": "SERVER/WEIGHTS"}]}]}
                """.replace("SERVER/", server.address("").toString()).replace("WEIGHTS", weights));
        return file;
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine = StudioCommand.commandLine(
                new Installation(Path.of("").toAbsolutePath()), new UserFolders("Linux", folder, environment));
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private int models(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of("models"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--catalogue", catalogue(WEIGHTS).toString()));
        return run(all.toArray(String[]::new));
    }

    @Test
    void theListShowsWhatIsThereAndWhatCanBeHad() {
        assertEquals(ExitCode.OK, run("models", "list"), err::toString);
        assertTrue(out.toString().contains("flowers-128"), out::toString);
        assertTrue(out.toString().contains("bundled"), out::toString);
        assertTrue(out.toString().contains("ddpm-cat-256"), out::toString);
        assertTrue(out.toString().contains("free in"), out::toString);
    }

    @Test
    void aModelIsDownloadedVerifiedUsedAndRemoved() throws IOException {
        assertEquals(ExitCode.OK, models("download", "tiny", "--accept-licence"), err::toString);
        assertTrue(err.toString().contains("Licence: MIT"), err::toString);
        Path model = folder.resolve("data/noisediffusion/models/tiny");
        assertEquals(model.toString(), out.toString().strip());
        assertTrue(err.toString().contains("100 %"), err::toString);
        assertEquals(ExitCode.OK, models("verify", "tiny", "--quiet"), err::toString);
        assertTrue(out.toString().contains("not verified: no published checksum"), out::toString);
        assertEquals("", err.toString());
        assertEquals(ExitCode.OK, models("path", "tiny"));
        assertEquals(model.toString(), out.toString().strip());
        assertEquals(ExitCode.OK, models("info", "tiny"));
        assertTrue(out.toString().contains("Tiny model (tiny)"), out::toString);
        Path frames = folder.resolve("frames");
        int code = run(
                "morph",
                "assets/samples/01-dahlia.jpg",
                "assets/samples/02-anemone.jpg",
                "--model",
                "tiny",
                "--steps",
                "2",
                "--frames",
                "2",
                "-o",
                frames.toString());
        assertEquals(ExitCode.OK, code, err::toString);
        assertTrue(Files.isDirectory(frames));
        assertEquals(ExitCode.OK, models("remove", "tiny"), err::toString);
        assertFalse(Files.exists(model));
    }

    @Test
    void aDamagedFileIsExitCodeOne() throws IOException {
        assertEquals(ExitCode.OK, models("download", "tiny", "--accept-licence"), err::toString);
        Path weights = folder.resolve("data/noisediffusion/models/tiny").resolve(WEIGHTS);
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        assertEquals(ExitCode.CHECK_FAILED, models("verify"), err::toString);
        assertTrue(out.toString().contains("DAMAGED"), out::toString);
    }

    @Test
    void aModelThatCannotBeReadDoesNotKeepTheOthersFromBeingVerified() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Fixtures.copy("unet2d-modern", gone);
        assertEquals(ExitCode.OK, run("models", "add", gone.toString()), err::toString);
        assertEquals(ExitCode.OK, run("models", "add", TINY.toString()), err::toString);
        Folders.delete(gone);
        assertEquals(ExitCode.CHECK_FAILED, run("models", "verify", "--quiet"));
        assertEquals(gone + " could not be read.", err.toString().strip());
        assertTrue(out.toString().contains("(unet2d-modern)"), out::toString);
    }

    @Test
    void withoutConsentNothingIsDownloaded() throws IOException {
        assertEquals(ExitCode.USAGE, models("download", "tiny"));
        assertTrue(err.toString().contains("--accept-licence"), err::toString);
        assertEquals(0, server.requests.size());
    }

    @Test
    void aFailedDownloadIsExitCodeSixAndOneSentence() throws IOException {
        String missing = catalogue("no-such-file").toString();
        assertEquals(
                ExitCode.DOWNLOAD_FAILED,
                run("models", "download", "tiny", "--accept-licence", "--catalogue", missing));
        assertTrue(err.toString().contains("status 404"), err::toString);
        assertEquals(ExitCode.OK, models("list"));
        assertTrue(out.toString().contains("% arrived"), out::toString);
        assertEquals(ExitCode.OK, models("remove", "tiny"));
        assertEquals(ExitCode.OK, models("list"));
        assertTrue(out.toString().contains("to download"), out::toString);
    }

    @Test
    void aDownloadThatCannotBeKeptIsExitCodeFour() throws IOException {
        Path downloads = Files.createDirectories(folder.resolve("data/noisediffusion/models/.downloads"));
        Files.writeString(downloads.resolve("tiny"), "no folder");
        assertEquals(ExitCode.BAD_TARGET, models("download", "tiny", "--accept-licence"), err::toString);
        assertTrue(err.toString().contains("could not be written"), err::toString);
    }

    @Test
    void whatCannotBeRemovedIsExitCodeFour() throws IOException {
        Path models = Files.createDirectories(folder.resolve("data/noisediffusion/models"));
        Files.writeString(models.resolve(".downloads"), "no folder");
        assertEquals(ExitCode.BAD_TARGET, models("remove", "tiny"), err::toString);
        assertTrue(err.toString().contains("could not be deleted"), err::toString);
    }

    @Test
    void aCancelledDownloadSaysThatWhatHasArrivedIsKept() throws Exception {
        var asked = new CompletableFuture<String>();
        var over = new CountDownLatch(1);
        server.close();
        server = new UnreliableServer(request -> {
            try {
                if (request.target().endsWith(WEIGHTS)) {
                    asked.complete(request.target());
                    over.await();
                }
                return Reply.rest(
                        Files.readAllBytes(TINY.resolve(request.target().substring(1))), request);
            } catch (IOException | InterruptedException e) {
                return Reply.status("404 Not Found", "Content-Length: 0");
            }
        });
        List<String> command = JavaCommand.of(
                List.of(),
                Launcher.class,
                "models",
                "download",
                "tiny",
                "--accept-licence",
                "--catalogue",
                catalogue(WEIGHTS).toString());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        CompletableFuture.anyOf(asked, process.onExit()).join();
        process.toHandle().destroy();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        over.countDown();
        assertTrue(
                said.contains("Cancelled; what has arrived is kept, and the same command goes on from there."), said);
        assertFalse(said.contains("nothing was left behind"), said);
        assertEquals(
                -1,
                Files.mismatch(
                        TINY.resolve("unet/config.json"),
                        folder.resolve("data/noisediffusion/models/.downloads/tiny/unet/config.json")));
    }

    /** As in containers and under cron. One of the two prints to the standard output, the other to the error stream. */
    @ParameterizedTest
    @ValueSource(strings = {"info", "download"})
    void whatIsPrintedForProgramsIsUtf8WhereTheSystemKnowsAsciiOnly(String command) throws IOException {
        Path catalogue = catalogue(WEIGHTS);
        Fixtures.edit(catalogue, "Tiny model", "Schöne Blumen");
        var builder = new ProcessBuilder(JavaCommand.of(
                        List.of(), Launcher.class, "models", command, "tiny", "--catalogue", catalogue.toString()))
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C");
        String said = new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(said.contains("Schöne Blumen"), said);
    }

    @Test
    void offlineIsRespected() throws IOException {
        environment.put("NOISEDIFFUSION_OFFLINE", "1");
        assertEquals(ExitCode.DOWNLOAD_FAILED, models("download", "tiny", "--accept-licence"));
        assertTrue(err.toString().contains("offline"), err::toString);
        assertTrue(err.toString().contains("Unset NOISEDIFFUSION_OFFLINE"), err::toString);
        assertEquals(0, server.requests.size());
    }

    @Test
    void theHubsVariableIsRespectedUnlessTheStudiosOwnSaysOtherwise() throws IOException {
        environment.put("HF_HUB_OFFLINE", "1");
        assertEquals(ExitCode.DOWNLOAD_FAILED, models("download", "tiny", "--accept-licence"));
        assertTrue(err.toString().contains("offline"), err::toString);
        assertEquals(0, server.requests.size());
        environment.put("NOISEDIFFUSION_OFFLINE", "0");
        assertEquals(ExitCode.OK, models("download", "tiny", "--accept-licence"), err::toString);
    }

    @Test
    void theSwitchOfTheWindowIsObeyedUnlessTheEnvironmentSaysOtherwise() throws IOException {
        StudioSettings usual = StudioSettings.DEFAULT;
        SettingsFile.of(new UserFolders("Linux", folder, environment))
                .save(new StudioSettings(
                        1,
                        usual.theme(),
                        usual.language(),
                        usual.device(),
                        true,
                        false,
                        false,
                        12,
                        null,
                        null,
                        List.of(),
                        null));
        assertEquals(ExitCode.DOWNLOAD_FAILED, models("download", "tiny", "--accept-licence"));
        assertTrue(err.toString().contains("Switch that off in the window's list of models"), err::toString);
        assertEquals(0, server.requests.size());
        environment.put("NOISEDIFFUSION_OFFLINE", "0");
        assertEquals(ExitCode.OK, models("download", "tiny", "--accept-licence"), err::toString);
    }

    @Test
    void aZipIsUnpacked() throws IOException {
        Path zip = Fixtures.zip("unet2d-modern", "cats/", folder.resolve("cats.zip"));
        assertEquals(ExitCode.OK, run("models", "add", zip.toString()), err::toString);
        assertEquals("cats", out.toString().strip());
        assertEquals(ExitCode.BAD_INPUT, run("models", "add", zip.toString()));
        assertTrue(err.toString().contains("is there already"), err::toString);
        assertEquals(ExitCode.OK, run("models", "remove", "cats"));
    }

    @Test
    void aFolderIsAddedWhereItLiesOrAsACopy() {
        assertEquals(ExitCode.OK, run("models", "add", TINY.toString()), err::toString);
        assertEquals("unet2d-modern", out.toString().strip());
        assertEquals(ExitCode.OK, run("models", "add", "--copy", TINY.toString()), err::toString);
        assertTrue(Files.exists(
                folder.resolve("data/noisediffusion/models/unet2d-modern").resolve(WEIGHTS)));
        assertEquals(ExitCode.OK, run("models", "list"));
        assertTrue(out.toString().contains("linked") && out.toString().contains("installed"), out::toString);
    }

    @Test
    void aSingleFileIsAddedWhereItLiesOnly() {
        String file = "src/test/resources/fixtures/sd-tiny-single.safetensors";
        assertEquals(ExitCode.BAD_INPUT, run("models", "add", "--copy", file));
        assertTrue(
                err.toString().contains("is a single file, which is added where it lies and not copied"),
                err::toString);
        assertEquals(ExitCode.OK, run("models", "add", file), err::toString);
    }

    @Test
    void aTokenComesInByTheStandardInputAndIsNotRepeated() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("hf_secret\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(ExitCode.OK, run("models", "token"), err::toString);
        } finally {
            System.setIn(before);
        }
        Path file = folder.resolve("config/noisediffusion/tokens.json");
        assertTrue(out.toString().contains(file.toString()) && !out.toString().contains("secret"), out::toString);
        assertTrue(Files.readString(file).contains("hf_secret"));
        assertEquals(ExitCode.OK, run("models", "token", "--remove"), err::toString);
        assertFalse(Files.readString(file).contains("hf_secret"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | Which command         | models
            3 | no model "unheard"    | models info unheard
            3 | no model "unheard"    | models download unheard --accept-licence
            3 | no model "unheard"    | models verify unheard
            3 | no model "unheard"    | models path unheard
            3 | no model "unheard"    | models remove unheard
            3 | comes with the studio | models remove flowers-128
            3 | assets                | models add assets
            3 | could not be read     | models list --catalogue no-such-file.json
            3 | no model or folder "unheard"; | check-model unheard
            3 | "ddpm-cat-256" is not downloaded yet | check-model ddpm-cat-256
            2 | Expected a host such as huggingface.co, found | models token --host https://huggingface.co
            2 | Expected a host such as huggingface.co, found | models token --remove --host huggingface.co/
            3 | unheard               | morph assets/samples/01-dahlia.jpg assets/samples/02-anemone.jpg -o FOLDER/x.mp4 --model unheard
            """)
    void aMistakeIsOneSentenceAndAnExitCode(int exitCode, String sentence, String commandLine) {
        String[] arguments = Stream.of(commandLine.split(" "))
                .map(word -> word.replace("FOLDER", folder.toString()))
                .toArray(String[]::new);
        assertEquals(exitCode, run(arguments), err::toString);
        assertTrue(err.toString().contains(sentence), err::toString);
        assertFalse(err.toString().contains("\tat "), err::toString);
        assertFalse(Files.exists(folder.resolve("config/noisediffusion/tokens.json")));
    }
}
