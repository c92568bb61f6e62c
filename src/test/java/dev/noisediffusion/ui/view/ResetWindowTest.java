package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The dot beside a setting that is not at its default. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class ResetWindowTest {
    private final FxRobot robot = new FxRobot();
    private FakeWorld world;
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        show(Locale.ENGLISH);
    }

    private void show(Locale language) {
        world = new FakeWorld(Texts.load(language));
        world.readsWords = true;
        studio = world.studio();
        StudioStage.show(stage, studio, StudioStage.darkSettings());
        StudioStage.size(stage, 1280, 800);
    }

    private Node find(String query) {
        return robot.lookup(query).query();
    }

    private Bounds placeOfField() {
        onFx(() -> stage.getScene().getRoot().layout());
        Node field = find("#parameter-gamma .number-field");
        return field.localToScene(field.getLayoutBounds());
    }

    @Test
    void theDotSaysThatANumberIsChangedAndBringsItBack() {
        Node dot = find("#reset-gamma");
        Bounds before = placeOfField();
        assertFalse(dot.isVisible());
        onFx(() -> studio.parameters().gamma().set(0.4));
        assertTrue(dot.isVisible());
        assertFalse(find("#reset-boundary").isVisible());
        assertEquals("Reset Lubrication γ to 0.00", dot.getAccessibleText());
        assertEquals(before, placeOfField(), "its room was kept");
        Screenshots.take(stage.getScene(), "reset-dot");
        robot.clickOn(dot);
        assertEquals(0, studio.parameters().gamma().get());
        assertFalse(dot.isVisible());
        assertEquals(
                "parameter-gamma", stage.getScene().getFocusOwner().getId(), "no control takes the keys of the film");
    }

    @Test
    void aChoiceHasItsDotBeneathThoseOfTheNumbers() {
        Node dot = find("#reset-placement");
        assertFalse(dot.isVisible());
        onFx(() -> {
            studio.parameters().gamma().set(0.4);
            studio.parameters().placement().set(BoundaryPlacement.AFTER);
        });
        assertTrue(dot.isVisible());
        assertFalse(find("#reset-method").isVisible());
        assertEquals("Reset Cut where to Both", dot.getAccessibleText());
        onFx(() -> stage.getScene().getRoot().layout());
        assertEquals(left(find("#reset-gamma")), left(dot), 1);
        robot.clickOn(dot);
        assertEquals(BoundaryPlacement.BOTH, studio.parameters().placement().get());
        assertFalse(dot.isVisible());
        assertEquals("parameter-placement", stage.getScene().getFocusOwner().getId());
    }

    private static double left(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMinX();
    }

    @Test
    void wordsHaveTheDotAsWell() {
        onFx(() -> studio.model().open(Path.of("model")));
        Node dot = find("#reset-prompt");
        assertFalse(dot.isVisible());
        onFx(() -> studio.parameters().words().prompt().set("rose"));
        assertTrue(dot.isVisible());
        assertEquals("Reset Prompt to empty", dot.getAccessibleText());
        onFx(() -> ((Button) dot).fire());
        assertEquals("", studio.parameters().words().prompt().get());
        assertEquals("", ((TextArea) find("#field-prompt")).getText());
        assertFalse(dot.isVisible());
    }

    @Test
    void ticksHaveTheDotAsWell() {
        onFx(() -> {
            FakeWorld.fill(studio);
            world.rest.elapse();
            studio.export().open();
        });
        Node dot = find("#reset-format");
        assertFalse(dot.isVisible());
        onFx(() -> studio.export().formats().ticked(FilmFormat.GIF).set(true));
        assertTrue(dot.isVisible());
        assertEquals("Reset Format to MP4", dot.getAccessibleText());
        onFx(() -> ((Button) dot).fire());
        assertFalse(studio.export().formats().ticked(FilmFormat.GIF).get());
        assertTrue(studio.export().formats().ticked(FilmFormat.MP4).get());
        assertFalse(dot.isVisible());
    }

    @Test
    void byKeyTheKeyboardGoesOnToTheField() {
        onFx(() -> studio.parameters().gamma().set(0.4));
        onFx(() -> {
            find("#mask-mark-GAMMA").requestFocus();
            stage.getScene().getFocusOwner().requestFocusTraversal(TraversalDirection.NEXT);
        });
        assertTrue(find("#reset-gamma").isFocused());
        robot.push(KeyCode.SPACE);
        assertEquals(0, studio.parameters().gamma().get());
        Node field = find("#parameter-gamma .number-field");
        assertTrue(field.isFocused() && field.isFocusVisible());
    }

    @Test
    void whereTheBoundaryIsOffItsDotIsDeadAsWell() {
        onFx(() -> studio.parameters().boundary().set(1));
        assertFalse(find("#reset-boundary").isDisabled());
        onFx(() -> studio.parameters().boundaryOffProperty().set(true));
        assertTrue(find("#reset-boundary").isDisabled());
    }

    @Test
    void inGermanThereIsRoomForAll() {
        onFx(() -> {
            stage.hide();
            show(Locale.GERMAN);
            studio.parameters().gainsApartProperty().set(true);
        });
        onFx(() -> {
            stage.getScene().getRoot().applyCss();
            stage.getScene().getRoot().layout();
        });
        for (String id : List.of("gamma", "boundary", "gain", "mu", "nu", "depth", "seed", "frames", "steps")) {
            Region field = robot.lookup("#parameter-" + id + " .number-field").queryAs(Region.class);
            Region line = (Region) field.getParent();
            assertEquals(64, field.getWidth(), 1, id);
            assertTrue(field.getBoundsInParent().getMaxX() <= line.getWidth() + 0.5, id);
        }
    }
}
