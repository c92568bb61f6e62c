package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import dev.noisediffusion.ui.viewmodel.ExportJob;
import dev.noisediffusion.ui.viewmodel.ExportState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;

@ExtendWith(ApplicationExtension.class)
class TaskRowTest {
    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();

    /** A studio that has been asked to save its film. */
    private StudioViewModel exporting() {
        StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        FakeWorld.fill(studio);
        world.rest.elapse();
        world.exporter = (request, progress, cancellation) -> Files.createFile(request.target());
        studio.export().open();
        world.answers.add(folder);
        studio.export().chooseFolder();
        studio.export().formats().set(FilmFormat.GIF);
        studio.export().nameProperty().set("film");
        jobs.holdBack();
        studio.export().export();
        // The look at the folder, which comes before the queue.
        jobs.runLast();
        return studio;
    }

    private static Button open(TaskRow row) {
        return row.getChildren().stream()
                .filter(child -> "queue-openFile-film.gif".equals(child.getId()))
                .map(Button.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSavedFilmIsOpenedByItsButtonAndByADoubleClickOnItsRow() {
        onFx(() -> {
            StudioViewModel studio = exporting();
            ExportJob job = studio.exports().jobs().getFirst();
            var row = new TaskRow(job, studio.exports(), studio.texts());
            Node middle = row.lookup(".task-middle");
            middle.fireEvent(StudioStage.doubleClick());
            assertFalse(open(row).isVisible());
            jobs.runAll();
            assertEquals(ExportState.DONE, job.stateProperty().get());
            assertEquals(List.of(), world.opened, "it was not saved yet");
            assertTrue(open(row).isVisible() && open(row).isManaged());
            open(row).fire();
            jobs.runAll();
            middle.fireEvent(StudioStage.doubleClick());
            jobs.runAll();
            Path film = folder.resolve("film.gif");
            assertEquals(List.of(film, film), world.opened);
        });
    }

    @Test
    void aRowIsDraggedOutAsItsFile() {
        Path film = folder.resolve("film.gif");
        assertEquals(List.of(film.toFile()), TaskRow.carrying(film).getFiles());
    }
}
