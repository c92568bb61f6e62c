package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import javafx.util.Subscription;

/** Puts the studio on a stage. */
public final class StudioWindow {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;
    static final double MIN_WIDTH = 1024;
    static final double MIN_HEIGHT = 640;
    /** Pixels; the system takes the one that fits. */
    private static final List<Integer> ICON_SIZES = List.of(16, 32, 48, 128, 256);

    private final StudioViewModel studio;
    private final SettingsViewModel settings;
    private final Runnable release;
    private Subscription look = Subscription.EMPTY;

    /**
     * A window onto a studio, which looks and stands as the settings say.
     *
     * @param release called on the FX thread after the window has closed and all work was asked to end; it must not
     *     block, see {@code ui.fx.BackgroundRelease}
     */
    public StudioWindow(StudioViewModel studio, SettingsViewModel settings, Runnable release) {
        this.studio = studio;
        this.settings = settings;
        this.release = release;
    }

    /** Shows the window. */
    public void show(Stage stage) {
        stage.titleProperty()
                .bind(ProjectMenu.title(studio.work().project())
                        .map(project -> studio.texts().get("app.window", project)));
        studio.work().project().fileProperty().subscribe(file -> {
            if (file != null) {
                settings.projectUsed(file);
            }
        });
        stage.getIcons().setAll(ICON_SIZES.stream().map(StudioWindow::icon).toList());
        stage.setScene(scene());
        stage.setMinWidth(MIN_WIDTH);
        stage.setMinHeight(MIN_HEIGHT);
        var places = new WindowPlaces(stage);
        stage.setOnCloseRequest(event -> {
            event.consume();
            // What keeps the window open is told around the picture.
            studio.preview().aloneProperty().set(false);
            closeWhenCalm(places);
        });
        places.restore(settings.window().orElseGet(() -> WindowPlaces.middle(WIDTH, HEIGHT)));
        stage.show();
        stage.getScene().getRoot().requestFocus();
    }

    private static Image icon(int size) {
        return new Image(String.valueOf(StudioWindow.class.getResource("icon/" + size + ".png")));
    }

    private Scene scene() {
        var cards = new Cards();
        var manners = new Manners(settings, studio.storage(), cards, studio.texts());
        var scene = new Scene(new StudioView(studio, manners, cards), WIDTH, HEIGHT);
        look = Themes.follow(scene, settings.theme().valueProperty());
        cards.guard(scene);
        manners.install(scene);
        Shortcuts.install(scene, studio, cards);
        MaskShortcuts.install(scene, studio.maskTool(), cards);
        HistoryView.watchGestures(scene, studio.work().history());
        return scene;
    }

    /**
     * Closes the window once nothing is lost by it. The answers take their time: another export may be asked for while a file
     * is written, and the work may be changed while exports are finished.
     */
    private void closeWhenCalm(WindowPlaces places) {
        studio.exports()
                .afterQuestion(() -> studio.work().project().afterQuestion(() -> {
                    if (studio.exports().isAnyAwaited()) {
                        closeWhenCalm(places);
                    } else {
                        close(places);
                    }
                }));
    }

    private void close(WindowPlaces places) {
        settings.leave(places.place(), studio.playback());
        look.unsubscribe();
        AllWindows.leave(studio);
        release.run();
    }
}
