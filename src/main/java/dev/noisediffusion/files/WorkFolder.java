package dev.noisediffusion.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder for work that may be cut off. A file beside it is locked from before it is made until it is deleted, so that one whose
 * process has died is known as such, and deleted when another is made long after.
 */
public final class WorkFolder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkFolder.class.getName());
    private static final String LOCK = ".lock";
    private static final String UNIQUE = "[0-9a-f-]{36}";

    /**
     * For how long nothing was changed directly in a folder that is cleared away. Work changes its folder far more often; a lock
     * that is free does not say enough, as some file systems of networks hold locks on one machine only.
     */
    private static final Duration LEAST_AGE = Duration.ofDays(1);

    private final Path path;
    private final Turns.Turn turn;

    private WorkFolder(Path path, Turns.Turn turn) {
        this.path = path;
        this.turn = turn;
    }

    /**
     * Makes an empty one, and deletes those that dead processes have left there. Where nothing can be locked, it is made all the
     * same, and nothing is deleted.
     *
     * @param parent a folder that is there
     * @param prefix of its name, for this kind of work alone; those that begin with a dot are hidden
     * @param turns of everybody in this process who works there
     */
    public static WorkFolder make(Path parent, String prefix, Turns turns) throws IOException {
        clear(parent, prefix, turns);
        Path path = parent.resolve(prefix + UUID.randomUUID());
        Turns.Turn turn = turns.bestEffort()
                .tryTake(lock(path))
                .orElseThrow(() -> new IOException("A new file is locked: " + lock(path)));
        var made = new WorkFolder(path, turn);
        try {
            Files.createDirectory(path);
            return made;
        } catch (IOException e) {
            try (made) {
                throw e;
            }
        }
    }

    public Path path() {
        return path;
    }

    private static Path lock(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    private static void clear(Path parent, String prefix, Turns turns) {
        Pattern names = Pattern.compile(Pattern.quote(prefix) + UNIQUE);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(
                parent, entry -> names.matcher(entry.getFileName().toString()).matches())) {
            for (Path folder : folders) {
                clearUnlessInUse(folder, turns);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(System.Logger.Level.WARNING, "What processes have left cannot be looked for: " + parent, e);
        }
    }

    /** Of a folder without its lock nobody knows whether it is in use. */
    private static void clearUnlessInUse(Path folder, Turns turns) {
        try {
            if (Files.exists(lock(folder)) && isOld(folder)) {
                Optional<Turns.Turn> turn = turns.tryTake(lock(folder));
                if (turn.isPresent()) {
                    new WorkFolder(folder, turn.get()).close();
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "What a process has left stays behind: " + folder, e);
        }
    }

    private static boolean isOld(Path folder) throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(LEAST_AGE));
        try (Stream<Path> young = Files.find(
                folder, 1, (entry, attributes) -> attributes.lastModifiedTime().compareTo(limit) > 0)) {
            return young.findAny().isEmpty();
        }
    }

    /**
     * Deletes the folder with all that is in it.
     *
     * @throws IOException if that fails; what is left is then deleted when another is made long after
     */
    @Override
    public void close() throws IOException {
        try (turn) {
            Folders.delete(path);
            Files.deleteIfExists(lock(path));
        }
    }
}
