package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Where networks run: one of this computer's devices, or the address of a server, typed. */
final class DeviceView extends VBox {
    private static final List<String> HERE = List.of(SettingsViewModel.AUTOMATIC, "cpu", "cuda");

    private final ComboBox<String> box = new ComboBox<>();

    DeviceView(SettingsViewModel settings, Texts texts) {
        getStyleClass().add("parameter");
        setId("device-choice");
        box.setEditable(true);
        box.setMaxWidth(Double.MAX_VALUE);
        box.getItems().setAll(HERE);
        box.setConverter(new Names(texts));
        Nodes.describe(box, texts.get("device.title"));
        box.getEditor().setAccessibleText(texts.get("device.title"));
        Nodes.follow(settings.deviceProperty(), box::setValue);
        box.valueProperty().addListener((value, before, now) -> settings.useDevice(now == null ? "" : now));
        Label help = Nodes.label(texts.get("device.help"), "hint");
        Nodes.wrap(help);
        help.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(Nodes.label(texts.get("device.title"), "parameter-name"), box, help);
    }

    /** What takes the keyboard. */
    Node choice() {
        return box;
    }

    /** Devices of this computer go by their names in the user's language, servers by their addresses. */
    private static final class Names extends StringConverter<String> {
        private final Texts texts;

        Names(Texts texts) {
            this.texts = texts;
        }

        @Override
        public String toString(@Nullable String device) {
            return device == null ? "" : HERE.contains(device) ? texts.get("device." + device) : device;
        }

        @Override
        public String fromString(String typed) {
            return HERE.stream()
                    .filter(device -> toString(device).equalsIgnoreCase(typed.strip()))
                    .findFirst()
                    .orElse(typed.strip());
        }
    }
}
