package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.viewmodel.CompareMode;
import dev.noisediffusion.ui.viewmodel.CompareSide;
import dev.noisediffusion.ui.viewmodel.HeatRange;
import dev.noisediffusion.ui.viewmodel.KeptLetter;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Viewport;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.ZoomEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Comparing in the real window. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class CompareWindowTest {
    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        world.modelSide = 128;
        world.pictures = new FileReader();
        studio = world.studio();
        StudioStage.show(stage, studio);
        studio.model().open(Path.of("Flowers 128"));
        studio.parameters().steps().set(4);
        studio.parameters().frames().set(3);
        studio.keyframes().add(StudioStage.samples("01-dahlia.jpg", "03-marigold.jpg"));
        world.rest.elapse();
    }

    private void choose(CompareMode mode) {
        onFx(() -> find("#compare", SplitMenuButton.class).getItems().stream()
                .filter(item -> ("compare-" + mode.name()).equals(item.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
        onFx(world.rest::elapse);
    }

    private <T extends Node> T find(String query, Class<T> type) {
        return robot.lookup(query).queryAs(type);
    }

    private boolean isVisible(String id) {
        return find(id, Node.class).isVisible();
    }

    private Viewport seen() {
        return studio.preview().zoom().viewportProperty().get();
    }

    @ParameterizedTest
    @CsvSource({
        "SINGLE, true, false, false, false, false",
        "SIDE_BY_SIDE, true, true, false, false, false",
        "WIPE, true, true, false, false, true",
        "DIFFERENCE, false, false, false, true, false",
        "GRID, true, true, true, false, false"
    })
    void eachModeShowsItsPictures(
            CompareMode mode, boolean first, boolean second, boolean others, boolean heat, boolean line) {
        choose(mode);
        assertEquals(mode, studio.compare().mode().get());
        assertEquals(first, isVisible("#preview-main"));
        assertEquals(second, isVisible("#preview-rival"));
        assertEquals(others, isVisible("#preview-third"));
        assertEquals(others, isVisible("#preview-fourth"));
        assertEquals(heat, isVisible("#preview-difference"));
        assertEquals(line, isVisible("#wipe-line"));
        assertEquals(mode.isPair(), isVisible("#compare-bar"));
    }

    @Test
    void theDifferenceIsSeenAlsoWhenMemoryWasCleanedBefore() {
        System.gc(); // a binding that nobody holds would be lost here, and the picture with it
        choose(CompareMode.DIFFERENCE);
        assertNotNull(find("#preview-difference .image-view", ImageView.class).getImage());
    }

    @Test
    void theMenuIsReachedWithTheMouse() {
        robot.clickOn("#compare .arrow-button").clickOn("Wipe");
        assertEquals(CompareMode.WIPE, studio.compare().mode().get());
    }

    @Test
    void theLineOfAWipeIsDraggedAndMovedByArrows() {
        choose(CompareMode.WIPE);
        Node picture = find("#preview-main", Node.class).lookup(".image-view");
        double width = picture.getBoundsInParent().getWidth();
        robot.drag("#wipe-line").moveBy(width / 4, 0).drop();
        assertEquals(0.75, studio.compare().wipeProperty().get(), 0.02);
        Node right = find("#preview-rival", Node.class).lookup(".image-view");
        assertEquals(0.25 * width, right.getClip().getLayoutBounds().getWidth(), 0.02 * width);
        int frame = studio.playback().indexProperty().get();
        double before = studio.compare().wipeProperty().get();
        robot.push(KeyCode.LEFT).push(KeyCode.PAGE_UP);
        assertEquals(before - 0.11, studio.compare().wipeProperty().get(), 1e-9);
        assertEquals(frame, studio.playback().indexProperty().get());
        assertEquals(Viewport.WHOLE, seen());
    }

    @Test
    void theWheelZoomsAllPicturesAtThePointerAndADragMovesThem() {
        choose(CompareMode.SIDE_BY_SIDE);
        Node left = find("#preview-main", Node.class).lookup(".image-view");
        Node right = find("#preview-rival", Node.class).lookup(".image-view");
        Bounds place = left.localToScreen(left.getBoundsInLocal());
        robot.moveTo(place.getMinX() + place.getWidth() / 4, place.getMinY() + place.getHeight() / 4);
        robot.scroll(4, javafx.geometry.VerticalDirection.UP);
        waitForFxEvents();
        assertTrue(seen().width() < 1);
        assertTrue(seen().x() < seen().width() / 2, "nearer to the corner that the pointer is in");
        double times = screenPixels((ImageView) left) / (world.modelSide * seen().width());
        assertEquals(times, studio.preview().zoom().magnification().get(), 1e-6);
        assertEquals(
                world.texts.get("preview.zoom", times),
                find("#zoom", Labeled.class).getText());
        assertEquals(((ImageView) left).getViewport(), ((ImageView) right).getViewport());
        Viewport before = seen();
        robot.drag(right, MouseButton.PRIMARY).moveBy(-40, -30).drop();
        assertTrue(seen().x() > before.x() && seen().y() > before.y());
        assertEquals(((ImageView) left).getViewport(), ((ImageView) right).getViewport());
        robot.push(KeyCode.PLUS).push(KeyCode.PLUS).push(KeyCode.PLUS).push(KeyCode.PLUS);
        assertFalse(((ImageView) left).isSmooth());
        robot.doubleClickOn(left);
        assertEquals(Viewport.WHOLE, seen());
        assertTrue(((ImageView) left).isSmooth());
        robot.push(KeyCode.PLUS).push(KeyCode.DIGIT0);
        assertEquals(Viewport.WHOLE, seen());
    }

    @Test
    void theSizeStandsBesideThePictureAlsoWhereItFitsAndIsChosenThere() {
        onFx(() -> StudioStage.size(stage, 1024, 640));
        onFx(() -> stage.getScene().getRoot().layout());
        Labeled size = find("#zoom", Labeled.class);
        Bounds place = inScene(size);
        String fitted = size.getText();
        assertTrue(size.isVisible());
        assertFalse(place.intersects(inScene(find("#preview-main", Node.class).lookup(".image-view"))));
        robot.clickOn("#zoom").clickOn("#zoom-twice");
        assertEquals("200%", size.getText());
        robot.clickOn("#zoom").clickOn("#zoom-actual");
        assertEquals("100%", size.getText());
        assertEquals(1, studio.preview().zoom().magnification().get(), 1e-9);
        robot.clickOn("#zoom").clickOn("#zoom-fit");
        onFx(() -> stage.getScene().getRoot().layout());
        assertEquals(1, studio.preview().zoom().scale());
        assertEquals(fitted, size.getText());
        assertEquals(place, inScene(size));
    }

    @Test
    void aWipeGoesToTheWholeScreenByItsMenu() {
        choose(CompareMode.WIPE);
        robot.rightClickOn("#preview-main").clickOn("#preview-alone");
        waitForFxEvents();
        assertTrue(stage.isFullScreen());
        onFx(studio.preview()::toggleAlone);
        assertFalse(stage.isFullScreen());
        onFx(() -> studio.preview().zoom().zoomAt(3, 0.5, 0.5));
        robot.rightClickOn("#preview-main").clickOn("#zoom-fit");
        assertEquals(Viewport.WHOLE, seen());
    }

    @Test
    void aHandShowsThatWhatIsZoomedCanBeDragged() {
        Node picture = find("#preview-main", Node.class).lookup(".image-view");
        assertEquals(Cursor.DEFAULT, picture.getCursor());
        onFx(() -> studio.preview().zoom().zoomAt(3, 0.5, 0.5));
        assertEquals(Cursor.OPEN_HAND, picture.getCursor());
        robot.moveTo(picture).press(MouseButton.PRIMARY);
        waitForFxEvents();
        assertEquals(Cursor.CLOSED_HAND, picture.getCursor());
        robot.release(MouseButton.PRIMARY);
        waitForFxEvents();
        assertEquals(Cursor.OPEN_HAND, picture.getCursor());
        onFx(studio.preview().zoom()::fit);
        assertEquals(Cursor.DEFAULT, picture.getCursor());
    }

    @Test
    void xFlipsBetweenBothPicturesOfAWipe() {
        choose(CompareMode.WIPE);
        robot.clickOn("#preview-main");
        onFx(() -> studio.compare().wipeProperty().set(0.3));
        robot.push(KeyCode.X);
        assertEquals(1, studio.compare().wipeProperty().get());
        robot.push(KeyCode.X);
        assertEquals(0, studio.compare().wipeProperty().get());
        robot.push(KeyCode.X);
        assertEquals(1, studio.compare().wipeProperty().get());
        choose(CompareMode.SIDE_BY_SIDE);
        robot.push(KeyCode.X);
        assertEquals(1, studio.compare().wipeProperty().get(), "both are seen already");
    }

    @Test
    void homeAndEndMoveTheLineOfAWipeToTheEnds() {
        choose(CompareMode.WIPE);
        int frame = studio.playback().indexProperty().get();
        onFx(() -> find("#wipe-line", Node.class).requestFocus());
        robot.push(KeyCode.HOME);
        assertEquals(0, studio.compare().wipeProperty().get());
        robot.push(KeyCode.END);
        assertEquals(1, studio.compare().wipeProperty().get());
        assertEquals(frame, studio.playback().indexProperty().get());
    }

    private double screenPixels(ImageView picture) {
        return picture.getFitWidth() * stage.getRenderScaleX();
    }

    @Test
    void twoFingersZoomThePictureWhereTheyAre() {
        Node picture = find("#preview-main", Node.class).lookup(".image-view");
        Bounds place = picture.localToScene(picture.getBoundsInLocal());
        double x = place.getMinX() + place.getWidth() / 4;
        double y = place.getCenterY();
        onFx(() -> picture.fireEvent(
                new ZoomEvent(ZoomEvent.ZOOM, x, y, x, y, false, false, false, false, true, false, 2, 2, null)));
        assertEquals(2, studio.preview().zoom().scale(), 1e-9);
        assertEquals(0.125, seen().x(), 1e-3);
        assertEquals(0.25, seen().y(), 1e-3);
    }

    @Test
    void oneShowsAPixelOfTheFrameAsOneOfTheScreen() {
        ImageView picture = (ImageView) find("#preview-main", Node.class).lookup(".image-view");
        double fitted = screenPixels(picture);
        double width = stage.getWidth();
        double height = stage.getHeight();
        robot.clickOn("#preview-main");
        robot.push(KeyCode.DIGIT1);
        onFx(() -> stage.getScene().getRoot().layout());
        assertEquals(world.modelSide, screenPixels(picture), 1e-6);
        assertEquals(world.modelSide, picture.getImage().getWidth());
        assertFalse(picture.isSmooth());
        assertEquals("100%", find("#zoom", Labeled.class).getText());
        onFx(() -> StudioStage.size(stage, 1100, 700));
        onFx(() -> stage.getScene().getRoot().layout());
        assertEquals(world.modelSide, screenPixels(picture), 1e-6);
        onFx(() -> StudioStage.size(stage, width, height));
        robot.push(KeyCode.DIGIT0);
        onFx(() -> stage.getScene().getRoot().layout());
        assertEquals(fitted, screenPixels(picture), 1);
    }

    @Test
    void sideBySideEachListStandsOverItsPicture() {
        choose(CompareMode.SIDE_BY_SIDE);
        onFx(() -> stage.getScene().getRoot().layout());
        assertEquals(middle("#preview-main"), middle("#compare-left"), 16);
        assertEquals(middle("#preview-rival"), middle("#compare-right"), 16);
        choose(CompareMode.WIPE);
        onFx(() -> stage.getScene().getRoot().layout());
        assertTrue(middle("#compare-right") - middle("#compare-left") < 250, "of one picture they stand together");
    }

    private void compareLongNamesInTheSmallestWindow(CompareMode mode) {
        onFx(() -> {
            studio.kept().keep(KeptLetter.A);
            studio.parameters().gamma().set(0.5);
            studio.kept().keep(KeptLetter.B);
            studio.compare().left().set(CompareSide.KEPT_A);
            studio.compare().right().set(CompareSide.KEPT_B);
            StudioStage.size(stage, 1024, 640);
        });
        choose(mode);
        onFx(() -> stage.getScene().getRoot().layout());
    }

    private static Bounds inScene(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }

    @ParameterizedTest
    @EnumSource(
            value = CompareMode.class,
            names = {"SIDE_BY_SIDE", "WIPE"})
    void longCaptionsStandBesideEachOtherAndTheirTooltipsSayAllOfThem(CompareMode mode) {
        compareLongNamesInTheSmallestWindow(mode);
        Label left = find("#preview-main .caption", Label.class);
        Label right = find("#preview-rival .caption", Label.class);
        assertTrue(inScene(left).getMaxX() < inScene(right).getMinX(), () -> inScene(left) + " and " + inScene(right));
        for (Label caption : List.of(left, right)) {
            assertTrue(caption.getWidth() < caption.prefWidth(-1), caption.getText());
            assertEquals(caption.getText(), caption.getTooltip().getText());
            robot.moveTo(caption);
            waitForFxEvents();
            assertTrue(caption.isHover(), caption.getText());
        }
    }

    @Test
    void captionsOfAPictureThatIsSmallerThanItsPlaceHaveTheRoomOfThat() {
        choose(CompareMode.WIPE);
        onFx(studio.preview().zoom()::showActualSize);
        onFx(() -> stage.getScene().getRoot().layout());
        Label left = find("#preview-main .caption", Label.class);
        Label right = find("#preview-rival .caption", Label.class);
        for (Label caption : List.of(left, right)) {
            assertEquals(caption.prefWidth(-1), caption.getWidth(), caption.getText());
        }
        Bounds view = inScene(find("#preview-main", Node.class));
        assertTrue(inScene(left).getMaxX() < inScene(right).getMinX(), () -> inScene(left) + " and " + inScene(right));
        assertTrue(view.getMinX() <= inScene(left).getMinX(), () -> inScene(left) + " in " + view);
        assertTrue(inScene(right).getMaxX() <= view.getMaxX(), () -> inScene(right) + " in " + view);
    }

    @Test
    void aCaptionWithoutAPictureIsReadInFull() {
        choose(CompareMode.SIDE_BY_SIDE);
        onFx(() -> {
            studio.compare().right().set(CompareSide.KEPT_B);
            stage.getScene().getRoot().layout();
        });
        Label caption = find("#preview-rival .caption", Label.class);
        assertTrue(caption.getWidth() >= caption.prefWidth(-1), caption.getText());
    }

    @Test
    void theLegendOfADifferenceHasItsPlaceToo() {
        compareLongNamesInTheSmallestWindow(CompareMode.DIFFERENCE);
        Bounds view = inScene(find("#preview-difference", Node.class));
        Bounds legend = inScene(find("#preview-difference .heat-legend", Node.class));
        assertTrue(
                legend.getMinX() >= view.getMinX() && legend.getMaxX() <= view.getMaxX(), () -> legend + " in " + view);
    }

    private double middle(String query) {
        Node node = find(query, Node.class);
        return node.localToScene(node.getLayoutBounds()).getCenterX();
    }

    @Test
    void sidesAndRangeAreChosenInTheBar() {
        choose(CompareMode.DIFFERENCE);
        onFx(() -> {
            choice("#compare-right").setValue(CompareSide.ORIGINAL);
            choice("#heat-range").setValue(HeatRange.FINE);
        });
        assertEquals(CompareSide.ORIGINAL, studio.compare().right().get());
        assertEquals(HeatRange.FINE, studio.compare().range().get());
        assertTrue(find("#heat-mean", Label.class).getText().startsWith("· on average "));
        robot.clickOn("#compare-swap");
        assertEquals(CompareSide.ORIGINAL, studio.compare().left().get());
    }

    @SuppressWarnings("unchecked")
    private ComboBox<Object> choice(String id) {
        return (ComboBox<Object>) find(id, ComboBox.class);
    }

    @Test
    void keptSettingsAreNotCalledAsPicturesAre() {
        ToggleButton first = find("#kept-A", ToggleButton.class);
        assertEquals("1", first.getText());
        assertEquals("Keep these settings as 1", first.getAccessibleText());
        robot.clickOn(first);
        assertEquals("Switch to settings 1: NoiseDiffusion · γ 0.00 · boundary 2.00", first.getAccessibleText());
        choose(CompareMode.SIDE_BY_SIDE);
        onFx(() -> {
            studio.compare().left().set(CompareSide.KEPT_A);
            studio.compare().right().set(CompareSide.ORIGINAL);
            world.rest.elapse();
            studio.playback().seek(0);
        });
        assertEquals(
                "Settings 1: NoiseDiffusion · γ 0.00 · boundary 2.00",
                find("#preview-main .caption", Label.class).getText());
        assertEquals("Original A", find("#preview-rival .caption", Label.class).getText());
    }

    @Test
    void settingsAreKeptAndSwitchedAndUndone() {
        robot.clickOn("#kept-A");
        assertTrue(find("#kept-A", ToggleButton.class).isSelected());
        onFx(() -> studio.parameters().gamma().set(0.5));
        assertFalse(find("#kept-A", ToggleButton.class).isSelected());
        robot.clickOn("#keep").clickOn("Keep these settings as 2");
        assertTrue(find("#kept-B", ToggleButton.class).isSelected());
        robot.clickOn("#kept-A");
        assertEquals(0, studio.parameters().gamma().get());
        robot.push(KeyCode.SHORTCUT, KeyCode.Z);
        assertEquals(0.5, studio.parameters().gamma().get());
        robot.push(KeyCode.SHORTCUT, KeyCode.Z);
        assertEquals("", studio.kept().name(KeptLetter.B).getValue());
    }
}
