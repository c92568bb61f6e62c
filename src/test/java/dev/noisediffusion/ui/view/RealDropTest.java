package dev.noisediffusion.ui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.io.TempDir;

/** The headless platform knows no drags, so this one is done on an X server of its own, in a process of its own. */
class RealDropTest {
    @TempDir
    private Path folder;

    @Test
    void aFileDraggedWithTheMouseFromAnotherWindowLandsInTheSlot() throws Exception {
        assumeTrue(isInstalled("xvfb-run"), "Not run: xvfb-run is not installed, so there is no X server to drag on");
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
