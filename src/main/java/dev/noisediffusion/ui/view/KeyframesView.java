package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.KeyframeViewModel;
import dev.noisediffusion.ui.viewmodel.KeyframesViewModel;
import dev.noisediffusion.ui.viewmodel.PathViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.WorkViewModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The column of the artist's pictures. */
final class KeyframesView extends VBox {
    private final KeyframesViewModel keyframes;
    private final PathViewModel path;
    private final WorkViewModel work;
    private final Texts texts;
    private final Map<KeyframeViewModel, ImageSlotView> views = new HashMap<>();
    private final Map<KeyframeViewModel, SegmentView> segments = new HashMap<>();
    private final VBox slots = Nodes.styled(new VBox(), "slots");
    private final ScrollPane scroll = new ScrollPane();
    private final SlotOrder order;

    KeyframesView(KeyframesViewModel keyframes, PathViewModel path, WorkViewModel work, Texts texts) {
        this.keyframes = keyframes;
        this.path = path;
        this.work = work;
        this.order = new SlotOrder(keyframes, slots);
        this.texts = texts;
        getStyleClass().add("keyframes");
        scroll.setContent(slots);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        var alarm = new SimpleBooleanProperty(true);
        var message = new BannerView(keyframes.messageProperty(), alarm, List.of(), keyframes::dismissMessage, texts);
        message.setId("keyframes-message");
        getChildren().addAll(title(), message, scroll, add());
        order.takeDrops();
        keyframes.slots().addListener((ListChangeListener<KeyframeViewModel>) change -> rebuild());
        rebuild();
    }

    private Node title() {
        return Nodes.styled(
                new HBox(
                        Nodes.label(texts.get("keyframes.title"), "panel-title"),
                        Nodes.spacer(),
                        Nodes.iconButton(upAndDown(), texts.get("keyframes.reverse"), keyframes::reverse)),
                "panel-header");
    }

    private static Node upAndDown() {
        return Nodes.styled(new HBox(new FontIcon(Feather.ARROW_UP), new FontIcon(Feather.ARROW_DOWN)), "arrow-pair");
    }

    private Node add() {
        Button add = Nodes.button(texts.get("keyframes.add"), keyframes::browse);
        add.setId("add-picture");
        add.setGraphic(new FontIcon(Feather.PLUS));
        add.setMaxWidth(Double.MAX_VALUE);
        Nodes.describe(add, texts.get("keyframes.add.tooltip"));
        return Nodes.styled(new VBox(add), "panel-footer");
    }

    /** Scrolls as little as shows the end of a node. */
    private void reveal(Node node) {
        applyCss();
        layout();
        double hidden = slots.getHeight() - scroll.getViewportBounds().getHeight();
        double end =
                node.getBoundsInParent().getMaxY() - scroll.getViewportBounds().getHeight();
        if (hidden > 0 && end > scroll.getVvalue() * hidden) {
            scroll.setVvalue(Math.min(1, end / hidden));
        }
    }

    private void rebuild() {
        views.forEach((slot, view) -> {
            if (!keyframes.slots().contains(slot)) {
                view.release();
            }
        });
        views.keySet().retainAll(keyframes.slots());
        segments.keySet().retainAll(keyframes.slots());
        int number = 0;
        var shown = new ArrayList<Node>();
        for (KeyframeViewModel slot : keyframes.slots()) {
            ImageSlotView view =
                    views.computeIfAbsent(slot, added -> new ImageSlotView(keyframes, added, work, order, texts));
            view.setLetter(KeyframesViewModel.letter(number++));
            shown.add(view);
            shown.add(
                    segments.computeIfAbsent(slot, added -> new SegmentView(path.behind(added), this::reveal, texts)));
        }
        slots.getChildren().setAll(shown);
    }
}
