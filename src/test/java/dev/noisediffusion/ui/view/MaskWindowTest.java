package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.morph.Mask;
import dev.noisediffusion.morph.Masks;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.viewmodel.BrushMode;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.ThemeChoice;
import dev.noisediffusion.ui.viewmodel.Viewport;
import java.nio.file.Path;
import java.util.List;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Masks are painted in the real window. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class MaskWindowTest {
    private final FakeWorld world = new FakeWorld();
    private final SettingsViewModel settings = FakeWorld.unsaved();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        world.modelSide = 128;
        world.pictures = new FileReader();
        studio = world.studio();
        StudioStage.show(stage, studio, settings);
        StudioStage.size(stage, 1440, 900);
        studio.model().open(Path.of("Flowers 128"));
        studio.parameters().steps().set(4);
        studio.parameters().gamma().set(0.4);
        studio.keyframes().add(StudioStage.samples("01-dahlia.jpg", "03-marigold.jpg"));
        world.rest.elapse();
        studio.playback().seek(8);
    }

    private Node node(String query) {
        return robot.lookup(query).query();
    }

    /** A place of the picture on the screen, in fractions of its sides. */
    private Point2D place(double x, double y) {
        Bounds bounds =
                node("#mask-overlay").localToScreen(node("#mask-overlay").getLayoutBounds());
        return new Point2D(bounds.getMinX() + x * bounds.getWidth(), bounds.getMinY() + y * bounds.getHeight());
    }

    private void stroke(double fromX, double fromY, double toX, double toY) {
        robot.moveTo(place(fromX, fromY)).press(MouseButton.PRIMARY);
        robot.moveTo(place((fromX + toX) / 2, (fromY + toY) / 2)).moveTo(place(toX, toY));
        robot.release(MouseButton.PRIMARY);
        waitForFxEvents();
    }

    /** As a keyboard on which the character has a key of its own would. */
    private void type(String character) {
        onFx(() -> Event.fireEvent(
                stage.getScene().getFocusOwner(),
                new KeyEvent(KeyEvent.KEY_TYPED, character, "", KeyCode.UNDEFINED, false, false, false, false)));
    }

    private Masks inTheRequest() {
        return ((NoiseDiffusion) studio.parameters().settings(2).method()).masks();
    }

    @Test
    void aStrokeOnThePictureChangesTheRequestThereAndIsUndone() {
        assertFalse(node("#mask-overlay").isVisible());
        robot.push(KeyCode.M);
        waitForFxEvents();
        assertTrue(node("#mask-palette").isVisible() && node("#mask-overlay").isVisible());
        assertFalse(node("#mask-dot").isVisible());
        stroke(0.2, 0.25, 0.8, 0.25);
        Mask painted = inTheRequest().gamma();
        assertTrue(painted.step(64, 32) > Mask.NEUTRAL_STEP, "painted " + painted.step(64, 32));
        assertEquals(Mask.NEUTRAL_STEP, painted.step(64, 96));
        assertTrue(node("#mask-dot").isVisible());
        robot.clickOn("#brush-LESS");
        stroke(0.3, 0.7, 0.7, 0.7);
        assertTrue(inTheRequest().gamma().step(64, 90) < Mask.NEUTRAL_STEP);
        robot.moveTo(place(0.6, 0.45));
        Screenshots.take(stage.getScene(), "mask");
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        assertEquals(painted, inTheRequest().gamma());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        assertEquals(Masks.NONE, inTheRequest());
        robot.push(KeyCode.ESCAPE);
        waitForFxEvents();
        assertFalse(node("#mask-overlay").isVisible());
    }

    @Test
    void thePaletteSoftensInvertsAndClears() {
        robot.clickOn("#mask");
        robot.clickOn("#mask-target-INJECTION");
        assertTrue(node("#mask-soften").isDisabled());
        stroke(0.4, 0.5, 0.6, 0.5);
        Mask painted = inTheRequest().injection();
        assertTrue(painted.step(64, 64) > Mask.NEUTRAL_STEP);
        robot.clickOn("#mask-invert");
        assertEquals(painted.inverted(), inTheRequest().injection());
        robot.clickOn("#mask-soften");
        assertEquals(painted.inverted().softened(), inTheRequest().injection());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        assertEquals(painted.inverted(), inTheRequest().injection());
        robot.clickOn("#mask-clear");
        assertEquals(Masks.NONE, inTheRequest());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        robot.clickOn("#mask-target-BOUNDARY");
        stroke(0.4, 0.2, 0.6, 0.2);
        robot.clickOn("#mask-clearAll");
        assertEquals(Masks.NONE, inTheRequest());
        assertNotEquals("", studio.work().history().undoNameProperty().get());
    }

    @Test
    void theMarkBesideASettingOpensItsMaskAndItsKeysResizeTheBrush() {
        robot.clickOn("#mask-mark-BOUNDARY");
        Label note = (Label) node("#mask-note");
        assertEquals(world.texts.get("mask.note.BOUNDARY"), note.getText());
        double before = studio.maskTool().size().get();
        assertEquals("25%", ((Label) node(".mask-value")).getText());
        type("]");
        double larger = studio.maskTool().size().get();
        assertTrue(larger > before);
        type("[");
        type("[");
        assertTrue(studio.maskTool().size().get() < before);
        onFx(() -> studio.parameters().boundaryOffProperty().set(true));
        assertEquals(world.texts.get("mask.note.boundary"), note.getText());
        stroke(0.5, 0.5, 0.6, 0.5);
        assertTrue(inTheRequest().boundary().step(64, 64) > Mask.NEUTRAL_STEP);
    }

    @Test
    void theMarksStandBehindTheNamesAndNotBeforeTheNumbers() {
        for (String setting : List.of("gamma", "boundary", "gain")) {
            HBox line = (HBox) node("#parameter-" + setting + " .parameter-line");
            assertTrue(line.getChildren().get(0).getStyleClass().contains("parameter-name"), setting);
            assertTrue(line.getChildren().get(1).getStyleClass().contains("mask-mark"), setting);
        }
    }

    @Test
    void theArrowsChooseMaskAndStrokeAndLeaveTheFilmAlone() {
        robot.clickOn("#mask");
        onFx(() -> node("#mask-target-GAMMA").requestFocus());
        robot.push(KeyCode.RIGHT).push(KeyCode.DOWN);
        assertTrue(((ToggleButton) node("#mask-target-INJECTION")).isSelected());
        assertFalse(((ToggleButton) node("#mask-target-GAMMA")).isSelected());
        Label note = (Label) node("#mask-note");
        assertEquals(world.texts.get("mask.note.INJECTION"), note.getText());
        robot.push(KeyCode.UP);
        assertEquals(world.texts.get("mask.note.BOUNDARY"), note.getText());
        onFx(() -> node("#brush-MORE").requestFocus());
        robot.push(KeyCode.RIGHT);
        assertEquals(BrushMode.LESS, studio.maskTool().mode().get());
        assertEquals(8, studio.playback().indexProperty().get());
    }

    @Test
    void theKeysOfTheFrameWaitUntilTheBrushIsLaidAway() {
        robot.push(KeyCode.M);
        stroke(0.4, 0.5, 0.6, 0.5);
        onFx(world.rest::elapse);
        robot.push(KeyCode.F).push(KeyCode.DELETE);
        onFx(world.rest::elapse);
        assertEquals(17, studio.film().cells().size());
        assertFalse(studio.film().cells().get(8).marksProperty().get().favouriteShown());
        robot.push(KeyCode.ESCAPE);
        robot.push(KeyCode.F);
        assertTrue(studio.film().cells().get(8).marksProperty().get().favouriteShown());
    }

    @Test
    void theMiddleButtonMovesWhatIsZoomedAndTheLeftOnePaints() {
        robot.push(KeyCode.M);
        onFx(() -> studio.preview().zoom().zoomAt(4, 0.5, 0.5));
        Viewport before = studio.preview().zoom().viewportProperty().get();
        robot.moveTo(place(0.4, 0.4)).press(MouseButton.MIDDLE);
        robot.moveTo(place(0.5, 0.5)).moveTo(place(0.6, 0.6));
        robot.release(MouseButton.MIDDLE);
        waitForFxEvents();
        Viewport after = studio.preview().zoom().viewportProperty().get();
        assertTrue(after.x() < before.x() && after.y() < before.y(), after::toString);
        assertEquals(Masks.NONE, inTheRequest());
        stroke(0.4, 0.4, 0.5, 0.5);
        assertEquals(after, studio.preview().zoom().viewportProperty().get());
        assertNotEquals(Masks.NONE, inTheRequest());
    }

    /** The robot's own mouse does not say which buttons are down. */
    private void mouse(EventType<MouseEvent> type, MouseButton button, double place, List<MouseButton> down) {
        onFx(() -> {
            Node overlay = node("#mask-overlay");
            Bounds bounds = overlay.localToScene(overlay.getLayoutBounds());
            double x = bounds.getMinX() + place * bounds.getWidth();
            double y = bounds.getMinY() + place * bounds.getHeight();
            Event.fireEvent(
                    overlay,
                    new MouseEvent(
                            type,
                            x,
                            y,
                            x,
                            y,
                            button,
                            1,
                            false,
                            false,
                            false,
                            false,
                            down.contains(MouseButton.PRIMARY),
                            down.contains(MouseButton.MIDDLE),
                            false,
                            false,
                            false,
                            false,
                            null));
        });
    }

    private void scroll(double dx, double dy, boolean shift) {
        onFx(() -> {
            Node overlay = node("#mask-overlay");
            Bounds bounds = overlay.localToScene(overlay.getLayoutBounds());
            double x = bounds.getCenterX();
            double y = bounds.getCenterY();
            Event.fireEvent(
                    overlay,
                    new ScrollEvent(
                            ScrollEvent.SCROLL,
                            x,
                            y,
                            x,
                            y,
                            shift,
                            false,
                            false,
                            false,
                            false,
                            false,
                            dx,
                            dy,
                            dx,
                            dy,
                            ScrollEvent.HorizontalTextScrollUnits.NONE,
                            0,
                            ScrollEvent.VerticalTextScrollUnits.NONE,
                            0,
                            0,
                            null));
        });
    }

    @Test
    void scrollingSidewaysMovesWhatIsZoomedUnderTheBrushToo() {
        robot.push(KeyCode.M);
        onFx(() -> studio.preview().zoom().zoomAt(4, 0.5, 0.5));
        Viewport before = studio.preview().zoom().viewportProperty().get();
        scroll(40, 5, false);
        Viewport aside = studio.preview().zoom().viewportProperty().get();
        assertTrue(aside.x() < before.x(), aside::toString);
        scroll(0, 40, true);
        Viewport above = studio.preview().zoom().viewportProperty().get();
        assertEquals(aside.x(), above.x());
        assertTrue(above.y() < aside.y(), above::toString);
        assertEquals(4, studio.preview().zoom().scale());
        scroll(5, 40, false);
        assertEquals(5, studio.preview().zoom().scale(), 1e-9);
        assertEquals(Masks.NONE, inTheRequest());
    }

    @Test
    void aDabWhileThePictureIsMovedDoesNotMakeItJump() {
        robot.push(KeyCode.M);
        onFx(() -> studio.preview().zoom().zoomAt(4, 0.5, 0.5));
        Viewport before = studio.preview().zoom().viewportProperty().get();
        List<MouseButton> middle = List.of(MouseButton.MIDDLE);
        List<MouseButton> both = List.of(MouseButton.PRIMARY, MouseButton.MIDDLE);
        mouse(MouseEvent.MOUSE_PRESSED, MouseButton.MIDDLE, 0.4, middle);
        mouse(MouseEvent.MOUSE_DRAGGED, MouseButton.MIDDLE, 0.45, middle);
        Viewport moved = studio.preview().zoom().viewportProperty().get();
        assertNotEquals(before, moved);
        mouse(MouseEvent.MOUSE_PRESSED, MouseButton.PRIMARY, 0.45, both);
        mouse(MouseEvent.MOUSE_DRAGGED, MouseButton.PRIMARY, 0.55, both);
        mouse(MouseEvent.MOUSE_RELEASED, MouseButton.PRIMARY, 0.55, middle);
        mouse(MouseEvent.MOUSE_DRAGGED, MouseButton.MIDDLE, 0.6, middle);
        assertEquals(moved, studio.preview().zoom().viewportProperty().get());
        assertNotEquals(Masks.NONE, inTheRequest());
    }

    @Test
    void inTheSmallestWindowEverythingIsReached() {
        onFx(() -> {
            settings.theme().set(ThemeChoice.DARK);
            StudioStage.size(stage, 1024, 640);
            studio.maskTool().toggle();
        });
        stroke(0.3, 0.3, 0.7, 0.7);
        assertTrue(inTheRequest().gamma().step(64, 64) > Mask.NEUTRAL_STEP);
        Screenshots.take(stage.getScene(), "mask-small");
    }
}
