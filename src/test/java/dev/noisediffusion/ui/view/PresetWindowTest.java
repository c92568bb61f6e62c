package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.atOnce;
import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Presets and what the studio keeps, by mouse and keyboard. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class PresetWindowTest {
    @TempDir
    private static Path folder;

    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) throws Exception {
        stage = given;
        Path own = Files.createTempDirectory(folder, "own");
        world.presets = own.resolve("presets");
        world.graphs = own.resolve("graphs");
        Files.write(Files.createDirectories(world.graphs.resolve("a")).resolve("weights"), new byte[2_000_000]);
        Files.createFile(world.graphs.resolve("a.lock"));
        studio = world.studio();
        StudioStage.show(stage, studio, StudioStage.darkSettings());
        StudioStage.size(stage, 1280, 800);
    }

    private MenuButton menu() {
        return robot.lookup("#preset").queryAs(MenuButton.class);
    }

    private void choose(String id) {
        atOnce(() -> menu().show());
        waitForFxEvents();
        MenuItem item = menu().getItems().stream()
                .filter(candidate -> id.equals(candidate.getId()))
                .findFirst()
                .orElseThrow();
        atOnce(item::fire);
        atOnce(() -> menu().hide());
        waitForFxEvents();
    }

    @Test
    void aLookIsChosenSavedRenamedAndForgotten() {
        assertEquals("Paper", menu().getText());
        choose("preset-Dreamy");
        assertEquals("Dreamy", menu().getText());
        atOnce(() -> menu().show());
        Screenshots.take(stage.getScene(), "preset-menu");
        atOnce(() -> menu().hide());
        atOnce(() -> studio.parameters().gamma().set(0.42));
        assertEquals("Custom", menu().getText());
        choose("preset-save");
        robot.write("Mine").push(KeyCode.ENTER);
        assertEquals("Mine", menu().getText());
        choose("preset-rename");
        robot.write("Ours").push(KeyCode.ENTER);
        assertEquals("Ours", menu().getText());
        choose("preset-save");
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.presets().namingProperty().get());
        choose("preset-delete");
        assertEquals("Custom", menu().getText());
    }

    @Test
    void whatIsSaidOfANameIsReadToItsEnd() {
        String name = "A look for slow melts of flowers in the evening light, with much more noise than the one before";
        choose("preset-save");
        onFx(() -> {
            studio.presets().nameProperty().set(name);
            studio.presets().takeName();
        });
        choose("preset-save");
        onFx(() -> studio.presets().nameProperty().set(name));
        onFx(() -> stage.getScene().getRoot().layout());
        Label problem = robot.lookup("#preset-problem").queryAs(Label.class);
        assertEquals(world.texts.get("preset.replaces", name), problem.getText());
        assertEquals(problem.getText(), ((Text) problem.lookup(".text")).getText());
    }

    @Test
    void theSettingsShowWhatTheStudioKeepsAndClearIt() throws Exception {
        robot.clickOn("#settings");
        assertEquals(
                "2.0 MB", robot.lookup("#storage-cache").queryAs(Label.class).getText());
        Screenshots.take(stage.getScene(), "settings-storage");
        robot.clickOn("#storage-clear");
        assertEquals(
                "0.0 MB", robot.lookup("#storage-cache").queryAs(Label.class).getText());
        assertTrue(robot.lookup("#storage-clear").queryAs(Node.class).isDisabled());
        try (Stream<Path> left = Files.list(world.graphs)) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void theTasksAreOpenedAndClosed() {
        assertTrue(robot.lookup("#tasks-panel").tryQuery().isEmpty());
        robot.clickOn("#tasks");
        Node panel = robot.lookup("#tasks-panel").query();
        assertTrue(panel.isVisible());
        Screenshots.take(stage.getScene(), "queue-empty");
        robot.clickOn("#tasks-close");
        assertFalse(panel.isVisible());
    }
}
