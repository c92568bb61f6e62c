package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.isSeen;
import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.export.Playback;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.NoiseTravel;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.ManualJobRunner;
import dev.noisediffusion.ui.viewmodel.CompareMode;
import dev.noisediffusion.ui.viewmodel.FrameCell;
import dev.noisediffusion.ui.viewmodel.KeyframeViewModel;
import dev.noisediffusion.ui.viewmodel.Movement;
import dev.noisediffusion.ui.viewmodel.NumberParameter;
import dev.noisediffusion.ui.viewmodel.ParametersViewModel;
import dev.noisediffusion.ui.viewmodel.Raster;
import dev.noisediffusion.ui.viewmodel.RenderState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class StudioWindowTest {
    private final FakeWorld world = new FakeWorld();
    private final ManualJobRunner renders = new ManualJobRunner();
    private final AtomicBoolean released = new AtomicBoolean();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @TempDir
    private Path folder;

    @Start
    void start(Stage given) {
        stage = given;
        studio = world.studio(new InlineJobRunner(), renders, world.rest);
        StudioStage.show(stage, studio, FakeWorld.unsaved(), () -> released.set(true));
        StudioStage.size(stage, 1280, 800);
    }

    /** Runs everything that waits: the rest of the hand, then the render. */
    private void settle() {
        onFx(() -> {
            world.rest.elapse();
            while (renders.waitingCount() > 0) {
                renders.runNext();
            }
        });
    }

    private void fillAndRender() {
        onFx(() -> FakeWorld.fill(studio));
        settle();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
    }

    private <T extends Node> T find(String query, Class<T> type) {
        return robot.lookup(query).queryAs(type);
    }

    private Slider slider(NumberParameter parameter) {
        return find("#parameter-" + parameter.id() + " .slider", Slider.class);
    }

    private TextField field(NumberParameter parameter) {
        return find("#parameter-" + parameter.id() + " .text-field", TextField.class);
    }

    private ToggleButton segment(String id, String text) {
        return robot
                .lookup("#parameter-" + id + " .toggle-button")
                .<ToggleButton>queryAllAs(ToggleButton.class)
                .stream()
                .filter(button -> button.getText().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private List<Node> slots() {
        return List.copyOf(robot.lookup(".slot").queryAll());
    }

    private void drop(Node target, ClipboardContent content) {
        onFx(() -> {
            new DragboardOf(content).dropOn(target);
        });
    }

    @Test
    void theWindowHasTheIconsOfTheStudio() {
        assertEquals(
                List.of(16.0, 32.0, 48.0, 128.0, 256.0),
                stage.getIcons().stream().map(Image::getWidth).toList());
    }

    @Test
    void whatIsDroppedIsCopiedThoughItMayBeMoved() {
        onFx(() -> assertEquals(TransferMode.COPY, new DragboardOf(files("red.png")).acceptedBy(slots().getFirst())));
    }

    private static ClipboardContent files(String... names) {
        var content = new ClipboardContent();
        content.putFiles(java.util.Arrays.stream(names).map(File::new).toList());
        return content;
    }

    @Test
    void everyNumberCanBeSlidTypedAndReset() {
        ParametersViewModel parameters = studio.parameters();
        parameters.gainsApartProperty();
        onFx(() -> parameters.gainsApartProperty().set(true));
        for (NumberParameter number : List.of(
                parameters.gamma(),
                parameters.boundary(),
                parameters.gain(),
                parameters.muGain(),
                parameters.nuGain(),
                parameters.depth(),
                parameters.steps(),
                parameters.frames(),
                parameters.seed())) {
            Slider slider = slider(number);
            onFx(() -> slider.setValue(slider.getMin() + 0.25 * (slider.getMax() - slider.getMin())));
            assertEquals(
                    number.range().sliderMin()
                            + 0.25
                                    * (number.range().sliderMax()
                                            - number.range().sliderMin()),
                    number.get(),
                    number.range().step(),
                    number.id());
            assertEquals(studio.texts().number(number), field(number).getText(), number.id());
            onFx(() -> {
                field(number).setText(String.valueOf(number.range().max()));
                field(number).fireEvent(new javafx.event.ActionEvent());
            });
            assertEquals(number.range().max(), number.get(), 1e-9, number.id());
            assertTrue(slider(number).getAccessibleText().length() > 10, number.id());
            onFx(number::reset);
            assertEquals(studio.texts().number(number), field(number).getText(), number.id());
        }
    }

    @Test
    void doubleClickOnANameResetsItsNumber() {
        onFx(() -> studio.parameters().gamma().set(0.4));
        robot.doubleClickOn("#parameter-gamma .parameter-name");
        assertEquals(0, studio.parameters().gamma().get());
    }

    @Test
    void draggingASliderMovesItsParameter() {
        Slider slider = slider(studio.parameters().gamma());
        robot.drag(slider.lookup(".thumb")).moveBy(80, 0).drop();
        assertTrue(studio.parameters().gamma().get() > 0.1);
    }

    @Test
    void everyChoiceCanBeMade() {
        robot.clickOn(segment("placement", "Mixture"));
        assertEquals(BoundaryPlacement.AFTER, studio.parameters().placement().get());
        onFx(() -> studio.parameters().gamma().set(0.5));
        onFx(() -> segment("travel", "Drifting").fire());
        assertEquals(NoiseTravel.TRAVELLING, studio.parameters().noiseTravel().get());
        onFx(() -> segment("endpoints", "Method’s").fire());
        assertEquals(Endpoints.METHOD, studio.parameters().endpoints().get());
        onFx(() -> segment("endpoints", "Method’s").fire());
        assertTrue(segment("endpoints", "Method’s").isSelected());
        ComboBox<?> method = find("#parameter-method .combo-box", ComboBox.class);
        onFx(() -> method.getSelectionModel().select(3));
        assertEquals(MethodName.CROSSFADE, studio.parameters().method().get());
        assertTrue(slider(studio.parameters().gamma()).isDisabled());
        ComboBox<?> easing = find("#parameter-easing .combo-box", ComboBox.class);
        onFx(() -> easing.getSelectionModel().select(3));
        onFx(() -> find("#closed", CheckBox.class).fire());
        assertEquals(
                new MorphPath(Easing.Preset.EASE_IN_OUT, true),
                studio.parameters().path(List.of()));
    }

    @Test
    void theBoundaryIsSwitchedOffAndTheGainsAreSetApart() {
        robot.clickOn("#boundary-off");
        assertTrue(studio.parameters().boundaryOffProperty().get());
        onFx(() -> find("#gains-apart", CheckBox.class).fire());
        assertTrue(studio.parameters().gainsApartProperty().get());
        assertTrue(field(studio.parameters().muGain()).getParent().isVisible());
        robot.clickOn("#reset-all");
        assertFalse(studio.parameters().boundaryOffProperty().get());
    }

    @Test
    void theDiceRollAnotherSeed() {
        onFx(() -> studio.parameters().gamma().set(0.5));
        onFx(() -> find("#roll-seed", javafx.scene.control.Button.class).fire());
        assertFalse(studio.parameters().seed().get() == 0);
    }

    @Test
    void filesDroppedOnASlotGoIntoIt() {
        drop(slots().get(1), files("blue.png"));
        assertEquals("blue.png", studio.keyframes().slots().get(1).name().getValue());
        assertEquals("", studio.keyframes().slots().getFirst().name().getValue());
    }

    @Test
    void filesDroppedAnywhereFillTheFreeSlots() {
        drop(stage.getScene().getRoot(), files("red.png", "blue.png", "green.png"));
        assertEquals(3, slots().size());
        assertTrue(studio.keyframes().areReady());
    }

    @Test
    void picturesDraggedOutOfABrowserAreTaken() {
        var html = new ClipboardContent();
        html.putHtml(
                "<a href='https://example.org/page'><img alt=x src=\"https://example.org/red.jpg?a=1&amp;b=2\"></a>");
        html.putUrl("https://example.org/page");
        drop(slots().getFirst(), html);
        var picture = new ClipboardContent();
        var image = new WritableImage(4, 4);
        image.getPixelWriter().setColor(0, 0, Color.RED);
        picture.putImage(image);
        drop(slots().get(1), picture);
        assertEquals("red.jpg", studio.keyframes().slots().getFirst().name().getValue());
        assertEquals("Pasted picture", studio.keyframes().slots().get(1).name().getValue());
    }

    @Test
    void theClipboardIsPasted() {
        onFx(() -> Clipboard.getSystemClipboard().setContent(files("red.png")));
        robot.push(KeyCode.SHORTCUT, KeyCode.V);
        assertEquals("red.png", studio.keyframes().slots().getFirst().name().getValue());
    }

    @Test
    void aFileThatIsNoPictureIsToldInItsSlotAndTheWindowLivesOn() {
        drop(slots().getFirst(), files("bad.png"));
        Label message = find(".slot-message", Label.class);
        assertTrue(message.isVisible() && message.getParent().isVisible());
        assertEquals(
                "“bad.png” is damaged or cut off: copy or download it again, or save it anew from a picture program.",
                message.getText());
        assertEquals(message.getText(), message.getTooltip().getText());
        drop(slots().getFirst(), files("red.png"));
        assertEquals("red.png", studio.keyframes().slots().getFirst().name().getValue());
        assertFalse(message.getParent().isVisible());
    }

    @Test
    void aFolderThatIsNoModelIsToldAndAnotherCanBeChosen() {
        world.answers.add(Path.of("bad-model"));
        robot.clickOn("#choose-model");
        Node banner = find("#model-message", Node.class);
        assertTrue(banner.isVisible());
        world.answers.add(Path.of("Flowers"));
        robot.clickOn("#choose-model");
        assertFalse(banner.isVisible());
        assertEquals("Flowers", studio.model().name().getValue());
    }

    @Test
    void theLineOfAModelThatCannotBeOpenedLeadsToTheOthers() {
        world.answers.add(Path.of("bad-model"));
        robot.clickOn("#choose-model");
        robot.clickOn("#model-message-models");
        assertTrue(isSeen(find("#models-dialog", Node.class)));
    }

    @Test
    void theCropIsDraggedZoomedAndReset() {
        onFx(() -> {
            FakeWorld.fill(studio);
            studio.keyframes()
                    .slots()
                    .getFirst()
                    .load(FakeWorld.offers("wide.png").getFirst());
        });
        KeyframeViewModel slot = studio.keyframes().slots().getFirst();
        double before = slot.viewport().x();
        Node crop = robot.lookup(".crop").query();
        robot.drag(crop).moveBy(-40, 0).drop();
        assertTrue(slot.viewport().x() > before);
        onFx(() -> crop.fireEvent(scroll(80, false)));
        assertTrue(slot.viewport().width() < 0.5);
        robot.doubleClickOn(crop);
        assertEquals(before, slot.viewport().x());
    }

    @Test
    void theWheelIsForTheColumnUnlessTheSlotIsChosenOrCtrlIsDown() {
        onFx(() -> FakeWorld.fill(studio));
        KeyframeViewModel slot = studio.keyframes().slots().getFirst();
        Node crop = robot.lookup(".crop").query();
        var passedOn = new AtomicInteger();
        onFx(() -> {
            crop.getParent().addEventHandler(ScrollEvent.SCROLL, event -> passedOn.incrementAndGet());
            stage.getScene().getRoot().requestFocus();
            crop.fireEvent(scroll(80, false));
        });
        assertEquals(1, slot.viewport().width());
        assertEquals(1, passedOn.get());
        onFx(() -> crop.fireEvent(scroll(80, true)));
        assertTrue(slot.viewport().width() < 1);
        onFx(() -> {
            slot.resetCrop();
            slots().getFirst().requestFocus();
            crop.fireEvent(scroll(80, false));
        });
        assertTrue(slot.viewport().width() < 1);
        assertEquals(1, passedOn.get());
    }

    private static ScrollEvent scroll(double delta, boolean control) {
        return new ScrollEvent(
                ScrollEvent.SCROLL,
                9,
                9,
                9,
                9,
                false,
                control,
                false,
                false,
                false,
                false,
                0,
                delta,
                0,
                delta,
                ScrollEvent.HorizontalTextScrollUnits.NONE,
                0,
                ScrollEvent.VerticalTextScrollUnits.NONE,
                0,
                0,
                null);
    }

    @Test
    void slotsAreTakenAwayByTheirButtonsAndAddedByTheOneBeneath() {
        onFx(() -> FakeWorld.fill(studio));
        robot.moveTo(slots().getFirst());
        onFx(() -> button(slots().getFirst(), "Remove").fire());
        assertEquals("blue.png", studio.keyframes().slots().getFirst().name().getValue());
        world.answers.add(Path.of("green.png"));
        robot.clickOn("#add-picture");
        assertEquals("green.png", studio.keyframes().slots().get(1).name().getValue());
    }

    @Test
    void aClickOnASlotsButtonThatWandersDragsNothing() {
        onFx(() -> FakeWorld.fill(studio));
        robot.moveTo(slots().getFirst());
        onFx(() -> {
            Node tool = button(slots().getFirst(), "More");
            tool.fireEvent(StudioStage.mouse(MouseEvent.MOUSE_PRESSED, tool));
            tool.fireEvent(StudioStage.mouse(MouseEvent.MOUSE_DRAGGED, tool));
            tool.fireEvent(StudioStage.mouse(MouseEvent.MOUSE_RELEASED, tool));
        });
        var dragged = PseudoClass.getPseudoClass("dragged");
        assertTrue(
                slots().stream().noneMatch(slot -> slot.getPseudoClassStates().contains(dragged)));
    }

    @Test
    void nothingMovesWhileSomethingIsHeldOverTheWindow() {
        Parent root = stage.getScene().getRoot();
        Node logo = find(".logo", Node.class);
        Node header = find(".slot-header", Node.class);
        onFx(root::layout);
        Bounds logoBefore = logo.localToScene(logo.getLayoutBounds());
        Bounds headerBefore = header.localToScene(header.getLayoutBounds());
        onFx(() -> {
            root.pseudoClassStateChanged(PseudoClass.getPseudoClass("drop-hover"), true);
            slots().getFirst().pseudoClassStateChanged(PseudoClass.getPseudoClass("landing-before"), true);
            root.applyCss();
            root.layout();
        });
        Region frame = find(".drop-frame", Region.class);
        assertNotNull(frame.getBorder());
        assertNotNull(((Region) slots().getFirst()).getBorder());
        assertEquals(logoBefore, logo.localToScene(logo.getLayoutBounds()));
        assertEquals(headerBefore, header.localToScene(header.getLayoutBounds()));
        onFx(() -> studio.models().show());
        assertTrue(
                root.getChildrenUnmodifiable().stream()
                        .allMatch(child -> child.equals(frame) || child.getViewOrder() > frame.getViewOrder()),
                "over a card too");
    }

    @Test
    void theViewOfASlotThatIsGoneFollowsNoModel() {
        onFx(() -> FakeWorld.fill(studio));
        onFx(() -> {
            Parent gone = (Parent) slots().getFirst().lookup(".crop");
            Parent left = (Parent) slots().get(1).lookup(".crop");
            studio.keyframes().remove(studio.keyframes().slots().getFirst());
            gone.layout();
            left.layout();
            world.modelSide = 32;
            studio.model().open(Path.of("larger"));
            assertTrue(left.isNeedsLayout());
            assertFalse(gone.isNeedsLayout());
        });
    }

    private static javafx.scene.control.Button button(Node inside, String text) {
        Set<Node> all = ((Parent) inside).lookupAll(".button");
        return all.stream()
                .map(javafx.scene.control.Button.class::cast)
                .filter(button -> text.equals(button.getAccessibleText()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void renderingShowsProgressAndCanBeCancelled() {
        onFx(() -> FakeWorld.fill(studio));
        onFx(world.rest::elapse);
        Node cancel = find("#cancel", Node.class);
        assertTrue(cancel.isVisible());
        robot.clickOn("#cancel");
        assertEquals(RenderState.CANCELLED, studio.render().stateProperty().get());
        assertFalse(cancel.isVisible());
        robot.clickOn("#render");
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        robot.push(KeyCode.ESCAPE);
        assertEquals(RenderState.CANCELLED, studio.render().stateProperty().get());
        robot.push(KeyCode.SHORTCUT, KeyCode.R);
        settle();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
    }

    @Test
    void liveIsSwitchedOff() {
        robot.clickOn("#live");
        assertFalse(studio.render().liveProperty().get());
    }

    @Test
    void theFilmstripSeeksOnClickAndFollowsTheFrameShown() {
        fillAndRender();
        ListView<?> list = find("#filmstrip", ListView.class);
        assertEquals(17, list.getItems().size());
        assertEquals(8, list.getSelectionModel().getSelectedIndex());
        robot.clickOn(robot.lookup(".frame-cell .frame").queryAll().stream()
                .findFirst()
                .orElseThrow());
        assertEquals(0, studio.playback().indexProperty().get());
        assertEquals("f = 0.00", find("#fraction", Label.class).getText());
        onFx(() -> studio.playback().seek(4));
        assertEquals(4, list.getSelectionModel().getSelectedIndex());
        assertEquals("f = 0.25", find("#fraction", Label.class).getText());
        assertEquals("5 / 17", find("#frame-number", Label.class).getText());
        Label length = find("#film-length", Label.class);
        assertTrue(length.isVisible());
        assertEquals("2.7 s", length.getText(), "there and back");
        onFx(() -> studio.playback().mode().set(Playback.ONCE));
        assertEquals("1.4 s", length.getText());
        onFx(() -> StudioStage.size(stage, 1024, 640));
        assertFalse(length.isVisible(), "there is no room");
    }

    private String placeUnderTheFilm(FrameCell frame) {
        Node shown = robot.lookup(".frame-cell").queryAll().stream()
                .filter(node -> node instanceof ListCell<?> cell && frame.equals(cell.getItem()))
                .findFirst()
                .orElseThrow();
        return ((Label) shown.lookup(".frame-position")).getText();
    }

    @Test
    void anotherMovementWritesTheNewPlacesUnderTheFilmAndBesideTheFrameNumber() {
        fillAndRender();
        onFx(() -> studio.playback().seek(8));
        FrameCell middle = studio.film().cells().get(8);
        assertEquals("0.50", placeUnderTheFilm(middle));
        assertEquals("f = 0.50", find("#fraction", Label.class).getText());
        onFx(() -> studio.parameters().easing().set(Movement.EASE_IN));
        settle();
        assertEquals("0.25", placeUnderTheFilm(middle));
        assertEquals("f = 0.25", find("#fraction", Label.class).getText());
    }

    @Test
    void aThousandFramesHaveNodesOnlyWhereTheyAreSeen() {
        onFx(() -> {
            studio.parameters().method().set(MethodName.CROSSFADE);
            studio.parameters().frames().set(1000);
        });
        fillAndRender();
        assertTrue(robot.lookup(".frame-cell").queryAll().size() < 40);
        onFx(() -> studio.playback().seek(999));
        assertEquals(999, studio.playback().indexProperty().get());
    }

    @Test
    void theFilmIsPlayedSteppedAndScrubbed() {
        fillAndRender();
        robot.clickOn("#play");
        assertTrue(studio.playback().playingProperty().get());
        onFx(() -> world.ticker.tick(0.26));
        assertEquals(11, studio.playback().indexProperty().get());
        robot.push(KeyCode.SPACE);
        assertFalse(studio.playback().playingProperty().get());
        robot.push(KeyCode.LEFT);
        assertEquals(10, studio.playback().indexProperty().get());
        robot.push(KeyCode.RIGHT);
        robot.clickOn("#step-forward");
        assertEquals(12, studio.playback().indexProperty().get());
        robot.clickOn("#step-back");
        assertEquals(11, studio.playback().indexProperty().get());
        onFx(() -> find("#scrub", Slider.class).setValue(3.2));
        assertEquals(3, studio.playback().indexProperty().get());
        onFx(() -> {
            TextField fps = find("#fps", TextField.class);
            fps.setText("30");
            fps.fireEvent(new javafx.event.ActionEvent());
        });
        assertEquals(30, studio.playback().fps().get());
        robot.doubleClickOn("#fps").write("25").push(KeyCode.SPACE);
        assertFalse(studio.playback().playingProperty().get());
    }

    @Test
    void aFilmThatPlaysStandsStillForTheMouse() {
        fillAndRender();
        robot.clickOn("#play");
        assertTrue(studio.playback().playingProperty().get());
        robot.moveTo(find("#scrub", Slider.class).lookup(".thumb")).press(MouseButton.PRIMARY);
        assertFalse(studio.playback().playingProperty().get());
        robot.release(MouseButton.PRIMARY);
        robot.clickOn("#play");
        assertTrue(studio.playback().playingProperty().get());
        robot.clickOn(robot.lookup(".frame-cell").queryAll().stream()
                .filter(node -> node instanceof ListCell<?> cell && cell.isSelected())
                .findFirst()
                .orElseThrow());
        assertFalse(studio.playback().playingProperty().get());
    }

    @Test
    void withLiveOffItIsSaidThatThePictureIsNotUpToDate() {
        fillAndRender();
        Label pill = find("#preview-main .pill", Label.class);
        Node render = find("#render", Node.class);
        assertFalse(render.getStyleClass().contains("accent"));
        onFx(() -> {
            studio.render().liveProperty().set(false);
            studio.parameters().gamma().set(0.4);
        });
        assertTrue(pill.isVisible());
        assertEquals("Not up to date", pill.getText());
        assertTrue(render.getStyleClass().contains("accent"));
        robot.push(KeyCode.SHORTCUT, KeyCode.E);
        assertTrue(find("#export-outdated", Node.class).isVisible());
        robot.clickOn("#export-cancel");
        robot.clickOn("#render");
        assertEquals("Updating", pill.getText());
        settle();
        assertFalse(pill.isVisible());
        assertFalse(render.getStyleClass().contains("accent"));
        robot.push(KeyCode.SHORTCUT, KeyCode.E);
        assertFalse(find("#export-outdated", Node.class).isVisible());
    }

    private Bounds laidOut(Node node) {
        onFx(() -> {
            stage.getScene().getRoot().applyCss();
            stage.getScene().getRoot().layout();
        });
        return node.localToScene(node.getLayoutBounds());
    }

    @Test
    void withLiveOffTheFilmOfThisMomentCanTakeThePlaceOfTheOneOnItsWay() {
        fillAndRender();
        Region render = find("#render", Region.class);
        Region cancel = find("#cancel-render", Region.class);
        onFx(() -> {
            studio.render().liveProperty().set(false);
            studio.parameters().gamma().set(0.4);
            studio.render().start();
        });
        Bounds alone = laidOut(cancel);
        assertTrue(cancel.isVisible());
        assertFalse(render.isVisible());
        onFx(() -> studio.parameters().gamma().set(0.6));
        assertTrue(render.isVisible());
        assertEquals(alone, laidOut(cancel));
        assertTrue(cancel.isVisible());
        assertTrue(render.getWidth() >= render.prefWidth(-1), () -> "cut: " + render.getWidth());
        robot.clickOn("#render");
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        assertFalse(render.isVisible());
        settle();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertFalse(studio.render().outdatedProperty().get());
    }

    private void assertPaneShows(int pane, FrameCell cell) {
        // Of a frame as small as these it has every pixel.
        Raster frame = Objects.requireNonNull(cell.thumbnailProperty().get());
        var rgb = new byte[3 * frame.argb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (frame.argb()[i / 3] >> (16 - 8 * (i % 3)));
        }
        Picture picture = Picture.wrap(frame.width(), frame.height(), rgb);
        Raster shown = Objects.requireNonNull(
                studio.preview().panes().get(pane).rasterProperty().get());
        assertArrayEquals(Raster.enlarged(picture).argb(), shown.argb());
    }

    @Test
    void slerpIsShownBesideTheMorphInLockstep() {
        fillAndRender();
        robot.clickOn("#compare");
        settle();
        assertEquals(CompareMode.SIDE_BY_SIDE, studio.compare().modeProperty().get());
        assertTrue(find("#preview-rival", Node.class).isVisible());
        onFx(() -> studio.playback().seek(2));
        assertPaneShows(0, studio.film().cells().get(2));
        assertPaneShows(1, studio.compare().film().cells().get(2));
        robot.push(KeyCode.SHORTCUT, KeyCode.D);
        assertFalse(find("#preview-rival", Node.class).isVisible());
    }

    @Test
    void theFilmIsExported() {
        fillAndRender();
        robot.push(KeyCode.SHORTCUT, KeyCode.E);
        assertTrue(find("#export-dialog", Node.class).isVisible());
        robot.clickOn(segment("format", "GIF"));
        robot.clickOn(segment("format", "MP4"));
        robot.clickOn("#export-cancel");
        assertFalse(studio.export().showingProperty().get());
        robot.clickOn("#export");
        world.answers.add(folder);
        robot.clickOn("#export-folder-choose");
        robot.doubleClickOn("#export-name").write("film");
        robot.clickOn("#export-go");
        assertEquals(folder.resolve("film.gif"), world.exports.getFirst().target());
        assertEquals("Saved film.gif", studio.status().textProperty().get());
    }

    @Test
    void backOverwritesNothing() throws IOException {
        Path film = Files.writeString(folder.resolve("film.mp4"), "there");
        fillAndRender();
        robot.clickOn("#export");
        onFx(() -> {
            world.answers.add(folder);
            studio.export().chooseFolder();
            studio.export().nameProperty().set("film");
        });
        robot.clickOn("#export-go");
        robot.clickOn("#export-back");
        assertTrue(studio.export().showingProperty().get());
        assertEquals("", studio.export().clashProperty().get());
        assertEquals(List.of(), world.exports);

        robot.clickOn("#export-go");
        robot.clickOn("#export-replace");
        assertFalse(studio.export().showingProperty().get());
        assertEquals(film, world.exports.getFirst().target());
        assertTrue(world.exports.getFirst().mayReplace());
    }

    @Test
    void anExportThatFailsIsToldAndTheWindowLivesOn() {
        world.exporter = (request, progress, cancellation) -> {
            throw new IOException("The disk is full, and this is said at such a length that it fills some lines.");
        };
        fillAndRender();
        robot.clickOn("#export");
        world.answers.add(folder);
        robot.clickOn("#export-folder-choose");
        robot.clickOn("#export-go");
        Node banner = find("#export-message", Node.class);
        assertTrue(banner.isVisible());
        onFx(() -> button(banner, "Dismiss").fire());
        assertFalse(banner.isVisible());
        onFx(studio.exports()::toggle);
        Node row = find("#tasks-panel", Node.class).lookupAll(".task-row").stream()
                .filter(task -> studio.exports().jobs().getFirst().equals(task.getUserData()))
                .findFirst()
                .orElseThrow();
        Label reason = (Label) row.lookup(".hint");
        assertEquals(reason.getText(), ((Text) reason.lookup(".text")).getText());
    }

    @Test
    void theLineThatTellsOfAFailedExportOpensTheTasks() {
        world.exporter = (request, progress, cancellation) -> {
            throw new IOException("The disk is full.");
        };
        fillAndRender();
        robot.clickOn("#export");
        world.answers.add(folder);
        robot.clickOn("#export-folder-choose");
        robot.clickOn("#export-go");
        Node tasks = find("#export-message-tasks", Node.class);
        assertTrue(isSeen(tasks));
        robot.clickOn(tasks);
        assertTrue(studio.exports().showingProperty().get());
        onFx(() -> {
            world.exporter = (request, progress, cancellation) -> {
                throw new IOException("The folder is gone.");
            };
            world.answers.add(folder.resolve("still.png"));
            studio.still().save(studio.film().cells().getFirst());
        });
        assertEquals("The folder is gone.", studio.exports().messageProperty().get());
        assertFalse(tasks.isVisible(), "a single frame is none of the tasks");
    }

    @Test
    void theLineThatTellsOfAFailedRenderRendersAgain() {
        fillAndRender();
        world.failing = true;
        onFx(() -> studio.parameters().gamma().set(0.5));
        settle();
        assertEquals(RenderState.FAILED, studio.render().stateProperty().get());
        Node again = find("#render-message-again", Node.class);
        assertTrue(isSeen(again));
        world.failing = false;
        robot.clickOn(again);
        settle();
        assertEquals(RenderState.FINISHED, studio.render().stateProperty().get());
        assertFalse(isSeen(again));
    }

    @Test
    void closingTheWindowEndsTheWorkAndReleasesEverything() {
        onFx(() -> FakeWorld.fill(studio));
        onFx(world.rest::elapse);
        onFx(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        robot.clickOn("#unsaved-discard");
        assertTrue(renders.tokens.getFirst().isCancelled());
        assertTrue(released.get());
        assertFalse(stage.isShowing());
    }
}
