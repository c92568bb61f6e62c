package dev.noisediffusion.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A locked file: one thread of one process has it at a time, until it is closed or the process has died. Whoever has it knows that
 * nobody else uses what it stands for.
 */
public final class Turn implements AutoCloseable {
    /**
     * The files that this process has. POSIX systems end all locks of a process on a file with any channel that is closed on it, so none
     * is opened on one of these. Locks are the process's, and so is this.
     */
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private static final long POLL_MILLIS = 20;

    private final Path file;
    private final FileChannel channel;

    private Turn(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes a file unless another process or thread has it.
     *
     * @param file made where it is not there, in a folder that is
     */
    public static Optional<Turn> tryTake(Path file) throws IOException {
        Path real = file.toAbsolutePath().resolveSibling("").toRealPath().resolve(file.getFileName());
        if (!TAKEN.add(real)) {
            return Optional.empty();
        }
        Optional<Turn> taken = Optional.empty();
        try {
            taken = locked(real);
        } finally {
            if (taken.isEmpty()) {
                TAKEN.remove(real);
            }
        }
        return taken;
    }

    private static Optional<Turn> locked(Path file) throws IOException {
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
    static Turn await(Path file) throws IOException {
        while (true) {
            Optional<Turn> taken = tryTake(file);
            if (taken.isPresent()) {
                return taken.get();
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + file, e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            TAKEN.remove(file);
        }
    }
}
