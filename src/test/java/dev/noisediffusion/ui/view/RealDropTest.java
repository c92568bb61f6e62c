package dev.noisediffusion.ui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noisediffusion.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The headless platform knows no drags, so this one is done on an X server of its own, in a process of its own. It is left out
 * where there is none, but not where the environment says CI.
 */
@EnabledOnOs(OS.LINUX)
class RealDropTest {
    @TempDir
    private Path folder;

    @Test
    void aFileDraggedWithTheMouseFromAnotherWindowLandsInTheSlot() throws Exception {
        boolean installed = isInstalled("xvfb-run");
        String reason = "xvfb-run is not installed, so there is no X server to drag on";
        assertTrue(installed || System.getenv("CI") == null, reason);
        assumeTrue(installed, "Not run: " + reason);
        Path log = folder.resolve("log");
        var command = new ArrayList<>(List.of("xvfb-run", "--auto-servernum", "--server-args=-screen 0 1440x900x24"));
        command.addAll(JavaCommand.of(
                List.of(),
                RealDrop.class,
                Path.of("assets/samples/01-dahlia.jpg").toAbsolutePath().toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> read(log));
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(File.pathSeparator))
                        .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
