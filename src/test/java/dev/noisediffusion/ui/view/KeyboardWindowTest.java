package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.isSeen;
import static dev.noisediffusion.ui.view.StudioStage.mouse;
import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.SwitchedJobRunner;
import dev.noisediffusion.ui.viewmodel.CompareMode;
import dev.noisediffusion.ui.viewmodel.FrameCell;
import dev.noisediffusion.ui.viewmodel.KeyframeViewModel;
import dev.noisediffusion.ui.viewmodel.RenderState;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.SheetKind;
import dev.noisediffusion.ui.viewmodel.SlotState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Viewport;
import dev.noisediffusion.ui.viewmodel.ZoomViewModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Who hears the keyboard of the real window. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class KeyboardWindowTest {
    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();
    private final SwitchedJobRunner renders = new SwitchedJobRunner();
    private final SettingsViewModel settings = StudioStage.darkSettings();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        studio = world.studio(jobs, renders, world.rest);
        FakeWorld.fill(studio);
        world.rest.elapse();
        StudioStage.show(stage, studio, settings);
        StudioStage.size(stage, 1440, 900);
    }

    private TextField typed(String digits) {
        TextField field = robot.lookup("#parameter-gamma .number-field").queryAs(TextField.class);
        robot.clickOn(field).push(KeyCode.CONTROL, KeyCode.A).write(digits);
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
    void aClickIntoANumberReplacesItWithWhatIsTyped() {
        TextField field = robot.lookup("#parameter-gamma .number-field").queryAs(TextField.class);
        robot.clickOn(field).write("0.3").push(KeyCode.ENTER);
        assertEquals(0.3, studio.parameters().gamma().get());
        robot.clickOn(field);
        assertEquals("0.30", field.getSelectedText());
        // Far enough away to be no double click, which selects too.
        robot.moveBy(24, 0).clickOn();
        assertEquals("", field.getSelectedText(), "the second click sets the caret");
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
    void escapeInAFieldOnlyLeavesTheField() {
        renders.holdBack();
        onFx(() -> {
            studio.parameters().gain().set(0.7);
            studio.render().start();
        });
        TextField field = typed("0.7");
        robot.push(KeyCode.ESCAPE);
        assertFalse(field.isFocused());
        assertEquals("0.00", field.getText());
        robot.doubleClickOn(field);
        assertTrue(field.isFocused());
        robot.push(KeyCode.ESCAPE);
        assertFalse(field.isFocused());
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        robot.push(KeyCode.ESCAPE);
        assertEquals(RenderState.CANCELLED, studio.render().stateProperty().get());
        assertEquals(0, studio.parameters().gamma().get());
    }

    @Test
    void escapeEndsNoExport() {
        onFx(() -> {
            studio.export().open();
            world.answers.add(folder);
            studio.export().chooseFolder();
            jobs.holdBack();
            studio.export().export();
            // Looks whether files are in the way.
            jobs.runNext();
        });
        assertEquals(1, studio.exports().unfinishedProperty().get());
        robot.push(KeyCode.ESCAPE);
        assertFalse(jobs.tokens().getLast().isCancelled());
        onFx(jobs::runAll);
        assertEquals(1, world.exports.size());
    }

    @Test
    void whatIsBeingTypedIsRenderedAndSaved() {
        typed("0.3");
        robot.push(KeyCode.CONTROL, KeyCode.R);
        assertEquals(0.3, studio.parameters().gamma().get());
        world.answers.add(folder.resolve("typed.morph"));
        typed("0.4");
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertEquals(0.4, studio.parameters().gamma().get());
        assertFalse(studio.work().project().unsavedProperty().get());
        TextField field = typed("0.5");
        robot.push(KeyCode.CONTROL, KeyCode.A);
        assertEquals("0.5", field.getText());
        assertEquals("0.5", field.getSelectedText(), "other keys with Ctrl are the field’s own");
        assertEquals(0.4, studio.parameters().gamma().get());
    }

    @Test
    void wordsThatAreBeingTypedAreRendered() {
        world.readsWords = true;
        onFx(() -> studio.model().open(Path.of("words")));
        onFx(() -> robot.lookup("#field-prompt").query().requestFocus());
        robot.write("rose");
        robot.push(KeyCode.CONTROL, KeyCode.R);
        assertEquals("rose", studio.parameters().words().prompt().get());
    }

    @Test
    void whatWasUndoneInAFieldIsDoneAgainThere() {
        world.readsWords = true;
        onFx(() -> studio.model().open(Path.of("words")));
        onFx(() -> {
            studio.parameters().gamma().set(0.3);
            studio.work().history().undo();
        });
        assertEquals(0, studio.parameters().gamma().get());
        TextArea field = robot.lookup("#field-prompt").queryAs(TextArea.class);
        onFx(field::requestFocus);
        robot.write("x");
        for (KeyCode[] again : List.of(
                new KeyCode[] {KeyCode.CONTROL, KeyCode.Y},
                new KeyCode[] {KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z})) {
            robot.push(KeyCode.CONTROL, KeyCode.Z);
            assertEquals("", field.getText());
            robot.push(again);
            assertEquals("x", field.getText());
            assertEquals(0, studio.parameters().gamma().get(), "the work itself stays as it is");
        }
    }

    @Test
    void whatIsBeingTypedOutlivesARedo() {
        onFx(() -> {
            studio.parameters().gamma().set(0.3);
            studio.work().history().undo();
        });
        TextField field = typed("0.7");
        robot.push(KeyCode.CONTROL, KeyCode.Y).push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        assertEquals("0.7", field.getText());
        assertEquals(0, studio.parameters().gamma().get());
    }

    @Test
    void theLargePictureHearsTheKeysOfItsMenuWhereNothingIsBesideIt() {
        onFx(() -> {
            Clipboard.getSystemClipboard().clear();
            studio.playback().seek(5);
        });
        robot.clickOn("#preview-main");
        robot.push(KeyCode.F);
        assertTrue(studio.film().cells().get(5).marksProperty().get().favouriteShown());
        robot.push(KeyCode.CONTROL, KeyCode.C);
        onFx(() -> assertTrue(Clipboard.getSystemClipboard().hasImage()));
        robot.push(KeyCode.DELETE);
        onFx(world.rest::elapse);
        assertEquals(16, studio.film().cells().size());
        onFx(() -> {
            studio.compare().toggle();
            world.rest.elapse();
        });
        robot.clickOn("#preview-main");
        robot.push(KeyCode.DELETE);
        onFx(world.rest::elapse);
        assertEquals(16, studio.film().cells().size());
    }

    @Test
    void underASheetNothingHearsAndTheArrowsGoFromCellToCell() {
        int frame = studio.playback().indexProperty().get();
        Node beneath = robot.lookup(".stage").query();
        robot.clickOn("#preview-main");
        robot.push(KeyCode.CONTROL, KeyCode.G);
        assertTrue(beneath.isDisabled());
        assertTrue(robot.lookup("#mask").query().isDisabled());
        robot.push(KeyCode.M);
        assertFalse(studio.maskTool().inHandProperty().get());
        robot.push(KeyCode.RIGHT).push(KeyCode.RIGHT).push(KeyCode.DOWN).push(KeyCode.LEFT);
        assertTrue(robot.lookup("#sheet-cell-5").query().isFocused());
        robot.push(KeyCode.HOME).push(KeyCode.CONTROL, KeyCode.RIGHT);
        assertEquals(frame, studio.playback().indexProperty().get());
        robot.push(KeyCode.SPACE);
        assertFalse(studio.sheet().isOpen());
        assertFalse(studio.playback().playingProperty().get());
        assertFalse(beneath.isDisabled());
        assertEquals(beneath, stage.getScene().getFocusOwner());
        robot.push(KeyCode.RIGHT);
        assertEquals(frame + 1, studio.playback().indexProperty().get());
    }

    @Test
    void overASheetTheMenuOpensTheOtherKindAndWhoComparesLeavesIt() {
        onFx(() -> studio.sheet().openContactSheet());
        robot.clickOn("#compare .arrow-button").clickOn("#open-morphGrid");
        assertEquals(SheetKind.MORPH_GRID, studio.sheet().kindProperty().get());
        SplitMenuButton compare = robot.lookup("#compare").queryAs(SplitMenuButton.class);
        onFx(compare::fire);
        assertFalse(studio.sheet().isOpen());
        assertEquals(CompareMode.SIDE_BY_SIDE, studio.compare().modeProperty().get());
        robot.push(KeyCode.CONTROL, KeyCode.G).push(KeyCode.CONTROL, KeyCode.D);
        assertFalse(studio.sheet().isOpen());
        assertEquals(CompareMode.SINGLE, studio.compare().modeProperty().get());
        onFx(() -> studio.sheet().openContactSheet());
        robot.clickOn("#compare .arrow-button").clickOn("#compare-WIPE");
        assertFalse(studio.sheet().isOpen());
        assertEquals(CompareMode.WIPE, studio.compare().modeProperty().get());
    }

    @Test
    void homeAndEndGoToTheEndsAndCtrlWithAnArrowToThePictures() {
        onFx(() -> {
            studio.keyframes().add(FakeWorld.offers("green.png"));
            world.rest.elapse();
            studio.playback().seek(1);
        });
        List<Integer> pictures = studio.film().cells().stream()
                .filter(FrameCell::isKeyframe)
                .map(FrameCell::index)
                .toList();
        assertEquals(3, pictures.size());
        int last = studio.film().cells().size() - 1;
        robot.push(KeyCode.END);
        assertEquals(last, studio.playback().indexProperty().get());
        robot.push(KeyCode.CONTROL, KeyCode.LEFT);
        assertEquals(pictures.get(1), studio.playback().indexProperty().get());
        robot.push(KeyCode.HOME);
        assertEquals(0, studio.playback().indexProperty().get());
        robot.push(KeyCode.CONTROL, KeyCode.LEFT);
        assertEquals(0, studio.playback().indexProperty().get());
        robot.push(KeyCode.CONTROL, KeyCode.RIGHT);
        assertEquals(pictures.get(1), studio.playback().indexProperty().get());
        robot.push(KeyCode.CONTROL, KeyCode.RIGHT);
        assertEquals(last, studio.playback().indexProperty().get());
    }

    private List<String> seen() {
        return Stream.of(".header", ".keyframes", ".parameters", ".filmstrip", "#status", "#preview-main", "#play")
                .filter(query -> isSeen(robot.lookup(query).query()))
                .toList();
    }

    @Test
    void thePictureIsShownAloneAndTheWindowComesBackAsItWas() {
        List<String> whole = seen();
        int frame = studio.playback().indexProperty().get();
        Node before = robot.lookup("#parameter-gamma .slider").query();
        for (KeyCode back : List.of(KeyCode.ESCAPE, KeyCode.F11)) {
            onFx(before::requestFocus);
            robot.push(KeyCode.F11);
            assertTrue(stage.isFullScreen());
            assertEquals(List.of("#preview-main", "#play"), seen());
            robot.push(KeyCode.RIGHT);
            assertEquals(++frame, studio.playback().indexProperty().get());
            robot.push(back);
            assertFalse(stage.isFullScreen());
            assertEquals(whole, seen());
            assertTrue(before.isFocused());
        }
        assertEquals(7, whole.size());
        assertEquals(0, studio.parameters().gamma().get());
    }

    @Test
    void theButtonBeneathThePictureGivesItTheWholeScreenAndTheWindowBack() {
        List<String> whole = seen();
        robot.clickOn("#alone");
        waitForFxEvents();
        assertTrue(stage.isFullScreen());
        assertEquals(List.of("#preview-main", "#play"), seen());
        robot.clickOn("#alone");
        waitForFxEvents();
        assertFalse(stage.isFullScreen());
        assertEquals(whole, seen());
    }

    @Test
    void theWayBackFromTheWholeScreenStaysWhenTheFilmGoes() {
        onFx(studio.preview()::toggleAlone);
        onFx(() -> studio.work().project().startNew());
        onFx(() -> studio.work().project().discardAndGoOn());
        assertTrue(robot.lookup("#play").query().isDisabled());
        assertFalse(robot.lookup("#alone").query().isDisabled());
        robot.clickOn("#alone");
        waitForFxEvents();
        assertFalse(stage.isFullScreen());
    }

    @Test
    void ctrlZeroFits() {
        ZoomViewModel zoom = studio.preview().zoom();
        typed("0.55");
        robot.push(KeyCode.CONTROL, KeyCode.PLUS).push(KeyCode.CONTROL, KeyCode.PLUS);
        assertEquals(1.25 * 1.25, zoom.scale(), 1e-9);
        Viewport before = zoom.viewportProperty().get();
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.LEFT);
        assertEquals(before, zoom.viewportProperty().get(), "in a field that is for its words");
        robot.push(KeyCode.CONTROL, KeyCode.MINUS);
        assertEquals(1.25, zoom.scale(), 1e-9);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        assertEquals(1, zoom.magnification().get(), 1e-9);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
        assertEquals(1, zoom.scale());
    }

    @Test
    void withCtrlTheKeysOfTheZoomAreThoseOfTheLargePictureWhereverTheKeyboardIs() {
        ZoomViewModel zoom = studio.preview().zoom();
        KeyframeViewModel first = studio.keyframes().slots().getFirst();
        onFx(() -> {
            first.zoom(2);
            first.mirror();
        });
        Viewport before = first.viewport();
        robot.clickOn(".slot .crop");
        robot.push(KeyCode.CONTROL, KeyCode.PLUS);
        assertEquals(1.25, zoom.scale(), 1e-9);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
        assertEquals(1, zoom.scale());
        assertEquals(before, first.viewport());
        assertTrue(first.mirrored().get());
    }

    @Test
    void whatIsToldAndAskedBringsTheWindowBack() {
        robot.push(KeyCode.F11);
        assertTrue(stage.isFullScreen());
        world.failing = true;
        onFx(() -> {
            studio.parameters().gamma().set(0.5);
            world.rest.elapse();
        });
        assertFalse(stage.isFullScreen());
        assertTrue(isSeen(robot.lookup("#render-message").query()));
        robot.push(KeyCode.F11);
        assertTrue(stage.isFullScreen());
        onFx(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        assertTrue(studio.work().project().askingProperty().get());
        assertFalse(stage.isFullScreen());
    }

    @Test
    void afterASliderWasDraggedTheKeysAreTheFilms() {
        Node slider = robot.lookup("#parameter-gamma .slider").query();
        robot.drag(slider.lookup(".thumb")).moveBy(80, 0).drop();
        double dragged = studio.parameters().gamma().get();
        assertTrue(dragged > 0.1);
        assertTrue(slider.isFocused());
        int frame = studio.playback().indexProperty().get();
        robot.push(KeyCode.RIGHT);
        assertEquals(frame + 1, studio.playback().indexProperty().get());
        robot.push(KeyCode.HOME);
        assertEquals(0, studio.playback().indexProperty().get());
        robot.push(KeyCode.END);
        assertEquals(
                studio.film().cells().size() - 1,
                studio.playback().indexProperty().get());
        assertEquals(dragged, studio.parameters().gamma().get());
    }

    @Test
    void aSliderThatWasTabbedToKeepsItsKeys() {
        Node slider = robot.lookup("#parameter-gamma .slider").query();
        onFx(() -> {
            slider.requestFocus();
            slider.requestFocusTraversal(TraversalDirection.NEXT);
            stage.getScene().getFocusOwner().requestFocusTraversal(TraversalDirection.PREVIOUS);
        });
        assertTrue(slider.isFocused());
        int frame = studio.playback().indexProperty().get();
        robot.push(KeyCode.RIGHT);
        assertTrue(studio.parameters().gamma().get() > 0);
        assertEquals(frame, studio.playback().indexProperty().get());
    }

    @Test
    void enterTakesWhatWasTypedAndLetsGoOfTheField() {
        TextField field = typed("0.3");
        robot.push(KeyCode.ENTER);
        assertEquals(0.3, studio.parameters().gamma().get());
        assertFalse(field.isFocused());
        robot.push(KeyCode.SPACE);
        assertTrue(studio.playback().playingProperty().get());
        onFx(studio.playback()::pause);
        assertEquals("0.30", field.getText());
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

    private Node slot(int place) {
        return robot.lookup(".slot").nth(place).query();
    }

    @Test
    void theKeyboardStaysWithThePicturesWhenOneIsTakenAway() {
        robot.clickOn(".slot .crop");
        robot.push(KeyCode.D);
        assertTrue(slot(0).isFocused());
        robot.push(KeyCode.BACK_SPACE);
        assertEquals(2, studio.keyframes().slots().size());
        assertTrue(slot(0).isFocused());
        robot.push(KeyCode.D);
        onFx(() -> slot(2).requestFocus());
        robot.push(KeyCode.DELETE);
        assertEquals(2, studio.keyframes().slots().size());
        assertTrue(slot(1).isFocused());
    }

    @Test
    void zeroBeginsTheCropOfAPictureAgain() {
        KeyframeViewModel first = studio.keyframes().slots().getFirst();
        robot.clickOn(".slot .crop");
        robot.push(KeyCode.PLUS).push(KeyCode.PLUS);
        assertTrue(first.viewport().width() < 1);
        robot.push(KeyCode.DIGIT0);
        assertEquals(1, first.viewport().width());
    }

    @Test
    void theFirstPictureCannotComeEarlierAndTheLastNotLater() {
        robot.rightClickOn(".slot .crop");
        assertFalse(menu().contains("keyframes-moveUp"));
        assertTrue(menu().contains("keyframes-moveDown"));
        robot.push(KeyCode.ESCAPE);
        robot.push(KeyCode.ALT, KeyCode.DOWN);
        assertEquals("blue.png", studio.keyframes().slots().getFirst().name().getValue());
        onFx(() -> {
            Point2D at = slot(1).localToScreen(10, 10);
            slot(1).fireEvent(new ContextMenuEvent(
                    ContextMenuEvent.CONTEXT_MENU_REQUESTED, 10, 10, at.getX(), at.getY(), true, null));
        });
        assertTrue(menu().contains("keyframes-moveUp"));
        assertFalse(menu().contains("keyframes-moveDown"));
        robot.push(KeyCode.ESCAPE);
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
        assertTrue(menu().containsAll(List.of("still-copy", "preview-alone")));
        robot.push(KeyCode.ESCAPE);
        onFx(film::requestFocus);
        robot.push(KeyCode.CONTROL, KeyCode.C);
        onFx(() -> assertTrue(Clipboard.getSystemClipboard().hasImage()));
    }

    @Test
    void theMenuOfThePictureComesByKeyWhereverTheToolkitAsksForIt() {
        onFx(() -> StudioStage.size(stage, 1440, 640));
        onFx(() -> stage.getScene().getRoot().layout());
        Region pictures = robot.lookup(".preview-pictures").queryAs(Region.class);
        double quarter = pictures.getWidth() / 4;
        double left = robot.lookup("#preview-main").query().getBoundsInParent().getMinX();
        assertTrue(quarter < left, "beside the picture");
        onFx(() -> {
            Point2D in = pictures.localToScene(quarter, pictures.getHeight() / 2);
            Point2D at = pictures.localToScreen(quarter, pictures.getHeight() / 2);
            pictures.fireEvent(new ContextMenuEvent(
                    ContextMenuEvent.CONTEXT_MENU_REQUESTED, in.getX(), in.getY(), at.getX(), at.getY(), true, null));
        });
        assertTrue(menu().containsAll(List.of("still-copy", "preview-alone")));
        robot.push(KeyCode.ESCAPE);
    }

    @Test
    void aNameThatIsTakenIsAskedAboutByKeyboard() throws IOException {
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
