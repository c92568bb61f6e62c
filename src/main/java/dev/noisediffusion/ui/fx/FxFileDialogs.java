package dev.noisediffusion.ui.fx;

import dev.noisediffusion.ui.viewmodel.FileDialogs;
import dev.noisediffusion.ui.viewmodel.PictureOffer;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The platform's own dialogs. Each begins in the folder of its last use. */
public final class FxFileDialogs implements FileDialogs {
    static final List<String> PICTURES = patterns(PictureOffer.ENDINGS);

    private final Window owner;
    private final Texts texts;
    private @Nullable File pictureFolder;
    private @Nullable File modelFolder;
    private @Nullable File projectFolder;

    public FxFileDialogs(Window owner, Texts texts) {
        this.owner = owner;
        this.texts = texts;
    }

    @Override
    public List<Path> choosePictures() {
        var chooser = new FileChooser();
        chooser.setTitle(texts.get("dialog.pictures"));
        chooser.setInitialDirectory(existing(pictureFolder));
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter(texts.get("dialog.pictures.filter"), PICTURES),
                        new FileChooser.ExtensionFilter(texts.get("dialog.all"), "*.*"));
        List<File> chosen = chooser.showOpenMultipleDialog(owner);
        if (chosen == null || chosen.isEmpty()) {
            return List.of();
        }
        pictureFolder = chosen.getFirst().getParentFile();
        return chosen.stream().map(File::toPath).toList();
    }

    @Override
    public Optional<Path> chooseModelFolder() {
        Optional<File> chosen = chooseFolder(texts.get("dialog.model"), modelFolder);
        modelFolder = chosen.map(File::getParentFile).orElse(modelFolder);
        return chosen.map(File::toPath);
    }

    @Override
    public Optional<Path> choosePhotographs() {
        Optional<File> chosen = chooseFolder(texts.get("dialog.photographs"), pictureFolder);
        pictureFolder = chosen.orElse(pictureFolder);
        return chosen.map(File::toPath);
    }

    @Override
    public Optional<Path> chooseExportFolder(Path start) {
        return chooseFolder(texts.get("dialog.export"), start.toFile()).map(File::toPath);
    }

    @Override
    public Optional<Path> chooseExperiment() {
        return rememberProject(
                chooser("lab.openExperiment", "lab.kind", ".json").showOpenDialog(owner));
    }

    @Override
    public void open(Path file) throws IOException {
        FileManager.open(file, texts);
    }

    @Override
    public void showInFolder(Path file) throws IOException {
        FileManager.show(file, texts);
    }

    @Override
    public Optional<Path> chooseProject(String extension) {
        return rememberProject(projectChooser("dialog.project.open", extension).showOpenDialog(owner));
    }

    @Override
    public Optional<Path> chooseProjectTarget(String suggestion, String extension) {
        return chooseTarget(projectChooser("dialog.project.save", extension), suggestion, extension);
    }

    @Override
    public Optional<Path> chooseSheetTarget(String suggestion, String extension) {
        return chooseTarget(chooser("sheet.export", "sheet.kind", extension), suggestion, extension);
    }

    @Override
    public Optional<Path> chooseStillTarget(String suggestion, String extension) {
        return chooseTarget(chooser("still.dialog", "still.kind", extension), suggestion, extension);
    }

    private Optional<Path> chooseTarget(FileChooser chooser, String suggestion, String extension) {
        chooser.setInitialFileName(suggestion);
        return rememberProject(target(chooser, extension, asked -> asked.showSaveDialog(owner)));
    }

    /**
     * Asks where to save until the name is whole or new. The platform asks before a file is overwritten, but only about
     * the name that was typed; so where adding the extension leads to another file, the user is asked about that one.
     *
     * @param ask shows the chooser; null if the user changed their mind
     */
    static @Nullable File target(FileChooser chooser, String extension, Function<FileChooser, @Nullable File> ask) {
        File chosen = ask.apply(chooser);
        while (chosen != null && !hasExtension(chosen, extension)) {
            var whole = new File(chosen.getPath() + extension);
            if (!whole.exists()) {
                return whole;
            }
            chooser.setInitialDirectory(existing(whole.getParentFile()));
            chooser.setInitialFileName(whole.getName());
            chosen = ask.apply(chooser);
        }
        return chosen;
    }

    private static boolean hasExtension(File file, String extension) {
        return file.getName().toLowerCase(Locale.ROOT).endsWith(extension);
    }

    /** What matches files with these extensions; some platforms tell capitals from small letters. */
    private static List<String> patterns(List<String> extensions) {
        return extensions.stream()
                .flatMap(extension -> Stream.of("*" + extension, "*" + extension.toUpperCase(Locale.ROOT)))
                .toList();
    }

    private FileChooser projectChooser(String titleKey, String extension) {
        return chooser(titleKey, "dialog.project.filter", extension);
    }

    private FileChooser chooser(String titleKey, String kindKey, String extension) {
        var chooser = new FileChooser();
        chooser.setTitle(texts.get(titleKey));
        chooser.setInitialDirectory(existing(projectFolder));
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(texts.get(kindKey), patterns(List.of(extension))));
        return chooser;
    }

    private Optional<Path> rememberProject(@Nullable File chosen) {
        if (chosen != null) {
            projectFolder = chosen.getParentFile();
        }
        return Optional.ofNullable(chosen).map(File::toPath);
    }

    private Optional<File> chooseFolder(String title, @Nullable File start) {
        var chooser = new DirectoryChooser();
        chooser.setTitle(title);
        chooser.setInitialDirectory(existing(start));
        return Optional.ofNullable(chooser.showDialog(owner));
    }

    private static @Nullable File existing(@Nullable File folder) {
        return folder != null && folder.isDirectory() ? folder : null;
    }
}
