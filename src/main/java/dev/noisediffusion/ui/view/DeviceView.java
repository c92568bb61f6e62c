package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Where networks run: one of this computer's devices, or the address of a server, typed. */
final class DeviceView extends VBox {
    private static final List<String> HERE = List.of(SettingsViewModel.AUTOMATIC, "cpu", "cuda");

    private final Texts texts;
    private final ComboBox<String> box = new ComboBox<>();

    DeviceView(SettingsViewModel settings, Texts texts) {
        this.texts = texts;
        getStyleClass().add("parameter");
        setId("device-choice");
        box.setEditable(true);
        box.setMaxWidth(Double.MAX_VALUE);
        box.getItems().setAll(HERE);
        box.setConverter(new Names());
        Label title = Nodes.label(texts.get("device.title"), "parameter-name");
        title.setLabelFor(box);
        Nodes.tooltip(box, title.getText());
        // The editor, and not the list, is what screen readers find the keyboard in.
        Nodes.name(box.getEditor(), title.getText());
        Nodes.follow(settings.deviceProperty(), box::setValue);
        box.valueProperty().addListener((value, before, now) -> settings.useDevice(now == null ? "" : now));
        box.addEventFilter(KeyEvent.KEY_PRESSED, this::takeBack);
        Label help = Nodes.label(texts.get("device.help"), "hint");
        Nodes.wrap(help);
        help.setMinHeight(USE_PREF_SIZE);
        box.setAccessibleHelp(help.getText());
        box.getEditor().setAccessibleHelp(help.getText());
        getChildren().addAll(title, box, help);
    }

    /** What takes the keyboard. */
    Node choice() {
        return box;
    }

    /** Escape takes back what was typed; only the next one is for the card around it. */
    private void takeBack(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && isEdited()) {
            box.cancelEdit();
            event.consume();
        }
    }

    private boolean isEdited() {
        return !box.getEditor().getText().equals(box.getConverter().toString(box.getValue()));
    }

    /** Whether the keyboard is in another window, and comes back to the list together with this one. */
    private boolean isOnlyLeftWithTheWindow() {
        Scene scene = box.getScene();
        return scene != null && box.equals(scene.getFocusOwner()) && !box.isFocused();
    }

    /** Devices of this computer go by their names in the user's language, servers by their addresses. */
    private final class Names extends StringConverter<String> {
        @Override
        public String toString(@Nullable String device) {
            return device == null ? "" : HERE.contains(device) ? texts.get("device." + device) : device;
        }

        /** A list takes what is typed when it loses the keyboard: an address for which somebody looks elsewhere waits. */
        @Override
        public String fromString(String typed) {
            if (isOnlyLeftWithTheWindow()) {
                return box.getValue();
            }
            return HERE.stream()
                    .filter(device -> toString(device).equalsIgnoreCase(typed.strip()))
                    .findFirst()
                    .orElse(typed.strip());
        }
    }
}
