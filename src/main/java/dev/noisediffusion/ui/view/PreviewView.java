package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.CompareMode;
import dev.noisediffusion.ui.viewmodel.ModelState;
import dev.noisediffusion.ui.viewmodel.PreviewViewModel;
import dev.noisediffusion.ui.viewmodel.Raster;
import dev.noisediffusion.ui.viewmodel.RenderState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The picture, large; beside it its comparison; or, while there is none, what to do next. */
final class PreviewView extends StackPane {
    private final StudioViewModel studio;
    private final Texts texts;

    PreviewView(StudioViewModel studio) {
        this.studio = studio;
        this.texts = studio.texts();
        getStyleClass().add("preview");
        setMinSize(0, 0);
        PreviewViewModel preview = studio.preview();
        BooleanExpression hasPicture = preview.mainProperty().isNotNull();
        BooleanExpression hasModel = studio.model().stateProperty().isNotEqualTo(ModelState.NONE);
        BooleanExpression rendering = studio.render().stateProperty().isEqualTo(RenderState.RENDERING);
        BooleanExpression ready = Bindings.createBooleanBinding(
                studio.keyframes()::areReady, studio.keyframes().revision());
        getChildren()
                .addAll(
                        Nodes.shownWhen(pictures(preview), hasPicture),
                        Nodes.shownWhen(noModel(), hasPicture.not().and(hasModel.not())),
                        Nodes.shownWhen(
                                guide("preview.waiting", Feather.LOADER),
                                hasPicture.not().and(hasModel).and(rendering)),
                        Nodes.shownWhen(
                                guide("preview.ready", Feather.PLAY_CIRCLE),
                                hasPicture
                                        .not()
                                        .and(hasModel)
                                        .and(rendering.not())
                                        .and(ready)),
                        Nodes.shownWhen(
                                guide("preview.empty", Feather.IMAGE),
                                hasPicture
                                        .not()
                                        .and(hasModel)
                                        .and(rendering.not())
                                        .and(ready.not())));
    }

    private Node pictures(PreviewViewModel preview) {
        BooleanExpression comparing = Bindings.createBooleanBinding(
                studio.compare()::isOn, studio.compare().modeProperty());
        ObservableValue<String> method = studio.parameters()
                .method()
                .valueProperty()
                .map(chosen -> texts.get(studio.parameters().method().textKey(chosen)));
        Node main = pane(preview.mainProperty(), preview.mainStaleProperty(), method, comparing);
        main.setId("preview-main");
        Node rival = pane(
                preview.rivalProperty(),
                preview.rivalStaleProperty(),
                studio.compare().modeProperty().map(mode -> texts.get("preview.rival")),
                comparing);
        rival.setId("preview-rival");
        return Nodes.styled(
                new HBox(
                        main,
                        Nodes.shownWhen(
                                rival, studio.compare().modeProperty().map(mode -> mode == CompareMode.SIDE_BY_SIDE))),
                "preview-pictures");
    }

    private Node pane(
            ObservableValue<@Nullable Raster> raster,
            ObservableValue<Boolean> stale,
            ObservableValue<String> caption,
            ObservableValue<Boolean> comparing) {
        var picture = new PictureView(raster, 4);
        picture.accessibleTextProperty()
                .bind(studio.playback()
                        .indexProperty()
                        .map(index -> texts.get("preview.picture", index.intValue() + 1)));
        Label updating = Nodes.shownWhen(Nodes.label(texts.get("preview.stale"), "pill", "stale"), stale);
        var stack = new StackPane(picture, updating);
        StackPane.setAlignment(updating, Pos.TOP_RIGHT);
        VBox.setVgrow(stack, Priority.ALWAYS);
        Label name = Nodes.shownWhen(Nodes.boundLabel(caption, "caption"), comparing);
        var pane = Nodes.styled(new VBox(stack, name), "preview-pane");
        pane.setMinWidth(0);
        pane.setPrefWidth(100);
        HBox.setHgrow(pane, Priority.ALWAYS);
        return pane;
    }

    private Node noModel() {
        var guide = guide("model.empty", Feather.BOX);
        Button choose = Nodes.button(texts.get("model.choose"), studio.model()::choose);
        choose.setId("choose-model");
        guide.getChildren().add(Nodes.styled(choose, "accent"));
        return guide;
    }

    private VBox guide(String key, Feather icon) {
        Label text = Nodes.label(texts.get(key + ".text"), "guide-text");
        text.setWrapText(true);
        return Nodes.styled(
                new VBox(
                        Nodes.styled(new FontIcon(icon), "guide-icon"),
                        Nodes.label(texts.get(key + ".title"), "guide-title"),
                        text),
                "guide");
    }
}
