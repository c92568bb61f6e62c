package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.KeyframeViewModel;
import dev.noisediffusion.ui.viewmodel.KeyframesViewModel;
import dev.noisediffusion.ui.viewmodel.SlotState;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.WorkViewModel;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.event.Event;
import javafx.geometry.Side;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One of the artist's pictures: its name and place, the picture behind the crop frame, or what to do. */
final class ImageSlotView extends VBox {
    private final KeyframesViewModel keyframes;
    private final KeyframeViewModel keyframe;
    private final Texts texts;
    private final ObservableValue<String> pictureName;
    private final StringProperty letter = new SimpleStringProperty("");
    private final CropView crop;
    private final SlotMenu menu;

    ImageSlotView(
            KeyframesViewModel keyframes,
            KeyframeViewModel keyframe,
            WorkViewModel work,
            SlotOrder order,
            Texts texts) {
        this.keyframes = keyframes;
        this.keyframe = keyframe;
        this.texts = texts;
        this.pictureName = keyframe.name();
        this.crop = new CropView(keyframes.slots(), keyframe, focusedProperty());
        this.menu = new SlotMenu(this, keyframes, keyframe, texts);
        Tooltip.install(crop, describing("\n\n" + texts.get("keyframes.crop.tooltip")));
        getStyleClass().add("slot");
        Node header = header();
        order.install(header, keyframe);
        getChildren().addAll(header, body());
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.BUTTON);
        setOnKeyPressed(this::onKey);
        setOnMousePressed(event -> {
            requestFocus();
            // A press on what a menu belongs to leaves it open.
            menu.hide();
            // Or the pane around it takes the keyboard.
            event.consume();
        });
        setOnContextMenuRequested(event -> {
            menu.show(this, event.getScreenX(), event.getScreenY());
            event.consume();
        });
        DropTarget.on(this, offers -> true, offers -> work.drop(keyframe, offers));
        accessibleTextProperty().bind(Bindings.createStringBinding(this::description, pictureName, letter));
    }

    /** Under which letter the slot is known. */
    void setLetter(String next) {
        letter.set(next);
    }

    /** Lets go of what outlives the slot. */
    void release() {
        crop.release();
        menu.hide();
    }

    private String description() {
        String name = pictureName.getValue();
        return name.isEmpty()
                ? texts.get("keyframes.slot.empty", letter.get())
                : texts.get("keyframes.slot.loaded", letter.get(), name);
    }

    private Node header() {
        Label name = Nodes.boundLabel(pictureName, "slot-name");
        name.setMinWidth(0);
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        Tooltip tip = describing("");
        Nodes.follow(pictureName, picture -> name.setTooltip(picture.isEmpty() ? null : tip));
        Button more = Nodes.iconButton(Feather.MORE_HORIZONTAL, texts.get("keyframes.more"), () -> {});
        more.setOnAction(event -> {
            if (menu.isShowing()) {
                menu.hide();
            } else {
                menu.show(more, Side.BOTTOM, 0, 0);
            }
        });
        var tools = Nodes.styled(
                new HBox(more, Nodes.iconButton(Feather.X, texts.get("keyframes.remove"), this::remove)), "slot-tools");
        Nodes.shownWhen(tools, hoverProperty().or(focusWithinProperty()));
        return Nodes.styled(new HBox(Nodes.boundLabel(letter, "slot-letter"), name, tools), "slot-header");
    }

    /** A tooltip that tells of the picture as it is then. */
    private Tooltip describing(String beneath) {
        Tooltip tip = Nodes.tip("");
        tip.setOnShowing(event -> tip.setText(keyframes.describe(keyframe) + beneath));
        return tip;
    }

    private Node body() {
        ObservableValue<Boolean> loaded = keyframe.raster().map(raster -> true).orElse(false);
        ObservableValue<Boolean> loading = keyframe.stateProperty().map(state -> state == SlotState.LOADING);
        ObservableValue<Boolean> empty = keyframe.stateProperty().map(state -> state == SlotState.EMPTY);
        var body = Nodes.styled(
                new StackPane(
                        Nodes.shownWhen(crop, loaded),
                        Nodes.shownWhen(invitation(), empty),
                        Nodes.shownWhen(missing(), keyframe.stateProperty().map(state -> state == SlotState.MISSING)),
                        Nodes.shownWhen(progress(), loading),
                        Nodes.shownWhen(failure(), keyframe.messageProperty().map(message -> !message.isEmpty()))),
                "slot-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        return body;
    }

    private Node invitation() {
        var browse = Nodes.button(texts.get("keyframes.browse"), () -> keyframes.browseFor(keyframe));
        browse.accessibleTextProperty().bind(accessibleTextProperty());
        // Its first click has asked already.
        browse.setOnMouseClicked(Event::consume);
        var invitation = Nodes.styled(
                new VBox(
                        Nodes.styled(new FontIcon(Feather.IMAGE), "slot-icon"),
                        Nodes.label(texts.get("keyframes.empty.title"), "slot-title"),
                        Nodes.label(texts.get("keyframes.empty.text"), "hint"),
                        Nodes.styled(browse, "small", "slot-browse")),
                "slot-invitation");
        invitation.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                keyframes.browseFor(keyframe);
            }
        });
        return invitation;
    }

    private Node missing() {
        Label message = told(keyframe.missingText(), "missing-message");
        return Nodes.styled(
                new VBox(
                        Nodes.styled(new FontIcon(Feather.ALERT_TRIANGLE), "danger-icon"),
                        message,
                        Nodes.styled(
                                Nodes.button(
                                        texts.get("keyframes.missing.locate"), () -> keyframes.browseFor(keyframe)),
                                "small",
                                "slot-locate")),
                "slot-invitation");
    }

    private Node progress() {
        var indicator = new ProgressIndicator();
        indicator.setMaxSize(28, 28);
        return Nodes.styled(
                new VBox(indicator, Nodes.label(texts.get("keyframes.loading"), "hint")), "slot-invitation", "veil");
    }

    private Node failure() {
        Label message = told(keyframe.messageProperty(), "slot-message");
        return Nodes.styled(
                new VBox(
                        Nodes.styled(new FontIcon(Feather.ALERT_TRIANGLE), "danger-icon"),
                        message,
                        Nodes.styled(
                                Nodes.button(texts.get("notice.dismiss"), keyframe::dismissMessage),
                                "small",
                                "slot-dismiss")),
                "slot-invitation",
                "veil");
    }

    /** What does not fit into the slot is read in the tooltip. */
    private static Label told(ObservableValue<String> text, String style) {
        Label message = Nodes.boundLabel(text, style);
        Nodes.wrap(message);
        message.setMinHeight(0);
        Nodes.follow(message.textProperty(), words -> Nodes.tooltip(message, words));
        return message;
    }

    /** Takes the slot away. The keyboard goes on with the one in its place, and not with the window's first control. */
    void remove() {
        Parent column = getParent();
        int place = keyframes.slots().indexOf(keyframe);
        keyframes.remove(keyframe);
        List<Node> left = column.getChildrenUnmodifiable().stream()
                .filter(ImageSlotView.class::isInstance)
                .toList();
        left.get(Math.min(place, left.size() - 1)).requestFocus();
    }

    /** Moves the slot along the path, by 1 for later and -1 for earlier; the keyboard goes with it. */
    void move(int by) {
        keyframes.move(keyframe, by);
        requestFocus();
    }

    /** Puts a copy behind the slot, which keeps the keyboard. */
    void duplicate() {
        keyframes.duplicate(keyframe);
        requestFocus();
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        if (action == AccessibleAction.FIRE) {
            keyframes.browseFor(keyframe);
        } else {
            super.executeAccessibleAction(action, parameters);
        }
    }

    private void onKey(KeyEvent event) {
        if (event.getTarget() != this) {
            return;
        }
        if (event.getCode() == KeyCode.ENTER) {
            keyframes.browseFor(keyframe);
            event.consume();
        } else if (event.isAltDown() && (event.getCode() == KeyCode.UP || event.getCode() == KeyCode.DOWN)) {
            move(event.getCode() == KeyCode.UP ? -1 : 1);
            event.consume();
        } else if (event.getCode() == KeyCode.D && !event.isShortcutDown()) {
            duplicate();
            event.consume();
        } else if (event.getCode() == KeyCode.DELETE || event.getCode() == KeyCode.BACK_SPACE) {
            remove();
            event.consume();
        } else {
            crop.onKey(event);
        }
    }
}
