package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The list of models as a person uses it. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class ModelsWindowTest {
    @TempDir
    private static Path folder;

    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) throws Exception {
        stage = given;
        world.library = Files.createTempDirectory(folder, "world");
        world.downloads = (entry, progress, cancellation) -> {
            progress.onProgress(new Progress(new Activity.Named("weights"), 0.4, Optional.of(Duration.ofSeconds(80))));
            Path target =
                    Files.createDirectories(world.library.resolve("models").resolve(entry.id()));
            return Fixtures.copy("unet2d-modern", target);
        };
        studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        StudioStage.show(stage, studio);
        StudioStage.size(stage, 1440, 900);
        studio.model().open(Path.of("models", "flowers-128"));
    }

    private boolean isShown(String query) {
        return robot.lookup(query).tryQuery().filter(Node::isVisible).isPresent();
    }

    @Test
    void aModelIsDownloadedAfterItsLicenceWasReadAndThenUsed() {
        robot.clickOn("#model-chip");
        assertTrue(isShown("#models-dialog"));
        assertTrue(isShown("#use-flowers-128") || isShown("#verify-flowers-128"));
        robot.clickOn("#download-ddpm-cat-256");
        assertTrue(isShown("#models-question"));
        assertFalse(isShown("#models-list"));
        robot.push(KeyCode.ESCAPE);
        assertFalse(isShown("#models-question"));
        assertTrue(studio.models().showingProperty().get(), "Escape answers the question and leaves the list open");
        robot.clickOn("#download-ddpm-cat-256");
        onFx(jobs::holdBack);
        robot.clickOn("#models-yes");
        assertTrue(isShown("#pause-ddpm-cat-256"));
        onFx(jobs::runAll);
        onFx(jobs::runAll);
        assertTrue(isShown("#use-ddpm-cat-256"));
        robot.clickOn("#use-ddpm-cat-256");
        onFx(jobs::runAll);
        assertFalse(studio.models().showingProperty().get());
        assertEquals("ddpm-cat-256", studio.model().name().getValue());
    }

    @Test
    void aFolderDroppedOnTheListIsAddedAndRemovedAgain() {
        robot.clickOn("#model-chip");
        var content = new ClipboardContent();
        content.putFiles(List.of(Fixtures.folder("unet2d-modern").toFile()));
        Node dialog = robot.lookup("#models-dialog").query();
        onFx(() -> new DragboardOf(content).dropOn(dialog));
        assertTrue(isShown("#model-unet2d-modern"));
        onFx(() -> studio.models().remove(studio.models().rows().get(1)));
        robot.clickOn("#models-yes");
        assertFalse(isShown("#model-unet2d-modern"));
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.models().showingProperty().get());
    }

    @Test
    void aDroppedZipIsUnpackedWhileALineTellsOfIt() throws IOException {
        Path zip = Fixtures.zip("unet2d-modern", "", folder.resolve("small.zip"));
        robot.clickOn("#model-chip");
        assertFalse(isShown("#models-unpacking"));
        onFx(jobs::holdBack);
        var content = new ClipboardContent();
        content.putFiles(List.of(zip.toFile()));
        Node dialog = robot.lookup("#models-dialog").query();
        onFx(() -> new DragboardOf(content).dropOn(dialog));
        assertTrue(isShown("#models-unpacking"));
        Screenshots.take(stage.getScene(), "models-unpacking");
        onFx(jobs::runAll);
        assertFalse(isShown("#models-unpacking"));
        assertTrue(isShown("#use-small"));
    }

    @Test
    void offlineDownloadsAreOffUntilTheSwitchIsTurnedAgain() {
        robot.clickOn("#model-chip");
        assertFalse(isShown("#models-offline-note"));
        robot.clickOn("#models-offline");
        assertTrue(isShown("#models-offline-note"));
        assertTrue(robot.lookup("#download-ddpm-cat-256").query().isDisabled());
        Screenshots.take(stage.getScene(), "models-offline");
        robot.clickOn("#models-offline");
        assertFalse(isShown("#models-offline-note"));
        assertFalse(robot.lookup("#download-ddpm-cat-256").query().isDisabled());
    }

    @Test
    void verifyingAnswersOnTheRow() {
        robot.clickOn("#model-chip");
        robot.clickOn("#verify-flowers-128");
        Label note = robot.lookup("#note-flowers-128").queryAs(Label.class);
        assertTrue(note.getText().startsWith("Verified"), note::getText);
    }

    @Test
    void picturesOfTheList() {
        robot.clickOn("#model-chip");
        onFx(() -> {
            studio.models().add(List.of(Fixtures.folder("unet2d-modern").toAbsolutePath()));
            studio.models().verify(studio.models().rows().getFirst());
            jobs.holdBack();
            studio.models().download(studio.models().rows().get(3));
            studio.models().accept();
        });
        assertTrue(isShown("#model-unet2d-modern"));
        Screenshots.take(stage.getScene(), "models");
        onFx(() -> studio.models().download(studio.models().rows().get(2)));
        assertTrue(isShown("#models-question"));
        Screenshots.take(stage.getScene(), "models-licence");
    }
}
