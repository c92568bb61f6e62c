package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.StorageViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What the studio keeps on this computer, and which studio it is. */
final class StorageView extends VBox {
    StorageView(StorageViewModel storage, Texts texts) {
        getStyleClass().add("section");
        Button show = Nodes.button(texts.get("queue.show"), storage::showAutosaves);
        show.setId("storage-show");
        Button clear = Nodes.button(texts.get("storage.cache.clear"), storage::clear);
        clear.setId("storage-clear");
        clear.disableProperty().bind(storage.clearableProperty().not());
        Label cache = Nodes.boundLabel(storage.cacheTextProperty());
        cache.setId("storage-cache");
        getChildren()
                .addAll(
                        row("storage.autosaves", Nodes.label(storage.autosavePlace()), show, texts),
                        row("storage.cache", cache, clear, texts),
                        about(storage, texts));
    }

    private static Node about(StorageViewModel storage, Texts texts) {
        Label application = Nodes.label(storage.application(), "hint");
        application.setId("storage-application");
        Button log = Nodes.styled(Nodes.button(texts.get("storage.log"), storage::showLog), Styles.SMALL, Styles.FLAT);
        log.setId("storage-log");
        log.setMinWidth(USE_PREF_SIZE);
        Label trouble = Nodes.boundLabel(storage.logTroubleProperty(), "hint");
        Nodes.wrap(trouble);
        trouble.setMinHeight(USE_PREF_SIZE);
        return new VBox(
                Nodes.styled(new HBox(application, Nodes.spacer(), log), "parameter-line"),
                Nodes.shownWhen(trouble, storage.logTroubleProperty().isNotEmpty()));
    }

    private static Node row(String key, Label value, Button button, Texts texts) {
        value.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        value.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(value, Priority.ALWAYS);
        button.setMinWidth(USE_PREF_SIZE);
        Label help = Nodes.label(texts.get(key + ".help"), "hint");
        Nodes.wrap(help);
        help.setMinHeight(USE_PREF_SIZE);
        var line = Nodes.styled(new HBox(value, Nodes.styled(button, Styles.SMALL)), "parameter-line");
        return Nodes.styled(new VBox(Nodes.label(texts.get(key), "parameter-name"), line, help), "parameter");
    }
}
