package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.ProjectViewModel;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.nio.file.Path;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** The project's name, and what can be done with it. */
final class ProjectMenu extends MenuButton {
    /** In pixels; work without a name needs no more in the languages there are. */
    private static final double LEAST = 128;

    private final ProjectViewModel project;
    private final SettingsViewModel settings;
    private final Texts texts;

    ProjectMenu(ProjectViewModel project, SettingsViewModel settings, Texts texts) {
        this.project = project;
        this.settings = settings;
        this.texts = texts;
        setId("project");
        getStyleClass().add("flat");
        setMnemonicParsing(false);
        // The mark at the end is seen beside the longest name.
        setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        textProperty().bind(title(project));
        Nodes.describe(this, texts.get("project.tooltip"));
        accessibleTextProperty().bind(title(project).map(name -> texts.get("project.menu", name)));
        getItems()
                .addAll(
                        item("new", project::startNew, KeyCode.N, false),
                        item("open", project::open, KeyCode.O, true),
                        recent(),
                        new SeparatorMenuItem(),
                        item("save", project::save, KeyCode.S, false),
                        item("saveAs", project::saveAs, KeyCode.S, true),
                        new SeparatorMenuItem(),
                        embedding());
    }

    /** A short name stays whole, however long the others in the header are. */
    @Override
    protected double computeMinWidth(double height) {
        return Math.min(prefWidth(height), LEAST);
    }

    /** The name, with a mark while something is not saved. */
    static ObservableValue<String> title(ProjectViewModel project) {
        ObservableValue<String> name = project.name();
        return Bindings.createStringBinding(
                () -> name.getValue() + (project.unsavedProperty().get() ? " •" : ""), name, project.unsavedProperty());
    }

    private MenuItem item(String name, Runnable action, KeyCode key, boolean shift) {
        MenuItem item = Nodes.menuItem("project-" + name, texts.get("project." + name), action);
        // Shown only: Shortcuts acts on the keys, and knows when they belong to something else.
        item.setAccelerator(
                shift
                        ? new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN)
                        : new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN));
        return item;
    }

    private MenuItem recent() {
        var menu = new Menu(texts.get("project.recent"));
        menu.setId("project-recent");
        settings.recentProjects().addListener((ListChangeListener<Path>) change -> fill(menu));
        fill(menu);
        return menu;
    }

    private void fill(Menu menu) {
        menu.getItems()
                .setAll(settings.recentProjects().stream().map(this::recentItem).toList());
        menu.setDisable(menu.getItems().isEmpty());
    }

    private MenuItem recentItem(Path path) {
        var item = new MenuItem(texts.get(
                "project.recent.item", path.getFileName(), Objects.requireNonNullElse(path.getParent(), path)));
        item.setMnemonicParsing(false);
        item.setOnAction(event -> project.open(path));
        return item;
    }

    private MenuItem embedding() {
        var item = new CheckMenuItem(texts.get("project.embedding"));
        item.setId("project-embedding");
        item.selectedProperty().bindBidirectional(project.embeddingProperty());
        return item;
    }
}
