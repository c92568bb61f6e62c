package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.ScriptedCritic;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.nio.file.Path;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The artifact critic in the real window. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class CriticWindowTest {
    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private final SettingsViewModel settings = FakeWorld.unsaved();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        world.modelSide = 128;
        world.pictures = new FileReader();
        studio = world.studio();
        StudioStage.show(stage, studio, settings);
        studio.model().open(Path.of("Flowers 128"));
        studio.parameters().steps().set(10);
        studio.keyframes().add(StudioStage.samples("01-dahlia.jpg", "03-marigold.jpg"));
        world.rest.elapse();
        studio.playback().seek(4);
    }

    private boolean isShown(String query) {
        return robot.lookup(query).queryAll().stream().anyMatch(Node::isVisible);
    }

    private void switchOn() {
        robot.clickOn("#settings");
        waitForFxEvents();
        robot.clickOn("#settings-artifacts");
        robot.clickOn("#settings-dialog-close");
        waitForFxEvents();
    }

    @Test
    void marksAreOffAtFirstAndTheSwitchIsInTheSettings() {
        world.critics.put("id of Flowers 128", new ScriptedCritic(true));
        assertFalse(isShown("#critic-bar"));
        assertFalse(isShown(".score-mark"));
        switchOn();
        assertTrue(settings.artifactMarksProperty().get());
        assertTrue(isShown("#critic-bar"));
        assertTrue(isShown(".score-mark"));
        Node cell = robot.lookup(".frame-cell").match(Node::isVisible).query();
        assertTrue(cell.getAccessibleText().contains(", Artifact score 0."), cell.getAccessibleText());
        Screenshots.take(stage.getScene(), "critic-marks");
        robot.clickOn("#critic-off");
        waitForFxEvents();
        assertFalse(isShown("#critic-bar"));
        assertFalse(isShown(".score-mark"));
        assertFalse(settings.artifactMarksProperty().get());
    }

    @Test
    void theHeatMapLiesExactlyOverTheFrame() {
        world.critics.put("id of Flowers 128", new ScriptedCritic(true));
        switchOn();
        assertFalse(isShown("#artifact-heat"));
        robot.clickOn("#critic-heat");
        waitForFxEvents();
        assertTrue(isShown("#artifact-heat"));
        Node heat = robot.lookup("#artifact-heat").query();
        Node picture = robot.lookup("#preview-main .image-view").query();
        Bounds over = heat.localToScene(heat.getLayoutBounds());
        Bounds under = picture.localToScene(picture.getLayoutBounds());
        assertEquals(under.getMinX(), over.getMinX(), 0.5);
        assertEquals(under.getMinY(), over.getMinY(), 0.5);
        assertEquals(under.getWidth(), over.getWidth(), 0.5);
        assertEquals(under.getHeight(), over.getHeight(), 0.5);
        Screenshots.take(stage.getScene(), "critic-heat");
    }

    @Test
    void withoutACriticOneIsTrainedAndItsWorthIsShown() {
        switchOn();
        assertTrue(text("#critic-message").startsWith("No artifact critic has been trained for Flowers 128"));
        assertFalse(isShown("#critic-heat"));
        Screenshots.take(stage.getScene(), "critic-missing");
        world.answers.add(Path.of("flowers"));
        world.trained.add(new ScriptedCritic(false));
        robot.clickOn("#critic-train");
        waitForFxEvents();
        assertTrue(text("#critic-message").contains("not good enough to use"));
        assertFalse(isShown(".score-mark"));
        world.answers.add(Path.of("more flowers"));
        world.trained.add(new ScriptedCritic(true));
        robot.clickOn("#critic-train");
        waitForFxEvents();
        assertTrue(text("#critic-message").contains("AUC 0.94 (0.90 to 0.97)"));
        assertTrue(isShown(".score-mark"));
    }

    @Test
    void howATrainingEndedWhoseMarksAreOffIsToldAboveThePictures() {
        world.answers.add(Path.of("flowers"));
        world.trained.add(new ScriptedCritic(true));
        assertFalse(isShown("#critic-news"));
        onFx(studio.critic()::train);
        assertFalse(isShown("#critic-bar"));
        assertTrue(isShown("#critic-news"));
        onFx(studio.critic()::dismissNews);
        assertFalse(isShown("#critic-news"));
    }

    private String text(String query) {
        return robot.lookup(query).queryAs(Label.class).getText();
    }
}
