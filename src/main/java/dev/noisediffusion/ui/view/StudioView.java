package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ModalPane;
import dev.noisediffusion.ui.viewmodel.ExportQueueViewModel;
import dev.noisediffusion.ui.viewmodel.ExportState;
import dev.noisediffusion.ui.viewmodel.ProjectViewModel;
import dev.noisediffusion.ui.viewmodel.Remedy;
import dev.noisediffusion.ui.viewmodel.SheetKind;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The whole window: pictures left, the morph in the middle, settings right, the film beneath. */
public final class StudioView extends StackPane {
    StudioView(StudioViewModel studio, Manners manners, Cards cards) {
        getStyleClass().add("studio");
        studio.critic().shownProperty().bindBidirectional(manners.remembered().artifactMarksProperty());
        Texts texts = studio.texts();
        var frame = new BorderPane();
        var top = new VBox(new HeaderView(studio, manners), manners.welcome(), banners(studio));
        frame.setTop(top);
        var panes = new Panes(frame, manners.remembered(), texts);
        panes.setLeft(new KeyframesView(studio.keyframes(), studio.path(), studio.work(), texts));
        frame.setCenter(stage(studio, texts));
        panes.setRight(new ParametersView(
                studio,
                manners.remembered().explanationsProperty(),
                new NoiseHealthView(studio.health(), manners.remembered().healthOpenProperty(), texts)));
        Node film = panes.film(new FilmstripView(studio, texts));
        var status = new StatusLine(studio.status(), studio.exports(), texts);
        var criticBar = new CriticBar(studio.critic(), texts);
        frame.setBottom(new VBox(new FrameNotice(studio.frames(), texts), criticBar, film, status));
        var lab = new RareView(
                studio.lab().showingProperty(),
                () -> new LabView(studio.lab(), studio.model().name(), texts),
                LabView::takeKeyboard);
        Nodes.follow(top.heightProperty(), height -> between(top, lab, status));
        Nodes.follow(status.heightProperty(), height -> between(top, lab, status));
        var alone = studio.preview().aloneProperty();
        PictureAlone.install(this, alone, List.of(top, frame.getLeft(), frame.getRight(), frame.getBottom()));
        Nodes.follow(studio.lab().showingProperty(), showing -> {
            if (showing) {
                // The page lies between the header and the status line.
                alone.set(false);
            }
        });
        bringBackFor(studio.frames().messageProperty(), studio);
        // What lies under the page has no part in it.
        List.of(frame.getLeft(), frame.getCenter(), frame.getRight(), criticBar, film)
                .forEach(under -> under.disableProperty().bind(studio.lab().showingProperty()));
        getChildren()
                .addAll(
                        frame,
                        lab,
                        new RareView(
                                studio.exports().showingProperty(),
                                () -> new TasksView(studio.status(), studio.exports(), texts)),
                        ExportDialog.over(cards, studio.export(), texts),
                        ModelsDialog.over(cards, studio.models(), texts));
        getChildren().addAll(manners.overlays());
        getChildren().add(UnsavedDialog.over(cards, studio.work().project(), texts));
        getChildren().add(PresetNameDialog.over(cards, studio.presets(), texts));
        getChildren().add(UnfinishedDialog.over(cards, studio.exports(), texts));
        getChildren().add(dropFrame());
        DropTarget.on(this, offers -> true, studio.work()::drop);
    }

    /** What says, over all else, that something may be dropped: as a border of what lies beneath it would move that. */
    private static Node dropFrame() {
        var dropFrame = Nodes.styled(new Region(), "drop-frame");
        dropFrame.setMouseTransparent(true);
        // A card in sight is drawn over what comes after it.
        dropFrame.setViewOrder(ModalPane.Z_FRONT - 1);
        return dropFrame;
    }

    private static void between(Region above, Region page, Region below) {
        StackPane.setMargin(page, new Insets(above.getHeight(), 0, below.getHeight(), 0));
    }

    private static Node stage(StudioViewModel studio, Texts texts) {
        var preview = new PreviewView(studio);
        HBox.setHgrow(preview, Priority.ALWAYS);
        var palette =
                new RareView(studio.maskTool().inHandProperty(), () -> MaskPalette.beside(studio.maskTool(), texts));
        var canvas = new HBox(palette, preview);
        VBox.setVgrow(canvas, Priority.ALWAYS);
        var transport = new TransportBar(studio.playback(), studio.film(), studio.frames(), studio.preview(), texts);
        var beneath = Nodes.styled(new VBox(canvas, transport), "stage");
        ObservableValue<Boolean> covered = studio.sheet().kindProperty().map(kind -> kind != SheetKind.CLOSED);
        var sheet = new RareView(covered, () -> new SheetView(studio.sheet(), texts));
        beneath.disableProperty().bind(covered);
        Nodes.follow(covered, open -> {
            if (open) {
                sheet.requestFocus();
            } else if (sheet.isFocusWithin()) {
                // Elsewhere the arrows might move a setting instead of the film.
                beneath.requestFocus();
            }
        });
        return new StackPane(beneath, sheet);
    }

    private static Node banners(StudioViewModel studio) {
        Texts texts = studio.texts();
        var project = studio.work().project();
        var autosave = studio.work().autosave();
        var alarm = new SimpleBooleanProperty(true);
        return new VBox(
                banner(
                        studio,
                        "model-message",
                        studio.model().messageProperty(),
                        alarm,
                        studio.model()::dismissMessage,
                        models(studio, "model-message", studio.model().refusedProperty())),
                banner(
                        studio,
                        "project-message",
                        project.messageProperty(),
                        project.alarmingProperty(),
                        project::dismissMessage,
                        new BannerView.Offer(
                                "project-message-save",
                                texts.get("project.save"),
                                names(project, Remedy.SAVE),
                                project::save),
                        saveAs(studio, "project-message", names(project, Remedy.SAVE_AS)),
                        models(studio, "project-message", names(project, Remedy.MODELS))),
                banner(
                        studio,
                        "autosave-message",
                        autosave.messageProperty(),
                        alarm,
                        autosave::dismissMessage,
                        saveAs(studio, "autosave-message", project.unsavedProperty())),
                banner(
                        studio,
                        "preset-message",
                        studio.presets().messageProperty(),
                        alarm,
                        studio.presets()::dismissMessage),
                banner(
                        studio,
                        "render-message",
                        studio.render().messageProperty(),
                        alarm,
                        studio.render()::dismissMessage,
                        new BannerView.Offer(
                                "render-message-again",
                                texts.get("parameters.render"),
                                studio.render().canStartProperty(),
                                studio.render()::start)),
                banner(
                        studio,
                        "export-message",
                        studio.exports().messageProperty(),
                        alarm,
                        studio.exports()::dismissMessage,
                        new BannerView.Offer(
                                "export-message-tasks",
                                texts.get("queue.title"),
                                tellsOfTask(studio.exports()),
                                () -> showTasks(studio.exports()))),
                banner(
                        studio,
                        "critic-news",
                        studio.critic().newsProperty(),
                        studio.critic().alarmingProperty(),
                        studio.critic()::dismissNews),
                banner(studio, "lab-news", studio.lab().newsProperty(), alarm, studio.lab()::dismissNews));
    }

    private static ObservableValue<Boolean> names(ProjectViewModel project, Remedy remedy) {
        return project.remediesProperty().map(remedies -> remedies.contains(remedy));
    }

    private static BannerView.Offer saveAs(StudioViewModel studio, String banner, ObservableValue<Boolean> named) {
        return new BannerView.Offer(
                banner + "-save-as",
                studio.texts().get("project.saveAs"),
                named,
                studio.work().project()::saveAs);
    }

    private static BannerView.Offer models(StudioViewModel studio, String banner, ObservableValue<Boolean> named) {
        return new BannerView.Offer(
                banner + "-models", studio.texts().get("notice.models"), named, studio.models()::show);
    }

    /** A single frame that was not saved, or a film that could not be opened, is told of there too. */
    private static ObservableValue<Boolean> tellsOfTask(ExportQueueViewModel exports) {
        return Bindings.createBooleanBinding(
                () -> exports.jobs().stream()
                        .filter(job -> job.stateProperty().get() == ExportState.FAILED)
                        .anyMatch(job -> job.textProperty()
                                .get()
                                .equals(exports.messageProperty().get())),
                exports.messageProperty(),
                exports.unfinishedProperty(),
                exports.jobs());
    }

    private static void showTasks(ExportQueueViewModel exports) {
        if (!exports.showingProperty().get()) {
            exports.toggle();
        }
    }

    /**
     * A line of what is told.
     *
     * @param alarming whether it tells of something that went wrong
     */
    private static Node banner(
            StudioViewModel studio,
            String id,
            ObservableValue<String> message,
            ObservableValue<Boolean> alarming,
            Runnable dismiss,
            BannerView.Offer... offers) {
        var banner = new BannerView(message, alarming, List.of(offers), dismiss, studio.texts());
        banner.setId(id);
        bringBackFor(message, studio);
        return banner;
    }

    /** What is told around the picture would not be seen while that is alone. */
    private static void bringBackFor(ObservableValue<String> message, StudioViewModel studio) {
        Nodes.follow(message, text -> {
            if (!text.isEmpty()) {
                studio.preview().aloneProperty().set(false);
            }
        });
    }
}
