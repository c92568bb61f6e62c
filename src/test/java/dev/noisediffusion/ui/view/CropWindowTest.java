package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitFor;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.viewmodel.KeyframeViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Viewport;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The crop of a picture in the real window: what shows through it while it moves, and the mirror. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class CropWindowTest {
    private static final int PATIENCE_S = 60;

    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;

    @Start
    void start(Stage stage) {
        studio = world.studio();
        StudioStage.show(stage, studio);
    }

    private void fill(String... names) {
        onFx(() -> studio.keyframes().add(FakeWorld.offers(names)));
    }

    private Parent crop(int slot) {
        return robot.lookup(".crop").nth(slot).query();
    }

    private Parent skin(int slot) {
        return robot.lookup(".onion-skin").nth(slot).query();
    }

    /** What shows through the frame of a slot. */
    private ImageView neighbour(int slot) {
        return (ImageView) skin(slot).getChildrenUnmodifiable().getFirst();
    }

    private int colourThrough(int slot) {
        return neighbour(slot).getImage().getPixelReader().getArgb(0, 0);
    }

    private void untilItIsGone(int slot) throws TimeoutException {
        Node skin = skin(slot);
        waitFor(PATIENCE_S, TimeUnit.SECONDS, () -> !skin.isVisible());
    }

    @Test
    void whileACropIsDraggedTheNeighbourShowsThroughIt() throws TimeoutException {
        fill("red.png", "blue.png", "green.png");
        Bounds place = crop(1).getBoundsInParent();
        assertFalse(skin(1).isVisible());

        robot.drag(crop(1)).moveBy(-20, 0);
        waitForFxEvents();
        assertTrue(skin(1).isVisible());
        assertEquals(0xffd04030, colourThrough(1), "the picture before it");
        assertEquals(0.45, neighbour(1).getOpacity());
        assertTrue(skin(1).isMouseTransparent());
        assertFalse(skin(0).isVisible() || skin(2).isVisible());
        assertEquals(place, crop(1).getBoundsInParent());

        robot.drop();
        untilItIsGone(1);
    }

    @Test
    void throughTheFirstPictureTheOneBehindItShowsAsItIsCropped() throws TimeoutException {
        fill("red.png", "blue.png");
        KeyframeViewModel second = studio.keyframes().slots().get(1);
        onFx(() -> {
            second.zoom(2);
            second.mirror();
        });

        robot.drag(crop(0)).moveBy(-20, 0);
        waitForFxEvents();
        onFx(() -> {
            crop(0).layout();
            assertEquals(0xff3050d0, colourThrough(0));
            assertEquals(16, neighbour(0).getViewport().getWidth(), "half of 32 pixels");
            assertEquals(8, neighbour(0).getViewport().getMinX());
            assertEquals(-1, neighbour(0).getScaleX());
        });

        robot.drop();
        untilItIsGone(0);
    }

    @Test
    void nothingShowsThroughTheOnlyPicture() {
        fill("red.png");
        robot.drag(crop(0)).moveBy(-20, 0);
        waitForFxEvents();
        assertFalse(skin(0).isVisible());
        robot.drop();
    }

    @Test
    void aCropThatIsNudgedByKeysShowsTheNeighbourUntilTheHandRests() throws TimeoutException {
        fill("red.png", "blue.png");
        var shown = new AtomicBoolean();
        robot.clickOn(crop(0));
        onFx(() -> skin(0).visibleProperty().subscribe(visible -> shown.set(shown.get() || visible)));
        assertFalse(shown.get());
        robot.push(KeyCode.PLUS);
        assertTrue(shown.get());
        untilItIsGone(0);
    }

    @Test
    void theKeyHMirrorsThePictureAndZeroTakesItBack() {
        fill("red.png", "blue.png");
        KeyframeViewModel first = studio.keyframes().slots().getFirst();
        robot.clickOn(crop(0));
        robot.push(KeyCode.H);
        assertTrue(first.mirrored().get());
        robot.push(KeyCode.SHORTCUT, KeyCode.H);
        assertTrue(first.mirrored().get());
        robot.push(KeyCode.H);
        assertFalse(first.mirrored().get());
        robot.push(KeyCode.H).push(KeyCode.DIGIT0);
        assertFalse(first.mirrored().get());
    }

    @Test
    void aRightClickWithAnUnsteadyHandLeavesTheCropAsItIs() {
        fill("wide.png");
        KeyframeViewModel slot = studio.keyframes().slots().getFirst();
        Viewport before = slot.viewport();
        robot.drag(crop(0), MouseButton.SECONDARY).moveBy(-20, 0).drop();
        waitForFxEvents();
        assertEquals(before, slot.viewport());
        robot.push(KeyCode.ESCAPE);
    }

    @Test
    void aMirroredPictureIsSeenAndDraggedAsInAMirror() {
        fill("wide.png");
        KeyframeViewModel slot = studio.keyframes().slots().getFirst();
        onFx(slot::mirror);
        double before = slot.viewport().x();

        robot.drag(crop(0)).moveBy(-40, 0).drop();

        Viewport used = slot.viewport();
        assertTrue(used.x() < before, "moved to " + used);
        onFx(() -> {
            crop(0).layout();
            List<Node> parts = crop(0).getChildrenUnmodifiable();
            assertEquals(-1, parts.getFirst().getScaleX());
            Bounds picture = parts.getFirst().getBoundsInParent();
            Bounds frame = parts.getLast().getBoundsInParent();
            assertEquals(1 - used.x() - used.width(), (frame.getMinX() - picture.getMinX()) / picture.getWidth(), 0.01);
        });
    }
}
