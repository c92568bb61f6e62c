package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.atOnce;
import static dev.noisediffusion.ui.view.StudioStage.mouse;
import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForAsyncFx;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import atlantafx.base.controls.ModalPane;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.project.StudioSettings;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.viewmodel.CompareMode;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.ThemeChoice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.geometry.NodeOrientation;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Rectangle;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Themes, languages, names for screen readers, the keyboard, what is remembered. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class MannersTest {
    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private final List<StudioSettings> kept = new ArrayList<>();
    private Stage stage;
    private StudioViewModel studio;
    private SettingsViewModel settings;

    @Start
    void start(Stage given) {
        stage = given;
        settings = new SettingsViewModel(StudioSettings.DEFAULT, kept::add);
        studio = world.studio(new InlineJobRunner(), new InlineJobRunner(), world.rest);
        StudioStage.show(stage, studio, settings);
    }

    private boolean isShown(String pane) {
        return robot.lookup(pane).queryAs(ModalPane.class).isDisplay();
    }

    private void render() {
        onFx(() -> {
            FakeWorld.fill(studio);
            world.rest.elapse();
        });
    }

    private static void walk(Node node, List<Node> found) {
        if (!node.isVisible()) {
            return;
        }
        if (node.isFocusTraversable()) {
            found.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> walk(child, found));
        }
    }

    /** What screen readers read as what it holds, and name by its label alone. */
    private static boolean isFieldOrList(Node node) {
        return node instanceof TextInputControl || node instanceof ComboBoxBase || node instanceof Spinner;
    }

    /** What screen readers call a control; empty where it has no name. */
    private static String name(Node node) {
        if (isFieldOrList(node)) {
            Object label = node.queryAccessibleAttribute(AccessibleAttribute.LABELED_BY);
            return label instanceof Label shown ? shown.getText() : "";
        }
        String text = node instanceof Labeled labeled ? labeled.getText() : null;
        String accessible = node.getAccessibleText();
        return text != null && !text.isBlank() ? text : accessible == null ? "" : accessible;
    }

    private static Stream<Node> all(Node node) {
        return node instanceof Parent parent
                ? Stream.concat(
                        Stream.of(node),
                        parent.getChildrenUnmodifiable().stream().flatMap(MannersTest::all))
                : Stream.of(node);
    }

    private void everyControlHasAName() {
        waitForFxEvents();
        var focusable = new ArrayList<Node>();
        onFx(() -> walk(stage.getScene().getRoot(), focusable));
        var nameless = new TreeSet<String>();
        for (Node node : focusable) {
            if (name(node).isBlank()) {
                nameless.add(node + " in " + node.getParent());
            }
        }
        assertTrue(focusable.size() > 10);
        assertTrue(nameless.isEmpty(), () -> "Without a name for screen readers: " + String.join("\n", nameless));
    }

    @Test
    void everythingThatCanBeFocusedHasAName() {
        everyControlHasAName();
        render();
        onFx(() -> studio.parameters().gainsApartProperty().set(true));
        everyControlHasAName();
        onFx(() -> studio.export().open());
        everyControlHasAName();
        onFx(() -> studio.export().close());
        robot.clickOn("#settings");
        everyControlHasAName();
    }

    @Test
    void fieldsAndListsAreCalledByTheirLabelsAndReadAsWhatTheyHold() {
        render();
        robot.clickOn("#settings");
        onFx(() -> {
            robot.lookup(".segment-chip").queryButton().fire();
            studio.sheet().openContactSheet();
            studio.lab().open();
            studio.export().open();
            studio.presets().startSaving();
        });
        onFx(() -> {
            List<Node> found = all(stage.getScene().getRoot())
                    .filter(MannersTest::isFieldOrList)
                    .toList();
            assertTrue(found.size() > 25, found::toString);
            assertEquals(
                    List.of(),
                    found.stream()
                            .filter(node -> name(node).isBlank() || node.getAccessibleText() != null)
                            .toList());
            for (String id : List.of("segment-frames", "sheet-across", "lab-pairs", "export-name", "preset-name")) {
                assertTrue(found.stream().anyMatch(node -> id.equals(node.getId())), id);
            }
            Node gamma = robot.lookup("#parameter-gamma .number-field").query();
            assertEquals("Lubrication γ", name(gamma));
            assertEquals("0.00", gamma.queryAccessibleAttribute(AccessibleAttribute.TEXT));
            assertEquals(
                    world.texts.get("parameter.gamma.help"), gamma.queryAccessibleAttribute(AccessibleAttribute.HELP));
            Node method = robot.lookup("#parameter-method .combo-box").query();
            assertEquals("Method", name(method));
            assertEquals("NoiseDiffusion", method.queryAccessibleAttribute(AccessibleAttribute.TEXT));
            assertEquals(
                    "Model: " + studio.model().name().getValue(),
                    robot.lookup("#model-chip").query().queryAccessibleAttribute(AccessibleAttribute.TEXT));
        });
    }

    @Test
    void theFirstSessionIsWelcomedAndTheWelcomeGoesWhenDismissed() {
        assertTrue(robot.lookup("#welcome").query().isVisible());
        Screenshots.take(stage.getScene(), "welcome");
        robot.clickOn("#welcome-close");
        assertFalse(robot.lookup("#welcome").query().isVisible());
    }

    @Test
    void theQuestionMarkListsTheShortcutsAndEscapeClosesThem() {
        onFx(() -> stage.getScene().getRoot().requestFocus());
        robot.push(KeyCode.F1);
        assertTrue(isShown("#shortcuts-dialog-pane"));
        Set<Label> shortcuts = robot.lookup(".shortcut-keys").queryAllAs(Label.class);
        assertFalse(shortcuts.isEmpty());
        for (Label keys : shortcuts) {
            assertTrue(keys.getWidth() >= keys.prefWidth(-1), () -> "cut: " + keys.getText());
        }
        robot.push(KeyCode.ESCAPE);
        assertFalse(isShown("#shortcuts-dialog-pane"));
        robot.write('?');
        assertTrue(isShown("#shortcuts-dialog-pane"));
    }

    @Test
    void whereThereIsRoomTheWholeListOfKeysIsInSight() {
        onFx(() -> StudioStage.size(stage, 1440, 900));
        robot.push(KeyCode.F1);
        ScrollPane list = robot.lookup("#shortcuts-dialog .card-scroll").queryAs(ScrollPane.class);
        assertTrue(
                list.getContent().getLayoutBounds().getHeight()
                        <= list.getViewportBounds().getHeight(),
                list::toString);
    }

    @Test
    void theListOfKeysIsScrolledByKeys() {
        onFx(() -> StudioStage.size(stage, 1024, 640));
        robot.push(KeyCode.F1);
        ScrollPane list = robot.lookup("#shortcuts-dialog .card-scroll").queryAs(ScrollPane.class);
        Paint without = ring(list);
        robot.push(KeyCode.TAB);
        waitForFxEvents();
        assertTrue(list.isFocused());
        assertNotEquals(without, ring(list));
        robot.push(KeyCode.END);
        waitForFxEvents();
        assertEquals(list.getVmax(), list.getVvalue());
    }

    @Test
    void inTheSmallestWindowTheSettingsAreScrolledAndTheWayOutStaysInSight() {
        onFx(() -> StudioStage.size(stage, StudioWindow.MIN_WIDTH, StudioWindow.MIN_HEIGHT));
        robot.clickOn("#settings");
        ScrollPane scroll = robot.lookup("#settings-dialog .card-scroll").queryAs(ScrollPane.class);
        assertTrue(scroll.getContent().getLayoutBounds().getHeight() > scroll.getHeight());
        Bounds close = seen("#settings-dialog-close");
        assertTrue(close.getMaxY() < stage.getScene().getHeight(), close::toString);
        onFx(() -> scroll.setVvalue(scroll.getVmax()));
        assertTrue(seen("#storage-log").getMaxY() < close.getMinY());
        robot.clickOn("#settings-dialog-close");
        assertFalse(isShown("#settings-dialog-pane"));
    }

    private Bounds seen(String id) {
        Node node = robot.lookup(id).query();
        return node.localToScene(node.getLayoutBounds());
    }

    private static Paint ring(Region region) {
        return region.getBorder().getStrokes().getFirst().getTopStroke();
    }

    /** Opens the settings, with the keyboard in the box of the device and what stands there selected. */
    private ComboBox<String> deviceToWriteOver() {
        robot.clickOn("#settings");
        waitForFxEvents();
        ComboBox<String> box = robot.lookup("#device-choice .combo-box").queryComboBox();
        onFx(() -> {
            box.requestFocus();
            box.getEditor().selectAll();
        });
        return box;
    }

    @Test
    void aQuestionMarkIsPartOfTheAddressOfADevice() {
        deviceToWriteOver();
        robot.write("http://gpu:8000/flowers?part=2").type(KeyCode.ENTER);
        waitForFxEvents();
        assertEquals("http://gpu:8000/flowers?part=2", kept.getLast().device());
    }

    @Test
    void screenReadersKnowPicturesSlotsAndTheLineOfAWipe() {
        render();
        onFx(() -> {
            studio.compare().mode().set(CompareMode.WIPE);
            studio.compare().wipeProperty().set(0.25);
        });
        assertEquals(AccessibleRole.BUTTON, robot.lookup(".slot").query().getAccessibleRole());
        assertEquals(
                AccessibleRole.IMAGE_VIEW, robot.lookup("#preview-main").query().getAccessibleRole());
        Node line = robot.lookup("#wipe-line").query();
        assertEquals(0.25, line.queryAccessibleAttribute(AccessibleAttribute.VALUE));
        assertEquals(0.0, line.queryAccessibleAttribute(AccessibleAttribute.MIN_VALUE));
        assertEquals(1.0, line.queryAccessibleAttribute(AccessibleAttribute.MAX_VALUE));
        onFx(() -> line.executeAccessibleAction(AccessibleAction.INCREMENT));
        assertEquals(0.26, studio.compare().wipeProperty().get(), 1e-9);
    }

    @Test
    void theLookFollowsTheSettingAtOnceAndIsKept() {
        robot.clickOn("#settings");
        onFx(() -> settings.theme().set(ThemeChoice.LIGHT));
        assertTrue(stage.getScene().getStylesheets().getFirst().endsWith("light.css"));
        onFx(() -> settings.theme().set(ThemeChoice.DARK));
        assertTrue(stage.getScene().getStylesheets().getFirst().endsWith("dark.css"));
        assertEquals("DARK", kept.getLast().theme());
    }

    @Test
    void theSettingsTellTheVersionAndShowTheLog() {
        robot.clickOn("#settings");
        assertEquals(
                "NoiseDiffusion Studio (test)",
                robot.lookup("#storage-application").queryAs(Label.class).getText());
        Button log = robot.lookup("#storage-log").queryButton();
        onFx(log::fire);
        assertEquals(1, world.shown.size());
        assertEquals("studio.0.log", world.shown.getFirst().getFileName().toString());
    }

    @Test
    void theDeviceIsChosenFromTheListOrTyped() {
        robot.clickOn("#settings");
        waitForFxEvents();
        ComboBox<String> box = robot.lookup("#device-choice .combo-box").queryComboBox();
        assertEquals("Automatic", box.getEditor().getText());
        onFx(() -> box.getSelectionModel().select("cpu"));
        assertEquals("Processor", box.getEditor().getText());
        assertEquals("cpu", kept.getLast().device());
        onFx(() -> {
            box.requestFocus();
            box.getEditor().selectAll();
        });
        robot.write("http://gpu:8000/flowers").type(KeyCode.ENTER);
        waitForFxEvents();
        assertEquals("http://gpu:8000/flowers", kept.getLast().device());
        onFx(() -> {
            box.getEditor().selectAll();
        });
        robot.write("automatic").type(KeyCode.ENTER);
        waitForFxEvents();
        assertEquals("auto", kept.getLast().device());
    }

    @Test
    void escapeTakesBackAnAddressThatIsHalfTyped() {
        ComboBox<String> box = deviceToWriteOver();
        robot.write("http://gp").type(KeyCode.ESCAPE);
        waitForFxEvents();
        assertEquals("Automatic", box.getEditor().getText());
        assertTrue(isShown("#settings-dialog-pane"));
        robot.type(KeyCode.ESCAPE);
        waitForFxEvents();
        assertFalse(isShown("#settings-dialog-pane"));
        assertEquals(SettingsViewModel.AUTOMATIC, settings.deviceProperty().get());
    }

    @Test
    void anAddressThatIsHalfTypedWaitsWhileItsWindowIsLeft() {
        onFx(() -> {
            var view = new DeviceView(settings, world.texts);
            var other = new Button();
            // In no window, as if its own had lost the keyboard.
            var scene = new Scene(new VBox(view, other));
            var box = (ComboBox<?>) view.choice();
            box.requestFocus();
            assertEquals(box, scene.getFocusOwner());
            box.getEditor().setText("http://gp");
            box.commitValue();
            assertEquals(SettingsViewModel.AUTOMATIC, settings.deviceProperty().get());
            assertEquals("http://gp", box.getEditor().getText());
            other.requestFocus();
            box.commitValue();
            assertEquals("http://gp", settings.deviceProperty().get());
        });
    }

    @Test
    void whatIsNotUsedOfAPictureIsDarkInEveryLook() {
        render();
        for (ThemeChoice look : List.of(ThemeChoice.LIGHT, ThemeChoice.DARK)) {
            onFx(() -> {
                settings.theme().set(look);
                stage.getScene().getRoot().applyCss();
            });
            Set<Rectangle> shades = robot.lookup(".crop-shade").queryAllAs(Rectangle.class);
            assertFalse(shades.isEmpty());
            for (Rectangle shade : shades) {
                assertTrue(((Color) shade.getFill()).getBrightness() < 0.2, look + ": " + shade.getFill());
            }
        }
    }

    @Test
    void theDeviceInTheHeaderLeadsToWhereItIsChosen() {
        render();
        assertEquals(
                world.texts.get("model.device.tooltip", studio.model().device().getValue()),
                robot.lookup("#device").query().getAccessibleText());
        robot.clickOn("#device");
        assertTrue(isShown("#settings-dialog-pane"));
        assertTrue(robot.lookup("#device-choice .combo-box").query().isFocused());
    }

    @Test
    void whatIsChosenKeepsItsBorder() {
        render();
        onFx(() -> {
            studio.maskTool().toggle();
            studio.compare().toggle();
        });
        for (String query : List.of("#mask", "#compare", "#brush-MORE")) {
            Region button = robot.lookup(query).queryAs(Region.class);
            onFx(button::applyCss);
            List<BackgroundFill> fills = button.getBackground().getFills();
            assertEquals(Insets.EMPTY, fills.getFirst().getInsets(), query);
            assertEquals(new Insets(1), fills.getLast().getInsets(), query);
            assertNotEquals(fills.getFirst().getFill(), fills.getLast().getFill(), query);
        }
        assertNull(((Region) robot.lookup("#compare").query().lookup(".label")).getBackground());
    }

    @Test
    void closingTheWindowRemembersItsPlaceAndSpeed() {
        onFx(() -> {
            stage.setWidth(1111);
            studio.playback().fps().set(31);
        });
        onFx(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        assertEquals(31, kept.getLast().fps());
        assertEquals(
                1111, java.util.Objects.requireNonNull(kept.getLast().window()).width());
    }

    @Test
    void aTooltipExplainsWithPictures() {
        Node slider = robot.lookup("#parameter-gamma .slider").query();
        Tooltip tip = ((javafx.scene.control.Control) slider).getTooltip();
        onFx(() -> tip.show(stage));
        assertNotNull(tip.getGraphic());
        onFx(tip::hide);
        for (String id : List.of(
                "method",
                "gamma",
                "boundary",
                "placement",
                "gain",
                "mu",
                "nu",
                "depth",
                "steps",
                "frames",
                "seed",
                "travel",
                "easing",
                "endpoints")) {
            assertNotNull(getClass().getResource("/dev/noisediffusion/ui/help/" + id + ".jpg"), id);
            assertTrue(world.texts.find("parameter." + id + ".tip").isPresent(), id);
        }
    }

    @Test
    void fromRightToLeftEverythingStaysInTheWindow() {
        // Away from where the test before left the mouse: the toolkit cannot wrap a Latin tooltip from right to left.
        robot.moveTo(".stage");
        render();
        onFx(() -> stage.getScene().setNodeOrientation(NodeOrientation.RIGHT_TO_LEFT));
        Node pictures = robot.lookup(".keyframes").query();
        assertTrue(pictures.localToScene(pictures.getLayoutBounds()).getMinX() > stage.getWidth() / 2);
        robot.clickOn("#step-forward");
        assertEquals(9, studio.playback().indexProperty().get());
        Screenshots.take(stage.getScene(), "right-to-left");
    }

    private void shoot(String name, Locale language, ThemeChoice theme, double width, double height, Runnable scene) {
        onFx(() -> {
            stage.hide();
            var translated = new FakeWorld(Texts.load(language));
            studio = translated.studio(new InlineJobRunner(), new InlineJobRunner(), translated.rest);
            settings = FakeWorld.unsaved();
            settings.theme().set(theme);
            new StudioWindow(studio, settings, () -> {}).show(stage);
            StudioStage.size(stage, width, height);
            FakeWorld.fill(studio);
            translated.rest.elapse();
        });
        scene.run();
        Screenshots.take(stage.getScene(), name);
    }

    @Test
    void picturesOfEveryLanguageAndLook() {
        shoot("light", Locale.ENGLISH, ThemeChoice.LIGHT, 1440, 900, () -> {});
        shoot(
                "light-export",
                Locale.ENGLISH,
                ThemeChoice.LIGHT,
                1024,
                640,
                () -> onFx(() -> studio.export().open()));
        shoot("german", Locale.GERMAN, ThemeChoice.DARK, 1024, 640, () -> {});
        shoot(
                "german-export",
                Locale.GERMAN,
                ThemeChoice.DARK,
                1440,
                900,
                () -> onFx(() -> studio.export().open()));
        shoot("chinese", Locale.SIMPLIFIED_CHINESE, ThemeChoice.LIGHT, 1440, 900, () -> {});
        shoot("settings", Locale.ENGLISH, ThemeChoice.DARK, 1024, 640, () -> robot.clickOn("#settings"));
        shoot("shortcuts", Locale.ENGLISH, ThemeChoice.LIGHT, 1024, 640, () -> robot.clickOn("#help"));
    }

    @Test
    void panesAreDraggedByTheirEdgesAndTheirSizesAreKept() {
        robot.drag("#grip-picturesWidth").moveBy(60, 0).drop();
        robot.drag("#grip-settingsWidth").moveBy(-60, 0).drop();
        robot.drag("#grip-filmHeight").moveBy(0, -60).drop();
        render();
        Region pictures = robot.lookup(".keyframes").queryAs(Region.class);
        assertTrue(pictures.getWidth() > 236);
        assertTrue(robot.lookup(".parameters").queryAs(Region.class).getWidth() > 316);
        assertTrue(robot.lookup(".filmstrip").queryAs(Region.class).getHeight() > 118);
        assertEquals(settings.picturesWidth().get(), pictures.getWidth(), 1);
        Screenshots.take(stage.getScene(), "panes");
        robot.doubleClickOn("#grip-picturesWidth");
        assertEquals(236, pictures.getWidth(), 1);
        onFx(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        onFx(() -> studio.work().project().discardAndGoOn());
        var again = new SettingsViewModel(kept.getLast(), kept::add);
        assertEquals(236, again.picturesWidth().get());
        assertEquals(settings.settingsWidth().get(), again.settingsWidth().get());
        assertEquals(settings.filmHeight().get(), again.filmHeight().get());
    }

    @Test
    void anEdgeIsMovedWithTheArrowsAndTheStageKeepsRoom() {
        Node grip = robot.lookup("#grip-settingsWidth").query();
        onFx(grip::requestFocus);
        robot.push(KeyCode.LEFT);
        assertEquals(332, settings.settingsWidth().get());
        onFx(() -> {
            stage.setWidth(1024);
            settings.settingsWidth().set(560);
            settings.picturesWidth().set(480);
        });
        onFx(() -> stage.getScene().getRoot().layout());
        double stageWidth = robot.lookup(".stage").queryAs(Region.class).getWidth();
        assertTrue(stageWidth >= 455, "left to the stage: " + stageWidth);
        Region pictures = robot.lookup(".keyframes").queryAs(Region.class);
        double shown = pictures.getWidth();
        assertTrue(shown < 480, "there is no room for what was asked for");
        assertEquals(0, pictures.localToScene(0, 0).getX(), 1, "all of it is within the window");
        Node edge = robot.lookup("#grip-picturesWidth").query();
        onFx(edge::requestFocus);
        robot.push(KeyCode.RIGHT);
        assertEquals(480, settings.picturesWidth().get(), "more makes nothing less");
        robot.push(KeyCode.LEFT);
        onFx(() -> stage.getScene().getRoot().layout());
        assertEquals(shown - 16, pictures.getWidth(), 1);
        robot.drag("#grip-picturesWidth").moveBy(-20, 0).drop();
        assertTrue(
                settings.picturesWidth().get() < shown - 16,
                "dragged to " + settings.picturesWidth().get());
    }

    @Test
    void anEdgeDraggedBeyondTheRoomAndBackKeepsOnlyWhereItWasLetGo() {
        onFx(() -> stage.setWidth(1024));
        onFx(() -> stage.getScene().getRoot().layout());
        double before = settings.picturesWidth().get();
        drag("#grip-picturesWidth", 100, 60);
        double shown = robot.lookup(".keyframes").queryAs(Region.class).getWidth();
        assertTrue(shown < before + 60, "there is no room for what was asked for");
        assertEquals(before + 60, settings.picturesWidth().get());
        drag("#grip-picturesWidth", -30, -20);
        assertEquals(shown - 20, settings.picturesWidth().get());
    }

    /** With the mouse held down, to places as far to the right of where it was pressed; a robot does not move that exactly. */
    private void drag(String query, double... places) {
        Node grip = robot.lookup(query).query();
        onFx(() -> {
            grip.fireEvent(mouse(MouseEvent.MOUSE_PRESSED, 300, 0, false));
            for (double place : places) {
                grip.fireEvent(mouse(MouseEvent.MOUSE_DRAGGED, 300 + place, 0, false));
            }
            stage.getScene().getRoot().layout();
        });
    }

    @Test
    void aNumberIsDraggedByItsName() {
        robot.drag("#parameter-gamma .parameter-name").moveBy(70, 0).drop();
        assertTrue(studio.parameters().gamma().get() > 0.05);
        onFx(() -> studio.work().history().undo());
        assertEquals(0, studio.parameters().gamma().get());
    }

    @Test
    void aNumberStepsWithTheArrowsInItsField() {
        onFx(() -> robot.lookup("#parameter-gamma .number-field").query().requestFocus());
        robot.push(KeyCode.UP);
        robot.push(KeyCode.SHIFT, KeyCode.UP);
        robot.push(KeyCode.DOWN);
        assertEquals(0.1, studio.parameters().gamma().get(), 1e-9);
    }

    private void press(KeyCode code, boolean shift) {
        atOnce(() -> {
            Node owner = stage.getScene().getFocusOwner();
            owner.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, false, false, false));
        });
    }

    /** Whether the keyboard comes to a node, or to a part of it, or by the arrow keys from another of its group. */
    private static boolean isReached(Node node, Set<Node> reached) {
        if (node instanceof ToggleButton toggle && toggle.getToggleGroup() != null) {
            return toggle.getToggleGroup().getToggles().stream().anyMatch(reached::contains);
        }
        return reached.contains(node)
                || (node instanceof Parent parent
                        && parent.getChildrenUnmodifiable().stream().anyMatch(child -> isReached(child, reached)));
    }

    private void worksWithTheKeyboard(String query, BooleanSupplier selected) {
        Node toggle = robot.lookup(query).query();
        assertEquals(AccessibleRole.CHECK_BOX, toggle.getAccessibleRole());
        boolean before = selected.getAsBoolean();
        onFx(toggle::requestFocus);
        robot.push(KeyCode.SPACE);
        assertEquals(!before, selected.getAsBoolean());
        assertEquals(!before, toggle.queryAccessibleAttribute(AccessibleAttribute.SELECTED));
        robot.push(KeyCode.ENTER);
        assertEquals(before, selected.getAsBoolean());
        onFx(() -> toggle.executeAccessibleAction(AccessibleAction.FIRE));
        assertEquals(!before, selected.getAsBoolean());
    }

    @Test
    void switchesAreWorkedWithSpaceAndEnter() {
        render();
        worksWithTheKeyboard("#live", studio.render().liveProperty()::get);
        assertFalse(studio.playback().playingProperty().get());
        onFx(() -> studio.models().show());
        worksWithTheKeyboard("#models-offline", studio.models().offline().offlineProperty()::get);
        assertTrue(studio.models().showingProperty().get());
        onFx(() -> studio.models().close());
        robot.clickOn("#settings");
        worksWithTheKeyboard("#settings-artifacts", settings.artifactMarksProperty()::get);
        worksWithTheKeyboard("#settings-explanations", settings.explanationsProperty()::get);
        assertTrue(isShown("#settings-dialog-pane"));
    }

    @Test
    void arrowsGoThroughButtonsSideBySide() {
        Node both = robot.lookup("#parameter-placement .toggle-button:selected").query();
        onFx(both::requestFocus);
        robot.push(KeyCode.LEFT);
        robot.push(KeyCode.LEFT);
        robot.push(KeyCode.LEFT);
        assertEquals(BoundaryPlacement.BEFORE, studio.parameters().placement().get());
        robot.push(KeyCode.RIGHT);
        assertEquals(BoundaryPlacement.AFTER, studio.parameters().placement().get());
    }

    @Test
    void tabGoesThroughEveryControlAndBack() {
        render();
        onFx(() -> {
            studio.parameters().gainsApartProperty().set(true);
            stage.getScene().getRoot().requestFocus();
        });
        var wanted = new ArrayList<Node>();
        onFx(() -> walk(stage.getScene().getRoot(), wanted));
        wanted.removeIf(node -> node.isDisabled() || node instanceof ModalPane || node instanceof ScrollPane);
        for (boolean shift : List.of(false, true)) {
            Set<Node> reached = new HashSet<>();
            for (int i = 0; i < 2 * wanted.size(); i++) {
                press(KeyCode.TAB, shift);
                reached.add(stage.getScene().getFocusOwner());
            }
            List<Node> missed =
                    wanted.stream().filter(node -> !isReached(node, reached)).toList();
            assertEquals(List.of(), missed, shift ? "with Shift+Tab" : "with Tab");
        }
    }

    @Test
    void whatHasTheKeyboardLooksLikeIt() {
        render();
        for (String query : List.of("#export", "#play", "#add-picture", "#parameter-gamma .slider", ".slot", "#live")) {
            Node node = robot.lookup(query).query();
            onFx(() -> stage.getScene().getRoot().requestFocus());
            Set<Integer> without = colours(node);
            onFx(() -> stage.getScene().getRoot().requestFocus());
            for (int i = 0; i < 200 && !node.isFocused(); i++) {
                press(KeyCode.TAB, false);
            }
            assertTrue(node.isFocused(), query + " cannot be tabbed to");
            assertNotEquals(without, colours(node), query + " looks the same with the keyboard");
        }
        Screenshots.take(stage.getScene(), "focus");
    }

    private static Set<Integer> colours(Node node) {
        waitForFxEvents();
        Image image = waitForAsyncFx(StudioStage.PATIENCE_MS, () -> node.snapshot(null, null));
        var colours = new TreeSet<Integer>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getPixelReader().getArgb(x, y));
            }
        }
        return colours;
    }
}
