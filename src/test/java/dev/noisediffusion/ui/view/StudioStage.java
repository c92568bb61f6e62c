package dev.noisediffusion.ui.view;

import static org.testfx.util.WaitForAsyncUtils.waitFor;
import static org.testfx.util.WaitForAsyncUtils.waitForAsyncFx;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.viewmodel.PictureOffer;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.ThemeChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import javafx.stage.Window;

/** The studio's window as tests open it: in the corner of the screen, where the robot finds it. */
final class StudioStage {
    private static final Path SAMPLES = Path.of("assets", "samples");
    /** Enough on a machine that is busy with other things; no test waits so long. */
    static final int PATIENCE_MS = 60_000;

    private StudioStage() {}

    static void show(Stage stage, StudioViewModel studio) {
        show(stage, studio, FakeWorld.unsaved());
    }

    static void show(Stage stage, StudioViewModel studio, SettingsViewModel settings) {
        show(stage, studio, settings, () -> {});
    }

    static void show(Stage stage, StudioViewModel studio, SettingsViewModel settings, Runnable release) {
        new StudioWindow(studio, settings, release).show(stage);
        stage.setX(0);
        stage.setY(0);
        // The screen of the tests is smaller.
        size(stage, 1440, 900);
    }

    static void size(Stage stage, double width, double height) {
        stage.setWidth(width);
        stage.setHeight(height);
    }

    /** Settings of somebody who has dismissed the welcome and likes it dark. */
    static SettingsViewModel darkSettings() {
        SettingsViewModel settings = FakeWorld.unsaved();
        settings.theme().set(ThemeChoice.DARK);
        return settings;
    }

    /** Sample photographs by name. */
    static List<PictureOffer.File> samples(String... names) {
        return Stream.of(names)
                .map(SAMPLES::resolve)
                .map(PictureOffer.File::new)
                .toList();
    }

    /** Whether a node, and with it all that it lies in, is visible. */
    static boolean isSeen(Node node) {
        return node.isVisible() && (node.getParent() == null || isSeen(node.getParent()));
    }

    /** Does something on the thread of the window and waits until the window has followed. */
    static void onFx(Runnable action) {
        atOnce(action);
        waitForFxEvents();
    }

    /** Does something on the thread of the window, after all that was put off before, and does not wait until it is painted. */
    static void atOnce(Runnable action) {
        waitForAsyncFx(PATIENCE_MS, action);
    }

    /** Waits until a tooltip says something; the mouse rests where it is. */
    static void awaitTip(String words) throws TimeoutException {
        waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS, () -> waitForAsyncFx(PATIENCE_MS, () -> isTold(words)));
    }

    private static boolean isTold(String words) {
        return Window.getWindows().stream()
                .anyMatch(window -> window instanceof Tooltip tip && words.equals(tip.getText()));
    }

    /** The main button of the mouse, which has moved, in the middle of a node. */
    static MouseEvent mouse(EventType<MouseEvent> type, Node over) {
        Bounds place = over.localToScene(over.getLayoutBounds());
        return mouse(type, place.getCenterX(), place.getCenterY(), false);
    }

    /** A double click with the main button, near the corner of what hears it. */
    static MouseEvent doubleClick() {
        return mouse(MouseEvent.MOUSE_CLICKED, 5, 5, 2, false, true);
    }

    /** The main button of the mouse at a place in the scene; the robot's own mouse does not know of Shift. */
    static MouseEvent mouse(EventType<MouseEvent> type, double x, double y, boolean shift) {
        return mouse(type, x, y, 1, shift, false);
    }

    private static MouseEvent mouse(
            EventType<MouseEvent> type, double x, double y, int clicks, boolean shift, boolean still) {
        return new MouseEvent(
                type,
                x,
                y,
                x,
                y,
                MouseButton.PRIMARY,
                clicks,
                shift,
                false,
                false,
                false,
                true,
                false,
                false,
                false,
                false,
                still,
                null);
    }
}
