package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.ui.FakeWorld;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileDialogsTest {
    private final FakeWorld world = new FakeWorld();
    private final StudioViewModel studio = world.renderedStudio();

    private void assertAsks(String expected, Runnable command) {
        world.asked.clear();
        command.run();
        assertEquals(List.of(expected), world.asked);
    }

    @Test
    void everyCommandAsksWithItsOwnDialogNameAndEnding() {
        assertAsks("pictures", studio.keyframes()::browse);
        assertAsks(
                "pictures",
                () -> studio.keyframes().browseFor(studio.keyframes().slots().getFirst()));
        assertAsks("model", studio.model()::choose);
        assertAsks("model", studio.models()::addFolder);
        assertAsks("project to open | .morph", studio.work().project()::open);
        assertAsks("project | Untitled.morph | .morph", studio.work().project()::save);
        assertAsks(
                "still | frame-5.png | .png",
                () -> studio.still().save(studio.film().cells().get(4)));
        assertAsks("experiment", studio.lab().setup()::openExperiment);
        assertAsks("photographs", studio.lab().setup()::chooseFolder);
        assertAsks("photographs", studio.critic()::train);
        studio.sheet().openContactSheet();
        assertAsks("sheet | sheet.png | .png", studio.sheet()::export);
    }

    @Test
    void theFolderOfExportsIsAskedForFromTheOneThatIsChosen() {
        studio.export().open();
        Path films = Path.of("films").toAbsolutePath();
        world.answers.add(films);
        assertAsks("export | " + Path.of(System.getProperty("user.home")), studio.export()::chooseFolder);
        assertAsks("export | " + films, studio.export()::chooseFolder);
    }
}
