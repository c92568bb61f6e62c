package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.Raster;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.nio.IntBuffer;
import java.text.Bidi;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The small parts that every view is put together from. */
final class Nodes {
    private Nodes() {}

    static <T extends Node> T styled(T node, String... classes) {
        node.getStyleClass().addAll(classes);
        return node;
    }

    static Label label(String text, String... classes) {
        return styled(new Label(text), classes);
    }

    static Label boundLabel(ObservableValue<String> text, String... classes) {
        Label label = styled(new Label(), classes);
        label.textProperty().bind(text);
        return label;
    }

    /** A button with a picture only, its text for the tooltip and screen readers. */
    static Button iconButton(Feather icon, String text, Runnable action) {
        return iconButton(new FontIcon(icon), text, action);
    }

    /** The same with a picture that is put together. */
    static Button iconButton(Node picture, String text, Runnable action) {
        var button = new Button(null, picture);
        styled(button, Styles.BUTTON_ICON, Styles.FLAT);
        describe(button, text);
        button.setOnAction(event -> action.run());
        return button;
    }

    static Button button(String text, Runnable action) {
        var button = new Button(text);
        button.setOnAction(event -> action.run());
        return button;
    }

    static MenuItem menuItem(String id, String text, Runnable action) {
        var item = new MenuItem(text);
        item.setId(id);
        item.setOnAction(event -> action.run());
        return item;
    }

    /** An item with the text of a key, by which it is found as well: {@code still.copy} as {@code still-copy}. */
    static MenuItem menuItem(Texts texts, String key, Runnable action) {
        return menuItem(key.replace('.', '-'), texts.get(key), action);
    }

    /** The same, with the keys that do it. */
    static MenuItem menuItem(Texts texts, String key, KeyCombination keys, Runnable action) {
        MenuItem item = menuItem(texts, key, action);
        item.setAccelerator(keys);
        return item;
    }

    static void onDoubleClick(Node node, Runnable action) {
        node.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                action.run();
            }
        });
    }

    /** A switch with its text beside it, worked with the mouse, Space and Enter. */
    static ToggleSwitch toggleSwitch(String text) {
        return new KeyedSwitch(text);
    }

    static void describe(Control control, String text) {
        name(control, text);
        tooltip(control, text);
    }

    /**
     * Names a control for screen readers. A field, or a list to choose from, has its name from a label alone, which need
     * not be seen: an accessible text of its own would be read in place of what it holds.
     */
    static void name(Control control, String name) {
        if (control instanceof TextInputControl || control instanceof ComboBoxBase) {
            new Label(name).setLabelFor(control);
        } else {
            control.setAccessibleText(name);
        }
    }

    static void tooltip(Control control, String text) {
        control.setTooltip(tip(text));
    }

    /** A tooltip for what is not a control. */
    static Tooltip tip(String text) {
        var tooltip = new Tooltip(text);
        tooltip.setShowDelay(Duration.millis(500));
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(320);
        return tooltip;
    }

    /** A control that says why it is off, always for the same reason. */
    static Node explained(Control control, String why) {
        return explained(control, new SimpleStringProperty(why));
    }

    /**
     * A control that says why it is off. Nothing that is disabled is pointed at: what lies closely around it is, in its place.
     *
     * @param why it is off, in a sentence; not asked for while it is not
     * @return to be laid out in place of the control, and there as long as that is
     */
    static Node explained(Control control, ObservableValue<String> why) {
        var around = new StackPane(control);
        around.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        around.visibleProperty().bind(control.visibleProperty());
        around.managedProperty().bind(control.managedProperty());
        Tooltip reason = tip("");
        reason.textProperty().bind(why);
        // As the control itself keeps it: the tooltip of what lies further out would come instead.
        around.addEventHandler(MouseEvent.MOUSE_MOVED, MouseEvent::consume);
        follow(control.disableProperty(), off -> {
            if (off) {
                Tooltip.install(around, reason);
            } else {
                Tooltip.uninstall(around, reason);
            }
        });
        return around;
    }

    /**
     * Breaks a text that is too long into lines. What is read from left to right is laid out so, whatever the direction
     * of the window: the toolkit fails to break it in the other (an index out of bounds where a line ends in a space).
     */
    static void wrap(Labeled labeled) {
        labeled.setWrapText(true);
        labeled.textProperty().subscribe(text -> {
            boolean leftToRight = new Bidi(Objects.requireNonNullElse(text, ""), Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT)
                    .baseIsLeftToRight();
            labeled.setNodeOrientation(leftToRight ? NodeOrientation.LEFT_TO_RIGHT : NodeOrientation.INHERIT);
        });
    }

    static Region spacer() {
        var spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    /** Takes a node out of the layout while a condition does not hold. */
    static <T extends Node> T shownWhen(T node, ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
        return node;
    }

    /** Calls back with the value now and whenever it changes. */
    static <T extends @Nullable Object> void follow(ObservableValue<T> value, Consumer<? super T> action) {
        value.subscribe(action);
    }

    /** Gives a button the accent while a condition holds. */
    static void accentWhen(Button button, ObservableValue<Boolean> condition) {
        follow(condition, holds -> {
            button.getStyleClass().remove(Styles.ACCENT);
            if (holds) {
                button.getStyleClass().add(Styles.ACCENT);
            }
        });
    }

    static void ontoClipboard(Raster raster) {
        var content = new ClipboardContent();
        content.putImage(image(raster));
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** The raster as an image, without copying its pixels. */
    static @Nullable Image image(@Nullable Raster raster) {
        return raster == null
                ? null
                : new WritableImage(new PixelBuffer<>(
                        raster.width(),
                        raster.height(),
                        IntBuffer.wrap(raster.argb()),
                        PixelFormat.getIntArgbPreInstance()));
    }
}
