package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ToggleSwitch;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StorageViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import javafx.beans.property.Property;
import javafx.geometry.HorizontalDirection;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** Settings and the list of shortcuts: their buttons, their cards and the key {@code ?}. */
final class Manners {
    private static final double SETTINGS_WIDTH = 560;
    private static final double SHORTCUTS_WIDTH = 900;

    /** Under which the keys and their meanings are found: {@code shortcut.<name>.keys} and {@code shortcut.<name>}. */
    static final List<String> SHORTCUTS = List.of(
            "open",
            "paste",
            "project",
            "save",
            "undo",
            "render",
            "compare",
            "sheet",
            "cell",
            "lab",
            "export",
            "play",
            "step",
            "originals",
            "mask",
            "brush",
            "cancel",
            "slot",
            "crop",
            "reorder",
            "frame",
            "number",
            "zoom",
            "wipe",
            "flip",
            "alone",
            "tab",
            "help");

    private final Texts texts;
    private final Cards cards;
    private final SettingsViewModel remembered;
    private final StorageViewModel storage;
    private final Once<DeviceView> device;
    private final Overlay settings;
    private final Overlay shortcuts;
    private final Node welcome;

    Manners(SettingsViewModel settings, StorageViewModel storage, Cards cards, Texts texts) {
        this.texts = texts;
        this.cards = cards;
        this.remembered = settings;
        this.storage = storage;
        this.device = new Once<>(() -> new DeviceView(settings, texts));
        this.settings = new Overlay(
                cards, "settings-dialog", texts.get("settings.title"), texts, SETTINGS_WIDTH, () -> content(settings));
        this.welcome = welcome(settings);
        this.shortcuts = new Overlay(
                cards, "shortcuts-dialog", texts.get("shortcuts.title"), texts, SHORTCUTS_WIDTH, this::list);
    }

    private Node content(SettingsViewModel settings) {
        Hints hints = Hints.always(texts);
        return scrolled(Nodes.styled(
                new VBox(
                        ChoiceViews.segmented(settings.theme(), hints, texts),
                        ChoiceViews.list(settings.language(), hints, texts),
                        toggle("explanations", settings.explanationsProperty()),
                        device.get(),
                        toggle("artifacts", settings.artifactMarksProperty()),
                        new StorageView(storage, texts)),
                "section"));
    }

    /** Small windows have no room for all of it. */
    private static ScrollPane scrolled(Region content) {
        var scroll = Nodes.styled(new ScrollPane(content), "card-scroll");
        scroll.setFitToWidth(true);
        // As high as its lines are when they are broken, where there is room.
        scroll.prefViewportHeightProperty().bind(content.heightProperty());
        return scroll;
    }

    private Node toggle(String name, Property<Boolean> property) {
        ToggleSwitch toggle = Nodes.toggleSwitch(texts.get("settings." + name));
        toggle.setId("settings-" + name);
        toggle.setLabelPosition(HorizontalDirection.RIGHT);
        toggle.selectedProperty().bindBidirectional(property);
        Label help = Nodes.label(texts.get("settings." + name + ".help"), "hint");
        Nodes.wrap(help);
        help.setMinHeight(Region.USE_PREF_SIZE);
        return Nodes.styled(new VBox(toggle, help), "parameter");
    }

    /** What the studio remembers of its user. */
    SettingsViewModel remembered() {
        return remembered;
    }

    /** For the header. */
    Node buttons() {
        Button open = Nodes.iconButton(Feather.SETTINGS, texts.get("settings.tooltip"), this::showSettings);
        open.setId("settings");
        Button help = Nodes.iconButton(Feather.HELP_CIRCLE, texts.get("shortcuts.tooltip"), shortcuts::show);
        help.setId("help");
        return new HBox(open, help);
    }

    private void showSettings() {
        storage.measure();
        settings.show();
    }

    /** Shows the settings, where the device is chosen. */
    void showDevice() {
        storage.measure();
        settings.show(device.get().choice());
    }

    /** Beneath the header, in the first session. */
    Node welcome() {
        return welcome;
    }

    private Node welcome(SettingsViewModel settings) {
        Label text = Nodes.label(texts.get("welcome.text"));
        Nodes.wrap(text);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button close = Nodes.iconButton(Feather.X, texts.get("notice.dismiss"), settings::dismissWelcome);
        close.setId("welcome-close");
        var card = Nodes.styled(new HBox(text, close), "welcome");
        card.setId("welcome");
        return Nodes.shownWhen(card, settings.welcomeProperty());
    }

    /** Over the window. */
    List<Node> overlays() {
        return List.of(settings.node(), shortcuts.node());
    }

    /** Listens for {@code ?}, wherever it lies on the keyboard, and F1. */
    void install(Scene scene) {
        scene.addEventFilter(KeyEvent.KEY_TYPED, event -> {
            if (event.getCharacter().equals("?") && !isTypedIn(scene.getFocusOwner()) && toggle()) {
                event.consume();
            }
        });
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.F1 && toggle()) {
                event.consume();
            }
        });
    }

    /** A list to choose from has a field within that is typed in, but the keyboard itself. */
    private static boolean isTypedIn(@Nullable Node focus) {
        return focus instanceof TextInputControl || (focus instanceof ComboBoxBase<?> box && box.isEditable());
    }

    /** Shows the list of keys or hides it; whether either was possible. */
    private boolean toggle() {
        if (shortcuts.isShown()) {
            shortcuts.hide();
        } else if (!cards.areShown()) {
            shortcuts.show();
        } else {
            return false;
        }
        return true;
    }

    private Node list() {
        var grid = Nodes.styled(new GridPane(), "shortcuts");
        for (int row = 0; row < SHORTCUTS.size(); row++) {
            String key = "shortcut." + SHORTCUTS.get(row);
            Label keys = Nodes.label(texts.get(key + ".keys"), "shortcut-keys");
            keys.setMinWidth(Region.USE_PREF_SIZE);
            Label meaning = Nodes.label(texts.get(key));
            Nodes.wrap(meaning);
            grid.add(keys, 0, row);
            grid.add(meaning, 1, row);
        }
        ScrollPane scroll = scrolled(grid);
        // It is the list of keys: it is scrolled with them.
        scroll.setFocusTraversable(true);
        scroll.setAccessibleText(texts.get("shortcuts.title"));
        return scroll;
    }
}
