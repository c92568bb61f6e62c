package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.atOnce;
import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.viewmodel.CurveLane;
import dev.noisediffusion.ui.viewmodel.FrameCell;
import dev.noisediffusion.ui.viewmodel.Movement;
import dev.noisediffusion.ui.viewmodel.SegmentViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class PathWindowTest {
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
        FakeWorld.fill(studio);
        studio.parameters().gamma().set(0.3);
        world.rest.elapse();
    }

    private void rest() {
        atOnce(world.rest::elapse);
        waitForFxEvents();
    }

    private <T extends Node> T find(String query, Class<T> type) {
        return robot.lookup(query).queryAs(type);
    }

    private SegmentViewModel segment() {
        return studio.path().behind(studio.keyframes().slots().getFirst());
    }

    @Test
    void theCurveBetweenTwoPicturesIsDraggedNudgedAndReset() {
        robot.clickOn(".segment-chip");
        robot.drag("#curve-first").dropBy(40, 30);
        rest();
        assertEquals(Movement.CURVE, segment().movement(CurveLane.NOISE));
        double x = segment().handles(CurveLane.NOISE).orElseThrow().x1();
        Screenshots.take(stage.getScene(), "curve-editor");
        robot.push(KeyCode.LEFT);
        assertEquals(x - 0.05, segment().handles(CurveLane.NOISE).orElseThrow().x1(), 1e-9);
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        assertEquals(Movement.SHARED, segment().movement(CurveLane.NOISE));
        robot.clickOn("#movement-noise-HOLD");
        assertEquals(Movement.HOLD, segment().movement(CurveLane.NOISE));
        robot.doubleClickOn(".curve-editor .curve-field");
        assertEquals(Movement.SHARED, segment().movement(CurveLane.NOISE));
    }

    @Test
    void aHandleIsASliderForScreenReaders() {
        robot.clickOn(".segment-chip");
        Node handle = find("#curve-first", Node.class);
        assertEquals(AccessibleRole.SLIDER, handle.getAccessibleRole());
        assertTrue(
                handle.getAccessibleText().startsWith("First handle, at 33% of the time and 33% of the way:"),
                handle::getAccessibleText);
        assertEquals(Orientation.VERTICAL, handle.queryAccessibleAttribute(AccessibleAttribute.ORIENTATION));
        onFx(() -> handle.executeAccessibleAction(AccessibleAction.INCREMENT));
        double way = segment().handles(CurveLane.NOISE).orElseThrow().y1();
        assertEquals(1 / 3.0 + 0.05, way, 1e-9);
        assertEquals(way, handle.queryAccessibleAttribute(AccessibleAttribute.VALUE));
        assertTrue(handle.getAccessibleText().contains("38% of the way"), handle::getAccessibleText);

        onFx(() -> segment().choose(CurveLane.NOISE, Movement.HOLD));
        double time = segment().handles(CurveLane.NOISE).orElseThrow().x1();
        assertEquals(Orientation.HORIZONTAL, handle.queryAccessibleAttribute(AccessibleAttribute.ORIENTATION));
        onFx(() -> handle.executeAccessibleAction(AccessibleAction.DECREMENT));
        assertEquals(
                time - 0.05, segment().handles(CurveLane.NOISE).orElseThrow().x1(), 1e-9);
    }

    @Test
    void framesAreTypedAndPicturesSetApart() {
        robot.clickOn(".segment-chip");
        robot.doubleClickOn("#segment-frames").write("6").push(KeyCode.ENTER);
        rest();
        assertEquals(7, studio.film().cells().size());
        robot.clickOn("#segment-share");
        rest();
        assertEquals(17, studio.film().cells().size());
        robot.clickOn("#segment-apart");
        assertTrue(segment().isApart());
        Screenshots.take(stage.getScene(), "curves-apart");
    }

    private ListView<?> filmstrip(int frame) {
        atOnce(() -> studio.playback().seek(frame));
        ListView<?> list = find("#filmstrip", ListView.class);
        atOnce(list::requestFocus);
        waitForFxEvents();
        return list;
    }

    private boolean isLocked(int frame) {
        return studio.film().cells().get(frame).marksProperty().get().locked();
    }

    @Test
    void aFrameIsRolledMarkedAndLeftOutByKey() {
        filmstrip(5);
        robot.push(KeyCode.R);
        rest();
        assertTrue(isLocked(5));
        robot.push(KeyCode.F);
        assertTrue(studio.film().cells().get(5).marksProperty().get().favouriteShown());
        Screenshots.take(stage.getScene(), "frame-marks");
        filmstrip(7);
        robot.push(KeyCode.DELETE);
        waitForFxEvents();
        assertEquals(16, studio.film().cells().size());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        assertEquals(17, studio.film().cells().size());
        robot.push(KeyCode.CONTROL, KeyCode.Z).push(KeyCode.CONTROL, KeyCode.Z);
        assertFalse(isLocked(5));
    }

    @Test
    void aFrameHasAMenu() {
        // Menus find room on the screen beneath it.
        onFx(() -> StudioStage.size(stage, 1024, 560));
        filmstrip(5);
        robot.rightClickOn(".frame-cell:selected .frame-thumb");
        robot.clickOn("#frames-lock");
        assertTrue(isLocked(5));
        robot.rightClickOn(".frame-cell:selected .frame-thumb");
        robot.clickOn("#frames-remove");
        waitForFxEvents();
        assertEquals(16, studio.film().cells().size());
        robot.rightClickOn(".frame-cell:selected .frame-thumb");
        robot.clickOn("#frames-bringBack");
        waitForFxEvents();
        assertEquals(17, studio.film().cells().size());
    }

    /** What is grey in a menu, by its ids. */
    private static List<String> grey(ContextMenu menu) {
        return menu.getItems().stream()
                .filter(MenuItem::isDisable)
                .map(MenuItem::getId)
                .toList();
    }

    @Test
    void aMenuSaysAtItsEndWhyItIsGrey() {
        onFx(() -> {
            var menu = new FrameMenu(studio);
            FrameCell frame = studio.film().cells().get(5);
            assertEquals(List.of(), grey(menu.of(frame)));
            studio.render().liveProperty().set(false);
            studio.keyframes().slots().getFirst().zoom(2);
            List<String> otherCrop = List.of(
                    "frames-reroll", "frames-lock", "frames-favourite", "frames-remove", "frames-otherPictures");
            assertEquals(otherCrop, grey(menu.of(frame)));
            assertEquals(otherCrop, grey(menu.ofLarge(frame)));
            MenuItem last = menu.ofLarge(frame).getItems().getLast();
            assertEquals("frames-otherPictures", last.getId());
            studio.render().start();
            world.failing = true;
            studio.parameters().gain().set(0.7);
            studio.render().start();
            assertEquals(
                    List.of("still-save", "still-copy", "frames-asPicture", "still-notThere"),
                    grey(menu.of(studio.film().cells().get(5))));
        });
    }

    @Test
    void aFrameBecomesAPictureFromItsMenu() {
        onFx(() -> StudioStage.size(stage, 1024, 560));
        filmstrip(5);
        robot.rightClickOn(".frame-cell:selected .frame-thumb");
        robot.clickOn("#frames-asPicture");
        waitForFxEvents();
        assertEquals("Frame 6", studio.keyframes().slots().getLast().name().getValue());
        assertEquals(3, studio.keyframes().slots().size());
    }

    @Test
    void framesThatArePicturesWearTheirLettersUnderTheFilm() {
        filmstrip(0);
        assertEquals(
                "A 0.00",
                find(".frame-cell:selected .frame-position", Label.class).getText());
        String spoken = find(".frame-cell:selected", Node.class).getAccessibleText();
        assertTrue(spoken.contains("picture A"), spoken);
        onFx(() -> studio.keyframes().duplicate(studio.keyframes().slots().getFirst()));
        rest();
        filmstrip(8);
        assertEquals(
                "B 0.50",
                find(".frame-cell:selected .frame-position", Label.class).getText());
    }

    @Test
    void whatWasLeftOutIsSaidAndComesBackWithAClick() {
        Button back = find("#left-out", Button.class);
        assertFalse(back.isManaged());
        filmstrip(7);
        robot.push(KeyCode.DELETE);
        waitForFxEvents();
        assertTrue(StudioStage.isSeen(back) && back.isManaged());
        assertEquals("1 left out", back.getText());
        onFx(() -> StudioStage.size(stage, 1024, 640));
        assertEquals("1", back.getText(), "there is no room");
        assertTrue(back.getAccessibleText().startsWith("1 frame is left out"), back::getAccessibleText);
        robot.clickOn(back);
        waitForFxEvents();
        assertEquals(17, studio.film().cells().size());
        assertFalse(back.isVisible());
    }

    @Test
    void whileTheFilmIsOfAnotherCropTheMenuOfAFrameChangesNothing() {
        onFx(() -> {
            StudioStage.size(stage, 1024, 560);
            studio.render().liveProperty().set(false);
            studio.keyframes().slots().getFirst().zoom(2);
        });
        filmstrip(5);
        robot.rightClickOn(".frame-cell:selected .frame-thumb");
        robot.clickOn("#frames-lock");
        robot.clickOn("#frames-remove");
        waitForFxEvents();
        assertFalse(isLocked(5));
        assertEquals(17, studio.film().cells().size());
        assertEquals("", studio.frames().messageProperty().get());
        robot.push(KeyCode.ESCAPE);
    }

    @Test
    void aClickOnAFrameShowsIt() {
        filmstrip(2);
        Node other = robot.lookup(".frame-thumb").nth(4).query();
        robot.clickOn(other);
        assertEquals(4, studio.playback().indexProperty().get());
    }

    @Test
    void withoutFreshNoiseRollingOffersToRaiseGamma() {
        atOnce(() -> studio.parameters().gamma().set(0));
        rest();
        filmstrip(5);
        robot.push(KeyCode.R);
        assertTrue(find("#frame-notice", Node.class).isVisible());
        Screenshots.take(stage.getScene(), "frame-notice");
        robot.clickOn("#raise-gamma");
        rest();
        assertEquals(0.2, studio.parameters().gamma().get());
        assertTrue(isLocked(5));
        assertFalse(find("#frame-notice", Node.class).isVisible());
    }

    @Test
    void whyAFrameDidNotChangeIsReadToItsEndWhereItIsNarrow() {
        var german = new FakeWorld(Texts.load(Locale.GERMAN));
        onFx(() -> {
            StudioViewModel spoken = german.studio();
            FakeWorld.fill(spoken);
            german.rest.elapse();
            spoken.render().liveProperty().set(false);
            spoken.keyframes().slots().getFirst().zoom(2);
            spoken.frames().reroll(spoken.film().cells().get(5));
            var place = new VBox(new FrameNotice(spoken.frames(), spoken.texts()));
            var scene = new Scene(place, 600, 300);
            scene.getStylesheets().setAll(stage.getScene().getStylesheets());
            place.resize(600, 300);
            place.applyCss();
            place.layout();
            Label text = (Label) place.lookup(".frame-notice-text");
            assertEquals(spoken.texts().get("frames.otherPictures"), text.getText());
            assertEquals(text.getText(), ((Text) text.lookup(".text")).getText());
        });
    }

    @Test
    void picturesAreReorderedByDragAndByKeyAndDuplicated() {
        Node second = robot.lookup(".slot-letter").nth(1).query();
        Node first = robot.lookup(".slot-letter").nth(0).query();
        // By hand: the headless robot gives the release to what lies under the mouse, not to what was pressed.
        atOnce(() -> {
            second.fireEvent(StudioStage.mouse(MouseEvent.MOUSE_DRAGGED, first));
            second.fireEvent(StudioStage.mouse(MouseEvent.MOUSE_RELEASED, first));
        });
        assertEquals("blue.png", studio.keyframes().slots().getFirst().name().getValue());
        Node slot = robot.lookup(".slot").nth(0).query();
        atOnce(slot::requestFocus);
        robot.push(KeyCode.ALT, KeyCode.DOWN);
        assertEquals("red.png", studio.keyframes().slots().getFirst().name().getValue());
        robot.push(KeyCode.D);
        assertEquals(3, studio.keyframes().slots().size());
        assertEquals("blue.png", studio.keyframes().slots().get(2).name().getValue());
    }
}
