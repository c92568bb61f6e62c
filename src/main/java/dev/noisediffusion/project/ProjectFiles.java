package dev.noisediffusion.project;

import static dev.noisediffusion.project.ProjectException.about;

import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.files.Sha256;
import dev.noisediffusion.job.ProjectRefusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code .morph} files. */
public final class ProjectFiles {
    public static final String EXTENSION = ".morph";

    /** How all documents of this package but recipes are read and written. */
    static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private static final ObjectWriter STREAMING = JSON.writer().without(StreamWriteFeature.AUTO_CLOSE_TARGET);
    private static final ObjectReader STREAMED = JSON.reader().without(StreamReadFeature.AUTO_CLOSE_SOURCE);
    private static final int BUFFER = 1 << 16;

    private ProjectFiles() {}

    /** What documents of every version have, whatever else lies in them. */
    private record Header(
            @Nullable String format, int version, @Nullable String application) {}

    /** Whether a file is called like a project. */
    public static boolean isProject(Path file) {
        return String.valueOf(file.getFileName())
                .toLowerCase(java.util.Locale.ROOT)
                .endsWith(EXTENSION);
    }

    /**
     * A project as it lay in its file.
     *
     * @param hash SHA-256 of the file's bytes in hex, which tells whether it was changed since
     */
    public record Read(ProjectDocument document, String hash) {}

    /**
     * Reads a project.
     *
     * @throws ProjectException if it is gone, damaged, of a newer version or something else; the sentence says which
     */
    public static Read open(Path file) throws ProjectException {
        try {
            try (InputStream in = Files.newInputStream(file)) {
                requireKnown(JSON.readValue(in, Header.class), file);
            }
            return readWhole(file);
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
    }

    private static void requireKnown(@Nullable Header header, Path file) throws ProjectException {
        if (header == null || !ProjectDocument.FORMAT.equals(header.format())) {
            throw about(
                    file, ProjectRefusal.NO_PROJECT, " is not a project of the studio: choose a .morph file.", null);
        }
        if (header.version() > ProjectDocument.VERSION) {
            String application = header.application() == null ? "" : header.application();
            throw new ProjectException(
                    ProjectRefusal.NEWER.with(file.getFileName(), application),
                    ProjectException.quote(file) + " was saved by a newer studio (" + application
                            + "). Open it with that one.",
                    null);
        }
    }

    /** The bytes are never in memory together: with its pictures inside, a document may have more than fit an array. */
    private static Read readWhole(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (var in = new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER), digest)) {
            ProjectDocument document = STREAMED.forType(ProjectDocument.class).readValue(in);
            in.transferTo(OutputStream.nullOutputStream());
            return new Read(document, Sha256.hex(digest.digest()));
        }
    }

    /** Empty where the file cannot be read. */
    private static Optional<String> hash(Path file) {
        try {
            return Optional.of(Sha256.ofFile(file, count -> {}));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Looks whether somebody else has changed a project; one that is gone was not.
     *
     * @param seen its {@link Read#hash()} when it was read or written last; empty where that is not known
     * @throws ProjectException if it was changed, or may have been
     */
    public static void requireUnchanged(Path file, Optional<String> seen) throws ProjectException {
        if (Files.exists(file) && (seen.isEmpty() || !hash(file).equals(seen))) {
            throw about(
                    file,
                    ProjectRefusal.CHANGED_SINCE,
                    " may have been changed since it was opened or saved here. To keep both, use “Save as” and"
                            + " give another name.",
                    null);
        }
    }

    /**
     * Writes a project where the user wants it: neither into a folder that is gone nor over a file that is protected.
     *
     * @return the {@link Read#hash()} of its file
     * @throws ProjectException if it cannot be written; a file of that name is then as it was
     */
    public static String save(ProjectDocument document, Path file) throws ProjectException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || (Files.exists(file) && !Files.isWritable(file))) {
            throw notSaved(file, null);
        }
        return write(document, file);
    }

    /**
     * Writes a project, whole or not at all.
     *
     * @return the {@link Read#hash()} of its file
     * @throws ProjectException if it cannot be written; a file of that name is then as it was
     */
    public static String write(ProjectDocument document, Path file) throws ProjectException {
        MessageDigest digest = Sha256.digest();
        try {
            // Not made in memory first: with its pictures inside, a document is large.
            AtomicFile.write(file, stream -> {
                var text = new OutputStreamWriter(new DigestOutputStream(stream, digest), StandardCharsets.UTF_8);
                STREAMING.writeValue(text, document);
                text.flush();
            });
        } catch (IOException | JacksonException e) {
            throw notSaved(file, e);
        }
        return Sha256.hex(digest.digest());
    }

    private static ProjectException notSaved(Path file, @Nullable Throwable cause) {
        return about(
                file,
                ProjectRefusal.NOT_SAVED,
                " could not be saved there. Choose another name or folder, or make room.",
                cause);
    }
}
