package dev.noisediffusion.ui.fx;

import dev.noisediffusion.ui.viewmodel.ProjectDialogs;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The platform's own dialogs for projects. They begin in the folder of their last use. */
public final class FxProjectDialogs implements ProjectDialogs {
    private static final String EXTENSION = ".morph";

    private final Window owner;
    private final Texts texts;
    private @Nullable File folder;

    public FxProjectDialogs(Window owner, Texts texts) {
        this.owner = owner;
        this.texts = texts;
    }

    @Override
    public Optional<Path> chooseProject() {
        return remember(chooser("dialog.project").showOpenDialog(owner)).map(File::toPath);
    }

    @Override
    public Optional<Path> chooseProjectTarget(String suggestion) {
        FileChooser chooser = chooser("dialog.project.save");
        chooser.setInitialFileName(suggestion);
        return remember(chooser.showSaveDialog(owner))
                .map(file -> file.getName().contains(".") ? file : new File(file.getPath() + EXTENSION))
                .map(File::toPath);
    }

    private FileChooser chooser(String title) {
        var chooser = new FileChooser();
        chooser.setTitle(texts.get(title));
        chooser.setInitialDirectory(folder != null && folder.isDirectory() ? folder : null);
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(texts.get("dialog.project.filter"), "*" + EXTENSION));
        return chooser;
    }

    private Optional<File> remember(@Nullable File chosen) {
        if (chosen != null) {
            folder = chosen.getParentFile();
        }
        return Optional.ofNullable(chosen);
    }
}
