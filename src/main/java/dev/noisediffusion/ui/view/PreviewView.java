package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.Prompt;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
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
                        on(pictures(), Prompt.NONE),
                        on(noModel(), Prompt.OPEN_A_MODEL),
                        on(guide("preview.empty", Feather.IMAGE), Prompt.ADD_PICTURES),
                        on(guide("preview.waiting", Feather.LOADER), Prompt.WAIT),
                        on(guide("preview.ready", Feather.PLAY_CIRCLE), Prompt.RENDER));
    }

    private Node on(Node node, Prompt prompt) {
        return Nodes.shownWhen(node, studio.prompt().map(current -> current == prompt));
    }

    private Node pictures() {
        var pictures = new PicturesView(studio);
        VBox.setVgrow(pictures, Priority.ALWAYS);
        return new VBox(new CompareBar(studio.compare(), texts), pictures);
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
