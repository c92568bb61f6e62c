package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.JavaCommand;
import dev.noisediffusion.export.Recipes;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.project.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the program does where there is no display, in a process of its own; elsewhere than on Linux there is always one. */
@EnabledOnOs(OS.LINUX)
class SampleCommandTest {
    @TempDir
    private Path folder;

    private ProcessBuilder program(String... arguments) {
        var options = List.of("-Dnoisediffusion.home=" + folder, "-Duser.home=" + folder);
        var builder = new ProcessBuilder(JavaCommand.of(options, Launcher.class, arguments)).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY", "XDG_CACHE_HOME"));
        return builder;
    }

    private Process withoutADisplay(String... arguments) throws IOException {
        return program(arguments).start();
    }

    @Test
    void withoutADisplayThereIsASentenceInPlaceOfTheWindow() throws Exception {
        Process process = withoutADisplay();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(5, process.waitFor(), said);
        assertTrue(
                said.contains("There is no display to open a window on. To render without a window: noisediffusion"),
                said);
    }

    @Test
    void whatKeepsTheToolkitFromAWindowIsToldWithWhatToDo() throws Exception {
        ProcessBuilder program = program();
        program.environment().put("DISPLAY", ":4242");
        Process process = program.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(ExitCode.NO_DISPLAY, process.waitFor(), said);
        assertTrue(said.contains("No window can be opened (Unable to open DISPLAY). On Linux it needs GTK 3"), said);
    }

    @Test
    void withoutADisplayTheSampleMorphIsRenderedAsItsModelSuggests() throws Exception {
        Path model = Fixtures.copy("unet2d-modern", Files.createDirectories(folder.resolve("models/flowers-128")));
        Files.writeString(model.resolve("studio.json"), "{\"suggested\":{\"gain\":1.4,\"steps\":4}}");
        Path samples = Files.createDirectories(folder.resolve("assets/samples"));
        for (String name : List.of("01-dahlia.jpg", "02-anemone.jpg")) {
            Files.copy(Path.of("assets", "samples", name), samples.resolve(name));
        }
        Path output = folder.resolve("morph");
        Process process = withoutADisplay("sample", "--output", output.toString());
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(ExitCode.OK, process.waitFor(), said);
        assertTrue(said.contains("There is no display"), said);
        for (String name : List.of("morph.mp4", "morph.gif", "frames")) {
            Recipe recipe = Recipe.parse(Recipes.read(output.resolve(name)).orElseThrow())
                    .orElseThrow();
            assertEquals(
                    new NoiseDiffusion(0, 2, BoundaryPlacement.BOTH, Injection.ofGain(1.4)),
                    recipe.settings().method());
            assertEquals(4, recipe.steps());
        }
    }
}
