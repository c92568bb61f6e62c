package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.mouse;
import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import dev.noisediffusion.ui.viewmodel.RenderState;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.SlotState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Who hears the keyboard of the real window. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class KeyboardWindowTest {
    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner renders = new SwitchedJobRunner();
    private final SettingsViewModel settings = StudioStage.darkSettings();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        studio = world.studio(new InlineJobRunner(), renders, world.rest);
        FakeWorld.fill(studio);
        world.rest.elapse();
        StudioStage.show(stage, studio, settings);
        StudioStage.size(stage, 1440, 900);
    }

    private TextField typed(String digits) {
        TextField field = robot.lookup("#parameter-gamma .number-field").queryAs(TextField.class);
        robot.doubleClickOn(field).write(digits);
        return field;
    }

    private List<String> menu() {
        waitForFxEvents();
        return Window.getWindows().stream()
                .filter(ContextMenu.class::isInstance)
                .map(ContextMenu.class::cast)
                .flatMap(menu -> menu.getItems().stream())
                .filter(item -> !item.isDisable())
                .map(MenuItem::getId)
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void escapeTakesBackWhatWasTypedAndThenClosesWhatIsOpen() {
        onFx(() -> studio.sheet().openContactSheet());
        TextField field = typed("0.7");
        robot.push(KeyCode.ESCAPE);
        assertEquals("0.00", field.getText());
        assertTrue(studio.sheet().isOpen());
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.sheet().isOpen());
        robot.clickOn("#preview-main");
        assertEquals(0, studio.parameters().gamma().get());
    }

    @Test
    void escapeLaysTheBrushAwayBeforeItEndsWork() {
        renders.holdBack();
        onFx(() -> {
            studio.parameters().gain().set(0.7);
            studio.render().start();
            studio.maskTool().toggle();
            studio.exports().toggle();
        });
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.exports().showingProperty().get());
        assertTrue(studio.maskTool().inHandProperty().get());
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.maskTool().inHandProperty().get());
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        robot.push(KeyCode.ESCAPE);
        assertEquals(RenderState.CANCELLED, studio.render().stateProperty().get());
    }

    @Test
    void aClickOnThePictureLetsGoOfTheFieldThatWasTypedIn() {
        typed("0.3");
        robot.clickOn("#preview-main");
        robot.push(KeyCode.SPACE);
        assertTrue(studio.playback().playingProperty().get());
        onFx(studio.playback()::pause);
        assertEquals(0.3, studio.parameters().gamma().get());
    }

    @Test
    void aClickChoosesAPictureForItsKeys() {
        robot.clickOn(".slot .crop");
        robot.push(KeyCode.D);
        assertEquals(3, studio.keyframes().slots().size());
        robot.clickOn(".slot .crop");
        robot.push(KeyCode.DELETE);
        robot.clickOn(".slot .crop");
        robot.push(KeyCode.DELETE);
        assertEquals(
                SlotState.EMPTY,
                studio.keyframes().slots().getLast().stateProperty().get());
    }

    @Test
    void theFirstPictureCannotComeEarlierAndTheLastNotLater() {
        robot.moveTo(".slot .crop");
        List<Node> tools = List.copyOf(robot.lookup(".slot-tools .button").queryAll());
        assertTrue(tools.get(0).isDisabled());
        assertFalse(tools.get(1).isDisabled());
        robot.clickOn(tools.get(1));
        assertEquals("blue.png", studio.keyframes().slots().getFirst().name().getValue());
        assertTrue(tools.get(1).isDisabled());
        assertFalse(tools.get(0).isDisabled());
    }

    @Test
    void ctrlWithAltTypesAndDoesNothingElse() {
        robot.push(KeyCode.CONTROL, KeyCode.ALT, KeyCode.E);
        assertFalse(studio.export().showingProperty().get());
        robot.push(KeyCode.CONTROL, KeyCode.E);
        assertTrue(studio.export().showingProperty().get());
    }

    @Test
    void theFramesOfAWayAreTakenBackToo() {
        robot.clickOn(".segment-chip");
        TextField field = robot.lookup("#segment-frames").queryAs(TextField.class);
        robot.doubleClickOn(field).write("40").push(KeyCode.ESCAPE);
        assertEquals("16", field.getText());
        robot.doubleClickOn(field).write("40").push(KeyCode.ENTER);
        assertEquals(
                40, studio.path().behind(studio.keyframes().slots().getFirst()).frames());
    }

    @Test
    void spaceOpensTheHealthOfTheNoise() {
        onFx(() -> {
            TitledPane health = robot.lookup("#noise-health").queryAs(TitledPane.class);
            health.requestFocus();
            // Focus is seen where it came by the keyboard.
            health.requestFocusTraversal(TraversalDirection.NEXT);
            stage.getScene().getFocusOwner().requestFocusTraversal(TraversalDirection.PREVIOUS);
        });
        robot.push(KeyCode.SPACE);
        assertTrue(settings.healthOpenProperty().get());
        assertFalse(studio.playback().playingProperty().get());
    }

    @Test
    void theBoundaryIsDeadWhileItIsOff() {
        Node slider = robot.lookup("#parameter-boundary .slider").query();
        assertFalse(slider.isDisabled());
        robot.clickOn("#boundary-off");
        assertTrue(slider.isDisabled());
        assertTrue(robot.lookup("#parameter-boundary .number-field").query().isDisabled());
        robot.clickOn("#boundary-off");
        assertFalse(slider.isDisabled());
    }

    @Test
    void shiftMakesADragFinerFromThereOn() {
        Node name = robot.lookup("#parameter-gamma .parameter-name").query();
        onFx(() -> {
            name.fireEvent(mouse(MouseEvent.MOUSE_PRESSED, 10, 10, false));
            name.fireEvent(mouse(MouseEvent.MOUSE_DRAGGED, 10 + 56, 10, false));
        });
        assertEquals(0.2, studio.parameters().gamma().get());
        onFx(() -> name.fireEvent(mouse(MouseEvent.MOUSE_DRAGGED, 10 + 56 + 28, 10, true)));
        assertEquals(0.21, studio.parameters().gamma().get());
        onFx(() -> name.fireEvent(mouse(MouseEvent.MOUSE_DRAGGED, 10 + 56 + 28 + 28, 10, false)));
        assertEquals(0.31, studio.parameters().gamma().get());
    }

    @Test
    void theProjectIsOpenedThoughAFieldHasItsOwnUndo() {
        typed("0.4");
        world.answers.add(Path.of("red.png"));
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
        waitForFxEvents();
        assertEquals(2, studio.keyframes().slots().size());
        assertTrue(world.answers.isEmpty());
    }

    @Test
    void theMenuOfTheFilmComesByKeyAndTheOneOfThePictureByMouse() {
        ListView<?> film = robot.lookup("#filmstrip").queryListView();
        // Menus find room on the screen beneath it.
        onFx(() -> StudioStage.size(stage, 1024, 560));
        onFx(() -> {
            film.requestFocus();
            Point2D at = film.localToScreen(10, 10);
            film.fireEvent(new ContextMenuEvent(
                    ContextMenuEvent.CONTEXT_MENU_REQUESTED, 10, 10, at.getX(), at.getY(), true, null));
        });
        assertTrue(menu().containsAll(List.of("frames-reroll", "still-save", "still-copy")));
        robot.push(KeyCode.ESCAPE);
        robot.rightClickOn("#preview-main");
        assertTrue(menu().contains("still-copy"));
        robot.push(KeyCode.ESCAPE);
        onFx(film::requestFocus);
        robot.push(KeyCode.CONTROL, KeyCode.C);
        onFx(() -> assertTrue(Clipboard.getSystemClipboard().hasImage()));
    }

    @Test
    void aNameThatIsTakenIsAskedAboutByKeyboard() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "user", "taken"));
        Files.writeString(folder.resolve("taken.mp4"), "there");
        onFx(() -> {
            studio.export().open();
            world.answers.add(folder);
            studio.export().chooseFolder();
            studio.export().nameProperty().set("taken");
        });
        robot.push(KeyCode.ENTER);
        assertFalse(studio.export().clashProperty().get().isEmpty());
        robot.push(KeyCode.ESCAPE);
        assertTrue(studio.export().clashProperty().get().isEmpty());
        assertTrue(studio.export().showingProperty().get());
        robot.push(KeyCode.ENTER);
        robot.push(KeyCode.ENTER);
        assertFalse(studio.export().showingProperty().get());
        assertEquals(
                List.of(folder.resolve("taken-2.mp4")),
                world.exports.stream().map(request -> request.target()).toList());
    }
}
