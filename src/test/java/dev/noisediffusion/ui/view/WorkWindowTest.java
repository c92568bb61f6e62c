package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
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
    void aSlotIsReadOutUnderTheNameOfThePictureThatUndoBringsBack() {
        Node slot = find(".slot", Node.class);
        onFx(() -> studio.keyframes().add(FakeWorld.offers("red.png")));
        onFx(() -> studio.keyframes().put(studio.keyframes().slots().getFirst(), FakeWorld.offers("blue.png")));
        assertTrue(slot.getAccessibleText().contains("blue.png"), slot::getAccessibleText);
        onFx(studio.work().history()::undo);
        assertTrue(slot.getAccessibleText().contains("red.png"), slot::getAccessibleText);
    }
}
