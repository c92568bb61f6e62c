package dev.noisediffusion.library;

import dev.noisediffusion.files.Folders;
import dev.noisediffusion.files.Turns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A hidden folder beside the models for work that may be cut off. A file beside it is locked from before it is made until it is
 * deleted, so that one whose process has died is known as such, and deleted when the next is made.
 */
final class WorkFolder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkFolder.class.getName());
    private static final String LOCK = ".lock";

    private final Path path;
    private final Turns.Turn turn;

    private WorkFolder(Path path, Turns.Turn turn) {
        this.path = path;
        this.turn = turn;
    }

    /** What is done in it, which its name begins with. */
    enum Work {
        COPYING(".copying-"),
        REMOVING(".removing-");

        private final String prefix;

        Work(String prefix) {
            this.prefix = prefix;
        }

        private static boolean is(Path folder) {
            String name = folder.getFileName().toString();
            return Files.isDirectory(folder) && Stream.of(values()).anyMatch(work -> name.startsWith(work.prefix));
        }
    }

    /**
     * Makes an empty one, and deletes those that dead processes have left.
     *
     * @param root of the models, which is there
     * @param turns of everybody in this process who works there
     */
    static WorkFolder make(Path root, Work work, Turns turns) throws IOException {
        deleteLeftovers(root, turns);
        Path path = root.resolve(work.prefix + UUID.randomUUID());
        Turns.Turn turn =
                turns.tryTake(lock(path)).orElseThrow(() -> new IOException("A new file is locked: " + lock(path)));
        var made = new WorkFolder(path, turn);
        boolean done = false;
        try {
            Files.createDirectory(path);
            done = true;
            return made;
        } finally {
            if (!done) {
                made.close();
            }
        }
    }

    Path path() {
        return path;
    }

    private static Path lock(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    private static void deleteLeftovers(Path root, Turns turns) throws IOException {
        List<Path> folders;
        try (Stream<Path> entries = Files.list(root)) {
            folders = entries.filter(Work::is).toList();
        }
        for (Path folder : folders) {
            try {
                deleteUnlessInUse(folder, turns);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "What a process has left stays behind: " + folder, e);
            }
        }
    }

    /** Of a folder without its lock nobody knows whether it is in use. */
    private static void deleteUnlessInUse(Path folder, Turns turns) throws IOException {
        if (Files.exists(lock(folder))) {
            Optional<Turns.Turn> turn = turns.tryTake(lock(folder));
            if (turn.isPresent()) {
                new WorkFolder(folder, turn.get()).close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (turn) {
            Folders.delete(path);
            Files.deleteIfExists(lock(path));
        }
    }
}
