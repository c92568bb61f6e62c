package dev.noisediffusion.library;

import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The places of models that the user has added without a copy: a file with a JSON list of paths. */
final class LinkedFolders {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    LinkedFolders(Path file) {
        this.file = file;
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
        var folders = new ArrayList<>(read());
        if (!folders.contains(folder)) {
            folders.add(folder);
            write(folders);
        }
    }

    void remove(Path folder) throws ModelException {
        var folders = new ArrayList<>(read());
        if (folders.remove(folder)) {
            write(folders);
        }
    }

    private void write(List<Path> folders) throws ModelException {
        try {
            AtomicFile.write(
                    file,
                    JSON.writeValueAsBytes(folders.stream().map(Path::toString).toList()));
        } catch (IOException e) {
            throw new ModelException(
                    ModelRefusal.UNWRITABLE.with(file),
                    file + " with the places of your models could not be written.",
                    e);
        }
    }
}
