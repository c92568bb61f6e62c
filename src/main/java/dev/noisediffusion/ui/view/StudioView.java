package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.ExportState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The whole window: pictures left, the morph in the middle, settings right, the film beneath. */
public final class StudioView extends StackPane {
    StudioView(StudioViewModel studio, Manners manners) {
        getStyleClass().add("studio");
        Texts texts = studio.texts();
        var frame = new BorderPane();
        frame.setTop(new VBox(
                new HeaderView(studio, manners.remembered(), manners.buttons()),
                manners.welcome(),
                banners(studio, texts)));
        frame.setLeft(new KeyframesView(studio.keyframes(), texts));
        frame.setCenter(stage(studio, texts));
        frame.setRight(new ParametersView(
                studio.parameters(),
                studio.kept(),
                studio.render(),
                new NoiseHealthView(studio.health(), texts),
                texts));
        frame.setBottom(new VBox(
                new FilmstripView(studio.film(), studio.playback(), texts), new StatusLine(studio.status(), texts)));
        getChildren().addAll(frame, ExportDialog.over(studio.export(), texts));
        getChildren().addAll(manners.overlays());
        getChildren().add(UnsavedDialog.over(studio.work().project(), texts));
        DropTarget.on(this, offers -> true, studio.work()::drop);
    }

    private static Node stage(StudioViewModel studio, Texts texts) {
        var preview = new PreviewView(studio);
        VBox.setVgrow(preview, Priority.ALWAYS);
        return new StackPane(
                Nodes.styled(new VBox(preview, new TransportBar(studio.playback(), studio.film(), texts)), "stage"),
                new SheetView(studio.sheet(), texts));
    }

    private static Node banners(StudioViewModel studio, Texts texts) {
        ObservableValue<String> export = studio.export().messageProperty();
        return new VBox(
                banner("model-message", studio.model().messageProperty(), studio.model()::dismissMessage, texts),
                banner(
                        "project-message",
                        studio.work().project().messageProperty(),
                        studio.work().project()::dismissMessage,
                        texts),
                banner(
                        "autosave-message",
                        studio.work().autosave().messageProperty(),
                        studio.work().autosave()::dismissMessage,
                        texts),
                banner("render-message", studio.render().messageProperty(), studio.render()::dismissMessage, texts),
                named(
                        "export-message",
                        new BannerView(
                                export,
                                studio.export().stateProperty().map(state -> state == ExportState.FAILED),
                                studio.export()::dismissMessage,
                                texts)));
    }

    private static Node banner(String id, ObservableValue<String> message, Runnable dismiss, Texts texts) {
        return named(id, new BannerView(message, message.map(text -> !text.isEmpty()), dismiss, texts));
    }

    private static Node named(String id, Node node) {
        node.setId(id);
        return node;
    }
}
