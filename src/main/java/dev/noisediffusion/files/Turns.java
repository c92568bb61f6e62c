package dev.noisediffusion.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Locked files: one thread of one process has a file's turn at a time, until it is closed or the process has died. Whoever has it
 * knows that nobody else uses what the file stands for.
 *
 * <p>All threads of a process that take turns at the same files must do so through the same one of these: POSIX systems end all
 * locks of a process on a file with any channel that is closed on it, so none may be opened on a file that the process has.
 */
public final class Turns {
    private static final long POLL_MILLIS = 20;

    private final Set<Path> taken = ConcurrentHashMap.newKeySet();

    /** The turn at a file. */
    public final class Turn implements Closeable {
        private final Path file;
        private final FileChannel channel;

        private Turn(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                taken.remove(file);
            }
        }
    }

    /**
     * Takes a file unless another process or thread has it.
     *
     * @param file made where it is not there, in a folder that is
     */
    public Optional<Turn> tryTake(Path file) throws IOException {
        Path real = file.toAbsolutePath().resolveSibling("").toRealPath().resolve(file.getFileName());
        if (!taken.add(real)) {
            return Optional.empty();
        }
        Optional<Turn> turn = Optional.empty();
        try {
            turn = locked(real);
        } finally {
            if (turn.isEmpty()) {
                taken.remove(real);
            }
        }
        return turn;
    }

    private Optional<Turn> locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean mine = false;
        try {
            mine = channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            // As good as held by another process.
        } finally {
            if (!mine) {
                channel.close();
            }
        }
        return mine ? Optional.of(new Turn(file, channel)) : Optional.empty();
    }

    /** Waits until no other process or thread has the file, and takes it. */
    public Turn await(Path file) throws IOException {
        while (true) {
            Optional<Turn> turn = tryTake(file);
            if (turn.isPresent()) {
                return turn.get();
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + file, e);
            }
        }
    }
}
