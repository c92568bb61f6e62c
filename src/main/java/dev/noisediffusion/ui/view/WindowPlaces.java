package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.WindowPlace;
import java.util.List;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.util.Duration;

/** Where a window stands on the screens there are, and where it goes back to while it fills one or is put away. */
final class WindowPlaces {
    /** Some platforms move a window first and say afterwards that it was maximized or put away. */
    private static final Duration REST = Duration.millis(400);

    private final Stage stage;
    private final PauseTransition rest = new PauseTransition(REST);
    private Optional<WindowPlace> last = Optional.empty();

    WindowPlaces(Stage stage) {
        this.stage = stage;
        rest.setOnFinished(event -> remember());
        for (var bound : List.of(stage.xProperty(), stage.yProperty(), stage.widthProperty(), stage.heightProperty())) {
            Nodes.follow(bound, value -> rest.playFromStart());
        }
    }

    /** Takes the bounds as those that the window goes back to, if they are. */
    void remember() {
        if (isFree()) {
            last = Optional.of(now());
        }
    }

    /** Whether the window has bounds of its own. */
    private boolean isFree() {
        return !stage.isMaximized() && !stage.isIconified() && !stage.isFullScreen();
    }

    private WindowPlace now() {
        return new WindowPlace(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), stage.isMaximized());
    }

    /** Where the window stands, or goes back to. */
    WindowPlace place() {
        WindowPlace bounds = isFree() ? now() : last.orElseGet(this::now);
        return new WindowPlace(bounds.x(), bounds.y(), bounds.width(), bounds.height(), stage.isMaximized());
    }

    /** Where a window stands that never stood anywhere: in the middle of the main screen. */
    static WindowPlace middle(double width, double height) {
        return WindowPlace.centred(width, height, whole(Screen.getPrimary().getVisualBounds()));
    }

    /** Puts the window where it stood, or onto a screen where that one is gone. */
    void restore(WindowPlace place) {
        List<WindowPlace> screens = Screen.getScreens().stream()
                .map(Screen::getVisualBounds)
                .map(WindowPlaces::whole)
                .toList();
        WindowPlace fitting = place.within(screens, StudioWindow.MIN_WIDTH, StudioWindow.MIN_HEIGHT);
        stage.setX(fitting.x());
        stage.setY(fitting.y());
        stage.setWidth(fitting.width());
        stage.setHeight(fitting.height());
        stage.setMaximized(fitting.maximized());
        last = Optional.of(fitting);
    }

    private static WindowPlace whole(Rectangle2D area) {
        return new WindowPlace(area.getMinX(), area.getMinY(), area.getWidth(), area.getHeight(), false);
    }
}
