package dev.noisediffusion.library;

import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.files.Turns;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The places of models that the user has added without a copy: a file with a JSON list of paths. */
final class LinkedFolders {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Turns turns;

    /** @param turns shared by all that change the file in this process */
    LinkedFolders(Path file, Turns turns) {
        this.file = file;
        this.turns = turns.bestEffort();
    }

    List<Path> read() throws ModelException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            var folders = new ArrayList<Path>();
            for (String path : JSON.readValue(Files.readAllBytes(file), new TypeReference<List<String>>() {})) {
                folders.add(Path.of(path));
            }
            return List.copyOf(folders);
        } catch (IOException | JacksonException | InvalidPathException e) {
            throw new ModelException(
                    file + " with the places of your models could not be read; delete it and add them again.", e);
        }
    }

    void add(Path folder) throws ModelException {
        change(folders -> !folders.contains(folder) && folders.add(folder));
    }

    void remove(Path folder) throws ModelException {
        change(folders -> folders.remove(folder));
    }

    /**
     * Reads, changes and writes in one turn: several folders may be added at once.
     *
     * @param change whether there is anything to write
     */
    @SuppressWarnings("try") // held, not used
    private void change(Predicate<List<Path>> change) throws ModelException {
        Path lock = file.resolveSibling("." + file.getFileName() + ".lock");
        try {
            Files.createDirectories(lock.getParent());
            try (Turns.Turn ignored = turns.await(lock)) {
                var folders = new ArrayList<>(read());
                if (change.test(folders)) {
                    AtomicFile.write(
                            file,
                            JSON.writeValueAsBytes(
                                    folders.stream().map(Path::toString).toList()));
                }
            }
        } catch (IOException e) {
            throw new ModelException(
                    ModelRefusal.UNWRITABLE.with(file),
                    file + " with the places of your models could not be written.",
                    e);
        }
    }
}
