package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The slots of the pictures in the real window: their menu, what they tell, and what is dropped on and between them. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class SlotWindowTest {
    private static final List<PseudoClass> LIT = Stream.of("drop-hover", "landing-before", "landing-after")
            .map(PseudoClass::getPseudoClass)
            .toList();

    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        studio = world.studio();
        StudioStage.show(stage, studio);
        StudioStage.size(stage, 1280, 800);
    }

    private void fill() {
        onFx(() -> FakeWorld.fill(studio));
    }

    private List<String> names() {
        return studio.keyframes().slots().stream()
                .map(slot -> slot.name().getValue())
                .toList();
    }

    private Node slot(int place) {
        return robot.lookup(".slot").nth(place).query();
    }

    private static Stream<MenuItem> items() {
        waitForFxEvents();
        return Window.getWindows().stream()
                .filter(ContextMenu.class::isInstance)
                .map(ContextMenu.class::cast)
                .flatMap(menu -> menu.getItems().stream())
                .filter(item -> item.getId() != null);
    }

    private static MenuItem item(String id) {
        return items().filter(item -> id.equals(item.getId())).findFirst().orElseThrow();
    }

    private void choose(String id) {
        MenuItem item = item(id);
        assertFalse(item.isDisable(), id);
        onFx(item::fire);
        robot.push(KeyCode.ESCAPE);
    }

    @Test
    void theMenuOfASlotShowsItsFile() {
        fill();
        robot.rightClickOn(".slot .crop");
        choose("queue-show");
        assertEquals(List.of(Path.of("red.png").toAbsolutePath()), world.shown);
    }

    @Test
    void theMenuOfASlotDoesAllThatItsButtonsDid() {
        fill();
        robot.rightClickOn(".slot .crop");
        choose("keyframes-duplicate");
        assertEquals(List.of("red.png", "red.png", "blue.png"), names());
        assertTrue(slot(0).isFocused());
        world.answers.add(Path.of("green.png"));
        robot.rightClickOn(".slot .crop");
        choose("keyframes-replace");
        assertEquals(List.of("green.png", "red.png", "blue.png"), names());
        robot.rightClickOn(".slot .crop");
        choose("keyframes-moveDown");
        assertEquals(List.of("red.png", "green.png", "blue.png"), names());
        assertTrue(slot(1).isFocused());
        robot.rightClickOn(".slot .crop");
        choose("keyframes-remove");
        assertEquals(List.of("green.png", "blue.png"), names());
    }

    @Test
    void theMenuOfASlotMirrorsAndBeginsTheCropAgain() {
        fill();
        var slot = studio.keyframes().slots().getFirst();
        robot.rightClickOn(".slot .crop");
        assertFalse(((CheckMenuItem) item("keyframes-mirror")).isSelected());
        choose("keyframes-mirror");
        assertTrue(slot.mirrored().get());
        onFx(() -> slot.zoom(2));
        robot.rightClickOn(".slot .crop");
        assertTrue(((CheckMenuItem) item("keyframes-mirror")).isSelected());
        choose("keyframes-crop-reset");
        assertEquals(1, slot.viewport().width());
    }

    @Test
    void anEmptySlotOffersOnlyWhatItCan() {
        robot.rightClickOn(".slot-icon");
        assertEquals(
                List.of("keyframes-replace", "keyframes-moveDown", "keyframes-remove"),
                items().filter(item -> !item.isDisable()).map(MenuItem::getId).toList());
        assertEquals("Browse…", item("keyframes-replace").getText());
        robot.push(KeyCode.ESCAPE);
    }

    @Test
    void theButtonOpensTheMenuAndClosesIt() {
        fill();
        robot.moveTo(slot(0));
        var more = (Button) slot(0).lookup(".slot-tools .button");
        assertEquals("More", more.getAccessibleText());
        robot.clickOn(more);
        assertTrue(items().findAny().isPresent());
        robot.clickOn(more);
        assertTrue(items().findAny().isEmpty());
    }

    @Test
    void aPressOnTheSlotClosesItsMenu() {
        fill();
        robot.rightClickOn(".slot .crop");
        assertTrue(items().findAny().isPresent());
        robot.clickOn(slot(0).lookup(".slot-letter"));
        assertTrue(items().findAny().isEmpty());
    }

    @Test
    void theTooltipsOfASlotTellOfItsPicture() {
        var name = (Label) slot(0).lookup(".slot-name");
        assertNull(name.getTooltip());
        fill();
        Tooltip tip = Objects.requireNonNull(name.getTooltip());
        onFx(() -> tip.show(stage));
        assertEquals(studio.keyframes().describe(studio.keyframes().slots().getFirst()), tip.getText());
        onFx(tip::hide);
    }

    @Test
    void aDoubleClickOnAnEmptySlotAsksForAPicture() {
        world.answers.add(Path.of("red.png"));
        robot.doubleClickOn(".slot-icon");
        assertEquals(List.of("pictures"), world.asked);
        assertEquals(List.of("red.png", ""), names());
    }

    private static DragboardOf file(String name) {
        var content = new ClipboardContent();
        content.putFiles(List.of(new File(name)));
        return new DragboardOf(content);
    }

    private Bounds place(int slot) {
        stage.getScene().getRoot().applyCss();
        stage.getScene().getRoot().layout();
        return slot(slot).localToScene(slot(slot).getLayoutBounds());
    }

    /** In the scene, in the middle between the first slot and the second. */
    private double between() {
        return (place(0).getMaxY() + place(1).getMinY()) / 2;
    }

    @Test
    void aPictureDroppedBetweenTwoLandsBetweenThem() {
        fill();
        onFx(() -> file("green.png").dropOn(slot(0).getParent(), place(0).getCenterX(), between()));
        assertEquals(List.of("red.png", "green.png", "blue.png"), names());
        assertEquals(List.of(), lit());
        onFx(() -> studio.work().history().undo());
        assertEquals(List.of("red.png", "blue.png"), names());
    }

    @Test
    void aProjectDroppedBetweenTwoIsOpened() {
        fill();
        onFx(() -> file("other.morph").dropOn(slot(0).getParent(), place(0).getCenterX(), between()));
        assertEquals(List.of("red.png", "blue.png"), names());
        assertTrue(studio.work().project().askingProperty().get());
    }

    private List<Node> lit() {
        Parent root = stage.getScene().getRoot();
        return Stream.concat(Stream.of(root), root.lookupAll(".slot").stream())
                .filter(node -> LIT.stream().anyMatch(node.getPseudoClassStates()::contains))
                .toList();
    }

    @Test
    void onlyOneDropTargetIsLit() {
        fill();
        DragboardOf held = file("green.png");
        Parent root = stage.getScene().getRoot();
        onFx(() -> {
            held.hoverOver(root, 5, 5);
            assertEquals(List.of(root), lit());
            held.hoverOver(slot(0).getParent(), place(0).getCenterX(), between());
            assertEquals(List.of(slot(1)), lit());
            held.hoverOver(slot(0), place(0).getCenterX(), place(0).getCenterY());
            assertEquals(List.of(slot(0)), lit());
        });
    }
}
