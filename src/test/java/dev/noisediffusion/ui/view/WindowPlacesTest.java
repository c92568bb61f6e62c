package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.project.StudioSettings;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.WindowPlace;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;

/** What is kept of a window that fills the screen or is put away; on a stage that no other test finds so. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class WindowPlacesTest {
    private Stage stage;
    private WindowPlaces places;

    @BeforeEach
    void open() {
        onFx(() -> {
            stage = new Stage();
            stage.setScene(new Scene(new StackPane(), 400, 300));
            places = new WindowPlaces(stage);
            stage.show();
        });
        // As the hand leaves it.
        onFx(() -> StudioStage.size(stage, 511, 322));
        onFx(places::remember);
    }

    @AfterEach
    void close() {
        onFx(stage::hide);
    }

    private void assertKept(double width, double height, boolean maximized) {
        WindowPlace place = places.place();
        assertEquals(List.of(width, height, maximized), List.of(place.width(), place.height(), place.maximized()));
    }

    @Test
    void aMaximizedWindowIsKeptWithTheSizeItGoesBackTo() {
        onFx(() -> stage.setMaximized(true));
        onFx(places::remember);
        assertKept(511, 322, true);
    }

    @Test
    void boundsThatChangeBeforeTheWindowIsMaximizedAreNotKept() {
        onFx(() -> {
            StudioStage.size(stage, 900, 600);
            stage.setMaximized(true);
        });
        onFx(places::remember);
        assertKept(511, 322, true);
    }

    @Test
    void aWindowThatIsPutAwayIsKeptWhereItComesBack() {
        double before = stage.getX();
        onFx(() -> {
            stage.setX(-32_000);
            stage.setIconified(true);
        });
        onFx(places::remember);
        assertEquals(before, places.place().x());
        assertKept(511, 322, false);
    }

    @Test
    void aWindowThatIsClosedBeforeItRestsIsKeptAsItStands() {
        onFx(() -> {
            StudioStage.size(stage, 600, 400);
            assertKept(600, 400, false);
        });
    }

    @Test
    void theFirstWindowIsNoLargerThanTheScreen() {
        StudioViewModel studio = new FakeWorld().studio();
        onFx(() -> {
            stage.hide();
            stage = new Stage();
            new StudioWindow(studio, FakeWorld.unsaved(), () -> {}).show(stage);
        });
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        assertTrue(stage.getWidth() <= Math.max(StudioWindow.MIN_WIDTH, screen.getWidth()), stage::toString);
        assertTrue(stage.getY() >= screen.getMinY(), stage::toString);
        assertTrue(stage.getY() + stage.getHeight() <= screen.getMaxY(), stage::toString);
    }

    @Test
    void aWindowThatBeginsMaximizedIsKeptWithTheSizeOfTheSessionBefore() {
        StudioViewModel studio = new FakeWorld().studio();
        var kept = new ArrayList<StudioSettings>();
        var before = new SettingsViewModel(StudioSettings.DEFAULT, kept::add);
        before.leave(new WindowPlace(0, 0, 1024, 640, true), studio.playback());
        var settings = new SettingsViewModel(kept.getLast(), kept::add);
        onFx(() -> {
            stage.hide();
            stage = new Stage();
            new StudioWindow(studio, settings, () -> {}).show(stage);
        });
        onFx(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        assertFalse(stage.isShowing());
        assertEquals(
                new StudioSettings.Place(0, 0, 1024, 640, true), kept.getLast().window());
    }
}
