package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.awaitTip;
import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class WorkWindowTest {
    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        studio = world.studio();
        StudioStage.show(stage, studio);
        StudioStage.size(stage, 1440, 900);
    }

    private <T extends Node> T find(String query, Class<T> type) {
        return robot.lookup(query).queryAs(type);
    }

    @Test
    void undoAndRedoByButtonAndByKey() {
        Button undo = find("#history-undo", Button.class);
        assertTrue(undo.isDisabled());
        onFx(() -> studio.keyframes().add(FakeWorld.offers("red.png", "blue.png")));
        assertEquals("Undo adding a picture (Ctrl+Z)", undo.getTooltip().getText());
        robot.drag("#parameter-gamma .slider .thumb").dropBy(40, 0);
        waitForFxEvents();
        double dragged = studio.parameters().gamma().get();
        assertTrue(dragged > 0);
        assertEquals("Undo Lubrication γ (Ctrl+Z)", undo.getTooltip().getText());
        Screenshots.take(stage.getScene(), "undo");
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        assertEquals(0, studio.parameters().gamma().get());
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        assertEquals(dragged, studio.parameters().gamma().get());
        robot.clickOn(undo);
        robot.clickOn(undo);
        assertEquals("", studio.keyframes().slots().get(1).name().getValue());
        robot.push(KeyCode.CONTROL, KeyCode.Y);
        assertEquals("blue.png", studio.keyframes().slots().get(1).name().getValue());
        robot.clickOn("#history-redo");
        assertEquals(dragged, studio.parameters().gamma().get());
    }

    @Test
    void severalStepsAreChosenInTheMenuOfARightClick() {
        onFx(() -> StudioStage.size(stage, 1280, 800));
        onFx(() -> studio.keyframes().add(FakeWorld.offers("red.png", "blue.png")));
        onFx(() -> studio.parameters().gamma().set(0.5));
        onFx(() -> studio.parameters().boundary().set(3));
        robot.rightClickOn("#history-undo").clickOn("#history-undo-2");
        assertEquals(0, studio.parameters().gamma().get());
        assertEquals(2, studio.parameters().boundary().get());
        assertEquals("blue.png", studio.keyframes().slots().get(1).name().getValue());
        robot.rightClickOn("#history-redo").clickOn("#history-redo-2");
        assertEquals(3, studio.parameters().boundary().get());
        assertTrue(find("#history-redo", Button.class).isDisabled());
    }

    private static boolean isAnyMenuOpen() {
        waitForFxEvents();
        return Window.getWindows().stream().anyMatch(ContextMenu.class::isInstance);
    }

    @Test
    void whatIsUndoneWhileTheListIsOpenClosesIt() {
        onFx(() -> StudioStage.size(stage, 1280, 800));
        onFx(() -> studio.parameters().gamma().set(0.5));
        onFx(() -> studio.parameters().boundary().set(3));
        onFx(() -> studio.parameters().gain().set(0.7));
        robot.rightClickOn("#history-undo");
        assertTrue(isAnyMenuOpen());
        onFx(studio.work().history()::undo);
        assertFalse(isAnyMenuOpen());
        robot.rightClickOn("#history-undo");
        assertTrue(isAnyMenuOpen());
        robot.clickOn("#history-undo");
        assertFalse(isAnyMenuOpen());
    }

    @Test
    void whatIsGreyedOutSaysWhyWhenPointedAt() throws TimeoutException {
        onFx(() -> StudioStage.size(stage, 1280, 800));
        robot.moveTo("#history-undo");
        awaitTip("Nothing to undo (Ctrl+Z)");
        robot.moveTo("#export");
        awaitTip("There is no film yet. No model is in use yet: choose one at the top, or wait while it opens.");
        onFx(() -> studio.model().open(Path.of("model")));
        onFx(() -> studio.keyframes().add(FakeWorld.offers("red.png")));
        robot.moveTo("#render");
        awaitTip("Add a second picture first.");
        onFx(() -> studio.keyframes().add(FakeWorld.offers("blue.png")));
        onFx(world.rest::elapse);
        robot.moveTo("#export");
        awaitTip("Save the film (Ctrl+E)");
    }

    @Test
    void whatSaysWhyItIsOffIsLaidOutAndTabbedToAsEver() {
        Button render = find("#render", Button.class);
        Region around = (Region) render.getParent();
        assertEquals(render.getWidth(), around.getWidth());
        assertEquals(render.getHeight(), around.getHeight());
        assertFalse(around.isFocusTraversable());
    }

    @Test
    void aSlotIsReadOutUnderTheNameOfThePictureThatUndoBringsBack() {
        Node slot = find(".slot", Node.class);
        onFx(() -> studio.keyframes().add(FakeWorld.offers("red.png")));
        onFx(() -> studio.keyframes().put(studio.keyframes().slots().getFirst(), FakeWorld.offers("blue.png")));
        assertTrue(slot.getAccessibleText().contains("blue.png"), slot::getAccessibleText);
        onFx(studio.work().history()::undo);
        assertTrue(slot.getAccessibleText().contains("red.png"), slot::getAccessibleText);
    }
}
