package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.viewmodel.SheetAxis;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Contact sheets and morph grids in the real window. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class SheetWindowTest {
    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        world.modelSide = 64;
        world.pictures = new FileReader();
        studio = world.studio();
        StudioStage.show(stage, studio, StudioStage.darkSettings());
        studio.model().open(Path.of("Flowers 128"));
        studio.parameters().steps().set(4);
        studio.parameters().frames().set(5);
        studio.keyframes().add(StudioStage.samples("01-dahlia.jpg", "03-marigold.jpg", "02-anemone.jpg"));
        studio.parameters().frames().set(5);
        world.rest.elapse();
        studio.playback().seek(1);
    }

    private <T extends Node> T find(String query, Class<T> type) {
        return robot.lookup(query).queryAs(type);
    }

    @Test
    void aSheetIsOpenedACellIsTakenAndUndone() {
        robot.push(KeyCode.SHORTCUT, KeyCode.G);
        assertTrue(find("#sheet", Node.class).isVisible());
        assertEquals(
                "Cell Lubrication γ 0.00 · Boundary 2.00, in use",
                find("#sheet-cell-10", Node.class).getAccessibleText());
        robot.moveTo("#sheet-cell-7");
        assertEquals(
                "Lubrication γ 0.40 · Boundary 1.50",
                find("#sheet-cell-label", Label.class).getText());
        Screenshots.take(stage.getScene(), "sheet-dark");
        robot.clickOn("#sheet-cell-7");
        assertFalse(find("#sheet", Node.class).isVisible());
        assertEquals(0.4, studio.parameters().gamma().get());
        assertEquals(1.5, studio.parameters().boundary().get());
        robot.push(KeyCode.SHORTCUT, KeyCode.Z);
        assertEquals(0, studio.parameters().gamma().get());
        assertEquals(2, studio.parameters().boundary().get());
    }

    private void isSeenLarge() {
        assertTrue(find("#sheet-large", Node.class).isVisible());
        assertEquals(
                "Lubrication γ 0.40 · Boundary 1.50",
                find("#sheet-cell-label", Label.class).getText());
    }

    private void isBackInItsPlace() {
        assertFalse(find("#sheet-large", Node.class).isVisible());
        assertTrue(find("#sheet-cell-7", Node.class).isFocused());
        assertEquals(0, studio.parameters().gamma().get());
    }

    @Test
    void aCellIsSeenLargeWithoutBeingTaken() {
        onFx(() -> Clipboard.getSystemClipboard().clear());
        robot.push(KeyCode.SHORTCUT, KeyCode.G);
        robot.rightClickOn("#sheet-cell-7").clickOn("#sheet-cell-look");
        isSeenLarge();
        robot.push(KeyCode.ESCAPE);
        isBackInItsPlace();
        robot.push(KeyCode.SHIFT, KeyCode.ENTER);
        isSeenLarge();
        robot.clickOn("#sheet-large");
        isBackInItsPlace();
        robot.push(KeyCode.SHORTCUT, KeyCode.C);
        onFx(() -> assertTrue(Clipboard.getSystemClipboard().hasImage()));
        assertEquals(
                "Lubrication γ 0.40 · Boundary 1.50 is on the clipboard.",
                find("#sheet-message", Label.class).getText());
        robot.push(KeyCode.SPACE);
        assertFalse(studio.sheet().isOpen());
        assertEquals(0.4, studio.parameters().gamma().get());
    }

    @Test
    void theMenuOfACellTakesItsSettingsWhereItHasSome() {
        robot.push(KeyCode.SHORTCUT, KeyCode.G);
        robot.rightClickOn("#sheet-cell-7").clickOn("#sheet-cell-use");
        assertFalse(studio.sheet().isOpen());
        assertEquals(1.5, studio.parameters().boundary().get());
        robot.push(KeyCode.SHORTCUT, KeyCode.SHIFT, KeyCode.G);
        robot.rightClickOn("#sheet-cell-12");
        assertTrue(robot.lookup("#sheet-cell-look").tryQuery().isPresent());
        assertTrue(robot.lookup("#sheet-cell-use").tryQuery().isEmpty());
        robot.push(KeyCode.ESCAPE);
    }

    @Test
    void axesAreChosenAndEscapeCloses() {
        robot.clickOn("#compare .arrow-button").clickOn("#open-contactSheet");
        onFx(() -> axis("#sheet-across").setValue(SheetAxis.DEPTH));
        assertEquals(SheetAxis.DEPTH, studio.sheet().across().axis().get());
        TextField count = find("#sheet-across-count", TextField.class);
        robot.doubleClickOn(count).write("3").push(KeyCode.ENTER);
        assertEquals(15, robot.lookup(".sheet-cell").queryAll().size());
        onFx(() -> find("#sheet-close", Node.class).requestFocus());
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.sheet().isOpen());
    }

    @Test
    void everyAxisHasItsOwnEndsWithItsOwnDecimals() {
        onFx(() -> studio.sheet().openContactSheet());
        assertFalse(axis("#sheet-across").getItems().contains(SheetAxis.GUIDANCE), "no words are read");
        onFx(() -> axis("#sheet-across").setValue(SheetAxis.SEED));
        assertEquals("5", find("#sheet-across-to", TextField.class).getText());
        TextField from = find("#sheet-across-from", TextField.class);
        robot.doubleClickOn(from).write("3").push(KeyCode.ENTER);
        assertEquals(3, studio.sheet().across().from().get());
        onFx(() -> axis("#sheet-across").setValue(SheetAxis.GAMMA));
        assertEquals("0.80", find("#sheet-across-to", TextField.class).getText());
    }

    @Test
    void whatToDoIsReadToItsEndInTheSmallestWindow() {
        onFx(() -> {
            StudioStage.size(stage, 1024, 640);
            studio.sheet().openContactSheet();
            studio.sheet().across().axis().set(SheetAxis.SEED);
        });
        onFx(() -> stage.getScene().getRoot().layout());
        Label message = find("#sheet-message", Label.class);
        assertEquals(world.texts.get("frames.noNoise.gamma"), message.getText());
        assertEquals(message.getText(), ((Text) message.lookup(".text")).getText());
        Region raise = find("#sheet-raise-gamma", Region.class);
        assertEquals(raise.prefWidth(-1), raise.getWidth(), 1);
        Screenshots.take(stage.getScene(), "sheet-message-small");
    }

    @SuppressWarnings("unchecked")
    private ComboBox<Object> axis(String id) {
        return (ComboBox<Object>) find(id, ComboBox.class);
    }

    @Test
    void aGridBetweenThreePicturesIsLookedAtAndSaved() {
        robot.push(KeyCode.SHORTCUT, KeyCode.SHIFT, KeyCode.G);
        assertEquals(25, robot.lookup(".sheet-cell").queryAll().size());
        Screenshots.take(stage.getScene(), "sheet-grid");
        robot.clickOn("#sheet-cell-12");
        assertTrue(find("#sheet-large", Node.class).isVisible());
        robot.push(KeyCode.ESCAPE);
        assertFalse(find("#sheet-large", Node.class).isVisible());
        world.answers.add(Path.of("grid.png"));
        robot.clickOn("#sheet-export");
        assertEquals(Path.of("grid.png"), world.exports.getFirst().target());
        robot.clickOn("#sheet-close");
        assertFalse(studio.sheet().isOpen());
    }
}
