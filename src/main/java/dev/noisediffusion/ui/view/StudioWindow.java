package dev.noisediffusion.ui.view;

import atlantafx.base.theme.PrimerDark;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.Window;

/** Puts the studio on a stage. */
public final class StudioWindow {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;
    private static final double MIN_WIDTH = 1024;
    private static final double MIN_HEIGHT = 640;

    private final StudioViewModel studio;
    private final Runnable release;

    /**
     * A window onto a studio.
     *
     * @param release called on the FX thread after the window has closed and all work was asked to end; it must not
     *     block, see {@code ui.fx.BackgroundRelease}
     */
    public StudioWindow(StudioViewModel studio, Runnable release) {
        this.studio = studio;
        this.release = release;
    }

    /** Shows the window. */
    public void show(Stage stage) {
        Application.setUserAgentStylesheet(new PrimerDark().getUserAgentStylesheet());
        stage.setTitle(studio.texts().get("app.title"));
        stage.setScene(scene());
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        stage.setOnCloseRequest(event -> {
            event.consume();
            close(stage);
        });
        stage.show();
        stage.getScene().getRoot().requestFocus();
    }

    private Scene scene() {
        var scene = new Scene(new StudioView(studio), WIDTH, HEIGHT);
        scene.getStylesheets()
                .addAll(List.of(stylesheet("dark.css"), stylesheet("controls.css"), stylesheet("studio.css")));
        Shortcuts.install(scene, studio);
        HistoryView.watchGestures(scene, studio.work().history());
        return scene;
    }

    private static String stylesheet(String name) {
        return Objects.requireNonNull(StudioWindow.class.getResource(name), name)
                .toExternalForm();
    }

    /** Popups go first, the newest before the others: the toolkit crashes when it ends while one is open. */
    private void close(Stage stage) {
        studio.cancelAll();
        List<Window> popups = Window.getWindows().stream()
                .filter(window -> !window.equals(stage))
                .toList();
        popups.reversed().forEach(Window::hide);
        stage.hide();
        release.run();
    }
}
