package dev.noisediffusion.ui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForAsyncFx;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.project.StudioSettings;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.ThemeChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
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
        stage.setX(0);
        stage.setY(0);
        settings = new SettingsViewModel(StudioSettings.DEFAULT, kept::add);
        studio = world.studio(new InlineJobRunner(), new InlineJobRunner(), world.rest);
        new StudioWindow(studio, settings, () -> {}).show(stage);
    }

    private static void onFx(Runnable action) {
        waitForAsyncFx(20_000, action);
        waitForFxEvents();
    }

    private boolean isShown(String pane) {
        return robot.lookup(pane)
                .queryAs(atlantafx.base.controls.ModalPane.class)
                .isDisplay();
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

    private void everyControlHasAName() {
        waitForFxEvents();
        var focusable = new ArrayList<Node>();
        onFx(() -> walk(stage.getScene().getRoot(), focusable));
        var nameless = new TreeSet<String>();
        for (Node node : focusable) {
            String text = node instanceof Labeled labeled ? labeled.getText() : null;
            boolean named = (text != null && !text.isBlank())
                    || (node.getAccessibleText() != null
                            && !node.getAccessibleText().isBlank());
            if (!named) {
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
        robot.push(KeyCode.ESCAPE);
        assertFalse(isShown("#shortcuts-dialog-pane"));
        robot.write('?');
        assertTrue(isShown("#shortcuts-dialog-pane"));
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
                "endpoints")) {
            assertNotNull(getClass().getResource("/dev/noisediffusion/ui/help/" + id + ".jpg"), id);
            assertTrue(world.texts.find("parameter." + id + ".tip").isPresent(), id);
        }
    }

    @Test
    void fromRightToLeftEverythingStaysInTheWindow() {
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
            settings = SettingsViewModel.unsaved();
            settings.theme().set(theme);
            new StudioWindow(studio, settings, () -> {}).show(stage);
            stage.setWidth(width);
            stage.setHeight(height);
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
}
