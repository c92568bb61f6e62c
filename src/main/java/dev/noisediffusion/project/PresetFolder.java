package dev.noisediffusion.project;

import static dev.noisediffusion.project.ProjectFiles.JSON;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.job.ProjectRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The looks that an artist has kept, each in a file of its own: a damaged one spoils no other, and is left as it is for
 * its owner to mend.
 *
 * @param folder of the files, which need not be there
 */
public record PresetFolder(Path folder) {
    private static final String EXTENSION = ".json";

    /** Begins the names of files: none is a device on Windows then, whatever a look is called. */
    private static final String PREFIX = "look-";

    /** Characters of a look's name in that of its file, which every file system has room for. */
    private static final int LONGEST = 60;

    /** In the folder of a user's settings. */
    public static PresetFolder of(UserFolders user) {
        return new PresetFolder(user.config().resolve("presets"));
    }

    /** A preset as it lies on disk. A versioned document; what a version does not know it leaves out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Document(
            @Nullable String format,
            int version,
            @Nullable String name,
            @Nullable ParameterValues values) {
        static final String FORMAT = "noisediffusion-preset";
        static final int VERSION = 1;
    }

    /**
     * What lies in the folder.
     *
     * @param presets by name
     * @param damaged files that could not be understood
     */
    public record Found(List<Preset> presets, List<Path> damaged) {
        public Found {
            presets = List.copyOf(presets);
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * Reads every preset.
     *
     * @throws ProjectException if the folder itself cannot be read
     */
    public Found load() throws ProjectException {
        var presets = new ArrayList<Preset>();
        var damaged = new ArrayList<Path>();
        for (Path file : files()) {
            read(file).ifPresentOrElse(presets::add, () -> damaged.add(file));
        }
        presets.sort(Comparator.comparing(Preset::name, String.CASE_INSENSITIVE_ORDER));
        return new Found(presets, damaged);
    }

    private List<Path> files() throws ProjectException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(EXTENSION))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new ProjectException(
                    ProjectRefusal.PRESETS_UNREADABLE.with(folder),
                    "Your presets in “" + folder + "” cannot be read: check that you may read the folder.",
                    e);
        }
    }

    private static Optional<Preset> read(Path file) {
        try {
            Document document = JSON.readValue(Files.readString(file), Document.class);
            if (document == null
                    || !Document.FORMAT.equals(document.format())
                    || document.version() > Document.VERSION) {
                return Optional.empty();
            }
            String name = document.name();
            ParameterValues values = document.values();
            return name == null || name.isBlank() || values == null
                    ? Optional.empty()
                    : Optional.of(Preset.of(name, values));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /**
     * Keeps a preset, in place of the one of its name.
     *
     * @throws ProjectException if it cannot be written; what was kept is then as it was
     */
    public void save(Preset preset) throws ProjectException {
        Path file = fileOf(preset.name()).orElseGet(() -> freshFile(preset.name()));
        try {
            var document = new Document(
                    Document.FORMAT,
                    Document.VERSION,
                    preset.name(),
                    new ParameterValues(
                            new TreeMap<>(preset.values().numbers()),
                            new TreeMap<>(preset.values().choices()),
                            new TreeMap<>(preset.values().switches())));
            AtomicFile.write(file, JSON.writeValueAsString(document).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | JacksonException e) {
            throw new ProjectException(
                    ProjectRefusal.PRESET_NOT_SAVED.with(preset.name(), folder),
                    "The preset “" + preset.name() + "” could not be saved in “" + folder
                            + "”: check that you may write there and that the disk has room.",
                    e);
        }
    }

    /**
     * Gives a preset another name.
     *
     * @throws ProjectException if that fails; it then keeps its name
     */
    public void rename(Preset preset, String name) throws ProjectException {
        Optional<Path> before = fileOf(preset.name());
        save(new Preset(name, preset.values()));
        if (before.isPresent() && !before.equals(fileOf(name))) {
            delete(before.get());
        }
    }

    /**
     * Forgets a preset.
     *
     * @throws ProjectException if its file cannot be deleted
     */
    public void delete(Preset preset) throws ProjectException {
        Optional<Path> file = fileOf(preset.name());
        if (file.isPresent()) {
            delete(file.get());
        }
    }

    private static void delete(Path file) throws ProjectException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ProjectException(
                    ProjectRefusal.PRESET_NOT_DELETED.with(file), "“" + file + "” could not be deleted.", e);
        }
    }

    private Optional<Path> fileOf(String name) throws ProjectException {
        return files().stream()
                .filter(file ->
                        read(file).filter(preset -> preset.name().equals(name)).isPresent())
                .findFirst();
    }

    private Path freshFile(String name) {
        String plain = PREFIX + Cuts.beginning(name.strip().replaceAll("[^\\p{L}\\p{N}]+", "-"), LONGEST);
        Path file = folder.resolve(plain + EXTENSION);
        for (int number = 2; Files.exists(file); number++) {
            file = folder.resolve(plain + "-" + number + EXTENSION);
        }
        return file;
    }
}
