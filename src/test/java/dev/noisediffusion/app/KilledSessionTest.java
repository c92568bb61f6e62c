package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.JavaCommand;
import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.project.Preset;
import dev.noisediffusion.project.PresetFolder;
import dev.noisediffusion.project.SettingsFile;
import dev.noisediffusion.project.StudioSettings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The studio as it is started by an artist, killed, and started again. */
class KilledSessionTest {
    @TempDir
    private Path folder;

    @Test
    void aStudioThatWasKilledComesBackWithItsWork() throws Exception {
        Process working = workUntilItIsKept();

        working.destroyForcibly().waitFor();

        assertEquals("Untitled • – NoiseDiffusion Studio|01-dahlia.jpg 03-marigold.jpg|0.25", look());
    }

    /** As by the desktop when the user logs out: whatever is being opened or rendered then, it is over before the JVM ends. */
    @DisabledOnOs(OS.WINDOWS)
    @Test
    void aStudioThatIsToldToEndDoesSoInOrderAndComesBackWithItsWork() throws Exception {
        Process working = workUntilItIsKept();

        try {
            working.destroy();
            assertEquals(ExitCode.OK, working.waitFor());
        } finally {
            working.destroyForcibly().waitFor();
        }
        assertEquals("Untitled • – NoiseDiffusion Studio|01-dahlia.jpg 03-marigold.jpg|0.25", look());
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void aStudioThatIsToldToEndKeepsAlsoWhatWasDoneAMomentAgo() throws Exception {
        Process working = workUntilItIsKept();

        try (BufferedReader said = working.inputReader(StandardCharsets.UTF_8);
                BufferedWriter told = working.outputWriter(StandardCharsets.UTF_8)) {
            told.write("0.5\n");
            told.flush();
            assertEquals("moved", said.readLine());
            working.destroy();
            assertEquals(ExitCode.OK, working.waitFor());
        } finally {
            working.destroyForcibly().waitFor();
        }
        assertEquals("Untitled • – NoiseDiffusion Studio|01-dahlia.jpg 03-marigold.jpg|0.50", look());
    }

    private Process workUntilItIsKept() throws Exception {
        Path samples = Path.of("assets", "samples").toAbsolutePath();
        Process working = session(
                "work",
                "0.25",
                samples.resolve("01-dahlia.jpg").toString(),
                samples.resolve("03-marigold.jpg").toString());
        while (!isKept()) {
            assertTrue(working.isAlive(), "The session ended by itself");
            Thread.sleep(50);
        }
        return working;
    }

    @Test
    void theFirstSessionMakesAMorphBetweenTwoFlowersAndPlaysIt() throws Exception {
        assertEquals("01-dahlia.jpg 02-anemone.jpg|Pause (Space)", said("first"));
    }

    @Test
    void aSessionBeginsWithTheSettingsAndPresetsThatTheOneBeforeLeft() throws Exception {
        var user = new UserFolders(
                System.getProperty("os.name"),
                folder,
                Map.of("XDG_CONFIG_HOME", folder.toString(), "APPDATA", folder.toString()));
        SettingsFile.of(user)
                .save(new StudioSettings(
                        StudioSettings.VERSION,
                        null,
                        null,
                        "abacus",
                        false,
                        false,
                        false,
                        24,
                        new StudioSettings.Place(0, 0, 1280, 800, false),
                        null,
                        null,
                        new StudioSettings.Export(List.of("GIF"), null, null, null, null, null)));
        PresetFolder.of(user).save(new Preset("My flowers", ParameterValues.NONE));
        Path samples = Path.of("assets", "samples").toAbsolutePath();
        String begun = said(
                "left",
                "My flowers",
                samples.resolve("01-dahlia.jpg").toString(),
                samples.resolve("03-marigold.jpg").toString());
        assertTrue(begun.startsWith("24|morph.gif|“abacus” is no device."), begun);
        assertTrue(begun.contains("|“loom” is no device."), begun);
    }

    /** A session whose files cannot be asked for, which shows late in the start of the window. */
    static final class Faulty {
        private Faulty() {}

        public static void main(String... arguments) throws InterruptedException {
            var files = new ArrayList<Path>() {
                @Override
                public boolean isEmpty() {
                    throw new UnsupportedOperationException("No files today");
                }
            };
            try {
                StudioApplication.open(Installation.locate(), files);
            } catch (IllegalStateException e) {
                IO.println(e.getMessage());
            }
            System.exit(0);
        }
    }

    @Test
    void aWindowThatCannotBePutTogetherEndsTheSessionAndSaysWhy() throws Exception {
        Process faulty = program(Faulty.class);
        try (BufferedReader said = faulty.inputReader(StandardCharsets.UTF_8)) {
            assertEquals(0, faulty.waitFor());
            assertEquals(
                    "The window cannot be put together: java.lang.UnsupportedOperationException: No files today",
                    said.readLine());
        } finally {
            faulty.destroyForcibly().waitFor();
        }
    }

    private String look() throws Exception {
        return said("look");
    }

    private String said(String... how) throws Exception {
        Process looking = session(how);
        try (BufferedReader found = looking.inputReader(StandardCharsets.UTF_8)) {
            return found.readLine();
        } finally {
            looking.destroyForcibly().waitFor();
        }
    }

    private boolean isKept() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.endsWith("work.morph")).toList()) {
                return Files.readString(file).contains("\"gamma\" : 0.25");
            }
            return false;
        } catch (NoSuchFileException | UncheckedIOException e) {
            return false;
        }
    }

    private Process session(String... arguments) throws IOException {
        return program(KilledSession.class, arguments);
    }

    private Process program(Class<?> program, String... arguments) throws IOException {
        List<String> options =
                List.of("-Dglass.platform=Headless", "-Dprism.order=sw", "-Duser.language=en", "-Duser.home=" + folder);
        var builder = new ProcessBuilder(JavaCommand.of(options, program, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        for (String variable : List.of("XDG_STATE_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")) {
            builder.environment().put(variable, folder.toString());
        }
        builder.environment().put("DISPLAY", "none is needed");
        return builder.start();
    }
}
