package dev.noisediffusion.project;

import static dev.noisediffusion.project.ProjectException.about;

import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.job.ProjectRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code .morph} files. */
public final class ProjectFiles {
    public static final String EXTENSION = ".morph";

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ProjectFiles() {}

    /** Whether a file is called like a project. */
    public static boolean isProject(Path file) {
        return String.valueOf(file.getFileName())
                .toLowerCase(java.util.Locale.ROOT)
                .endsWith(EXTENSION);
    }

    /**
     * Reads a project.
     *
     * @throws ProjectException if it is gone, damaged, of a newer version or something else; the sentence says which
     */
    public static ProjectDocument read(Path file) throws ProjectException {
        ProjectDocument document;
        try {
            document = JSON.readValue(Files.readString(file), ProjectDocument.class);
        } catch (NoSuchFileException e) {
            throw about(file, ProjectRefusal.GONE, " was not found: it may have been moved, renamed or deleted.", e);
        } catch (AccessDeniedException e) {
            throw about(file, ProjectRefusal.FORBIDDEN, " may not be read: ask its owner for permission.", e);
        } catch (IOException | JacksonException e) {
            throw about(
                    file,
                    ProjectRefusal.DAMAGED,
                    " is damaged or not a project of the studio. If there is a copy of it, open that one.",
                    e);
        }
        if (document == null || !document.format().equals(ProjectDocument.FORMAT)) {
            throw about(file, ProjectRefusal.NO_PROJECT, " is not a project of the studio.", null);
        }
        if (document.version() > ProjectDocument.VERSION) {
            throw new ProjectException(
                    ProjectRefusal.NEWER.with(file.getFileName(), document.application()),
                    ProjectException.quote(file) + " was saved by a newer studio (" + document.application()
                            + "). Open it with that one.",
                    null);
        }
        return document;
    }

    /**
     * Writes a project, whole or not at all.
     *
     * @throws ProjectException if it cannot be written; a file of that name is then as it was
     */
    public static void write(ProjectDocument document, Path file) throws ProjectException {
        try {
            AtomicFile.write(file, JSON.writeValueAsString(document).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw about(
                    file,
                    ProjectRefusal.NOT_SAVED,
                    " could not be saved there. Choose another folder, or make room.",
                    e);
        }
    }
}
