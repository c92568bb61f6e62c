package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import dev.noisediffusion.ui.viewmodel.ProjectViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What is asked before the window closes, where the answers take their time. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class ClosingWindowTest {
    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();
    private final AtomicBoolean released = new AtomicBoolean();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        StudioStage.show(stage, studio, FakeWorld.unsaved(), () -> released.set(true));
        StudioStage.size(stage, 1280, 800);
        FakeWorld.fill(studio);
        world.rest.elapse();
    }

    private void saveAs(String name) {
        world.answers.add(folder.resolve(name));
        studio.work().project().saveAs();
    }

    /** Asks for an export, and has it begun. */
    private void export() {
        studio.export().open();
        world.answers.add(folder);
        studio.export().chooseFolder();
        studio.export().export();
        // Looks whether files are in the way, which begins the export.
        jobs.runLast();
    }

    private void askToClose() {
        stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
    }

    private void askToCloseDuringAnExport() {
        onFx(() -> {
            saveAs("rose.morph");
            jobs.holdBack();
            export();
            askToClose();
        });
        assertTrue(studio.exports().askingProperty().get());
    }

    @Test
    void anExportThatIsCancelledAndHasNotEndedDoesNotKeepTheWindow() {
        askToCloseDuringAnExport();
        robot.clickOn("#unfinished-cancel");
        assertEquals(1, studio.exports().unfinishedProperty().get());
        assertFalse(studio.exports().askingProperty().get());
        assertTrue(released.get());
        assertFalse(stage.isShowing());
    }

    @Test
    void enterFinishesTheExportsBeforeTheWindowCloses() {
        askToCloseDuringAnExport();
        robot.push(KeyCode.ENTER);
        assertFalse(studio.exports().askingProperty().get());
        assertFalse(released.get());
        assertTrue(stage.isShowing());
        onFx(jobs::runAll);
        assertEquals(1, world.exports.size());
        assertTrue(released.get());
        assertFalse(stage.isShowing());
    }

    @Test
    void whoStaysKeepsTheWindowAndTheExport() {
        askToCloseDuringAnExport();
        robot.clickOn("#unfinished-stay");
        assertFalse(studio.exports().askingProperty().get());
        assertEquals(List.of(), world.exports);
        onFx(jobs::runAll);
        assertEquals(1, world.exports.size());
        assertFalse(released.get());
        assertTrue(stage.isShowing());
    }

    @Test
    void whatIsDoneWhileExportsAreFinishedIsAskedForBeforeTheWindowCloses() {
        ProjectViewModel project = studio.work().project();
        onFx(() -> {
            saveAs("rose.morph");
            jobs.holdBack();
            saveAs("copy.morph");
            askToClose();
        });
        assertEquals(
                "The window closes when the project is saved. Esc cancels the saving.",
                project.messageProperty().get());
        onFx(() -> {
            export();
            // The copy.
            jobs.runNext();
        });
        assertTrue(studio.exports().askingProperty().get());
        onFx(() -> {
            studio.exports().finishAndGoOn();
            studio.parameters().gamma().set(0.5);
            jobs.runNext();
        });
        assertEquals(1, world.exports.size());
        assertTrue(project.askingProperty().get());
        assertFalse(released.get());
        onFx(project::discardAndGoOn);
        assertTrue(released.get());
        assertFalse(stage.isShowing());
    }
}
