package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.CompareMode;
import dev.noisediffusion.ui.viewmodel.PreviewStage;
import dev.noisediffusion.ui.viewmodel.PreviewViewModel;
import dev.noisediffusion.ui.viewmodel.Prompt;
import dev.noisediffusion.ui.viewmodel.Raster;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
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
        getChildren()
                .addAll(
                        on(pictures(studio.preview()), Prompt.NONE),
                        on(noModel(), Prompt.OPEN_A_MODEL),
                        on(guide("preview.empty", Feather.IMAGE), Prompt.ADD_PICTURES),
                        on(guide("preview.waiting", Feather.LOADER), Prompt.WAIT),
                        on(guide("preview.ready", Feather.PLAY_CIRCLE), Prompt.RENDER));
    }

    private Node on(Node node, Prompt prompt) {
        return Nodes.shownWhen(node, studio.prompt().map(current -> current == prompt));
    }

    private Node pictures(PreviewViewModel preview) {
        BooleanExpression comparing = Bindings.createBooleanBinding(
                studio.compare()::isOn, studio.compare().modeProperty());
        ObservableValue<String> method = studio.parameters()
                .method()
                .valueProperty()
                .map(chosen -> texts.get(studio.parameters().method().textKey(chosen)));
        PictureView main = pane(
                studio.live().shownRaster(), inProgress(preview.mainStaleProperty()), stageText(), method, comparing);
        main.setId("preview-main");
        main.cover(new MaskOverlay(studio.maskTool(), texts));
        Node rival = pane(
                preview.rivalProperty(),
                preview.rivalStaleProperty(),
                new SimpleStringProperty(texts.get("preview.stale")),
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

    private PictureView pane(
            ObservableValue<@Nullable Raster> raster,
            ObservableValue<Boolean> stale,
            ObservableValue<String> staleText,
            ObservableValue<String> caption,
            ObservableValue<Boolean> comparing) {
        Label updating = Nodes.shownWhen(Nodes.boundLabel(staleText, "pill", "stale"), stale);
        Label name = Nodes.shownWhen(Nodes.boundLabel(caption, "caption"), comparing);
        var picture = new PictureView(raster, 4, updating, name);
        picture.accessibleTextProperty()
                .bind(studio.playback()
                        .indexProperty()
                        .map(index -> texts.get("preview.picture", index.intValue() + 1)));
        HBox.setHgrow(picture, Priority.ALWAYS);
        picture.setPrefWidth(100);
        return picture;
    }

    private ObservableValue<Boolean> inProgress(ObservableValue<Boolean> stale) {
        return Bindings.createBooleanBinding(
                () -> stale.getValue() || studio.live().rasterProperty().get() != null,
                stale,
                studio.live().rasterProperty());
    }

    /** Which kind of picture stands for the frame until it is finished. */
    private ObservableValue<String> stageText() {
        return studio.live()
                .stageProperty()
                .map(stage -> texts.get(stage == PreviewStage.NONE ? "preview.stale" : "preview.stage." + stage));
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
        Nodes.wrap(text);
        return Nodes.styled(
                new VBox(
                        Nodes.styled(new FontIcon(icon), "guide-icon"),
                        Nodes.label(texts.get(key + ".title"), "guide-title"),
                        text),
                "guide");
    }
}
