package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.ProjectViewModel;
import dev.noisediffusion.ui.viewmodel.SheetKind;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
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
        var top = new VBox(
                new HeaderView(studio, manners.remembered(), manners.buttons()),
                manners.welcome(),
                banners(studio, texts));
        frame.setTop(top);
        var panes = new Panes(frame, manners.remembered(), texts);
        panes.setLeft(new KeyframesView(studio.keyframes(), studio.path(), texts));
        frame.setCenter(stage(studio, texts));
        panes.setRight(new ParametersView(
                studio,
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
        DropTarget.on(this, offers -> true, studio.work()::drop);
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
        return new StackPane(
                Nodes.styled(new VBox(canvas, new TransportBar(studio.playback(), studio.film(), texts)), "stage"),
                new RareView(
                        studio.sheet().kindProperty().map(kind -> kind != SheetKind.CLOSED),
                        () -> new SheetView(studio.sheet(), texts)));
    }

    private static Node banners(StudioViewModel studio, Texts texts) {
        return new VBox(
                banner("model-message", studio.model().messageProperty(), studio.model()::dismissMessage, texts),
                project(studio.work().project(), texts),
                banner(
                        "autosave-message",
                        studio.work().autosave().messageProperty(),
                        studio.work().autosave()::dismissMessage,
                        texts),
                banner("preset-message", studio.presets().messageProperty(), studio.presets()::dismissMessage, texts),
                banner("render-message", studio.render().messageProperty(), studio.render()::dismissMessage, texts),
                banner("export-message", studio.exports().messageProperty(), studio.exports()::dismissMessage, texts));
    }

    private static Node project(ProjectViewModel project, Texts texts) {
        return named(
                "project-message",
                new BannerView(
                        project.messageProperty(),
                        project.messageProperty().map(text -> !text.isEmpty()),
                        project.alarmingProperty(),
                        project::dismissMessage,
                        texts));
    }

    private static Node banner(String id, ObservableValue<String> message, Runnable dismiss, Texts texts) {
        return named(id, new BannerView(message, message.map(text -> !text.isEmpty()), dismiss, texts));
    }

    private static Node named(String id, Node node) {
        node.setId(id);
        return node;
    }
}
