package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.WindowPlace;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/** Where a window stands on the screens there are. */
final class WindowPlaces {
    private WindowPlaces() {}

    static WindowPlace of(Stage stage) {
        return new WindowPlace(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), stage.isMaximized());
    }

    /** Puts a window where it stood, or onto a screen where that one is gone. */
    static void restore(Stage stage, WindowPlace place) {
        List<WindowPlace> screens = Screen.getScreens().stream()
                .map(Screen::getVisualBounds)
                .map(WindowPlaces::place)
                .toList();
        WindowPlace fitting = place.within(screens, StudioWindow.MIN_WIDTH, StudioWindow.MIN_HEIGHT);
        stage.setX(fitting.x());
        stage.setY(fitting.y());
        stage.setWidth(fitting.width());
        stage.setHeight(fitting.height());
        stage.setMaximized(fitting.maximized());
    }

    private static WindowPlace place(Rectangle2D area) {
        return new WindowPlace(area.getMinX(), area.getMinY(), area.getWidth(), area.getHeight(), false);
    }
}
