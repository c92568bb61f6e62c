package dev.noisediffusion.files;

import dev.noisediffusion.job.CancellationToken;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Locked files: one thread of one process has a file's turn at a time, until it is closed or the process has died. Whoever has it
 * knows that nobody else uses what the file stands for. File systems that know no locks, as some of networks, give none: see
 * {@link #bestEffort}.
 *
 * <p>All threads of a process that take turns at the same files must share one of these, with its {@link #bestEffort}: on POSIX
 * systems a process loses its lock on a file when it closes any channel to that file, so no second one may be opened.
 */
public final class Turns {
    private static final System.Logger LOG = System.getLogger(Turns.class.getName());
    private static final long POLL_MILLIS = 20;

    private final Set<Path> taken;
    private final Locker locker;
    private final boolean strict;
    private final AtomicBoolean told;

    public Turns() {
        this(FileChannel::tryLock);
    }

    /** @param locker locks files in place of the file system */
    Turns(Locker locker) {
        this(ConcurrentHashMap.newKeySet(), locker, true, new AtomicBoolean());
    }

    private Turns(Set<Path> taken, Locker locker, boolean strict, AtomicBoolean told) {
        this.taken = taken;
        this.locker = locker;
        this.strict = strict;
        this.told = told;
    }

    /**
     * Turns at the same files, which are also given where the file system knows no locks: there only the threads of this process
     * are kept from a file, and a warning in the log says so once.
     */
    public Turns bestEffort() {
        return new Turns(taken, locker, false, told);
    }

    /** Locks a file against other processes. */
    @FunctionalInterface
    interface Locker {
        /**
         * Does not wait.
         *
         * @return null where another process has it
         * @throws IOException where the file system knows no locks
         */
        @Nullable
        FileLock tryLock(FileChannel channel) throws IOException;
    }

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
     * @throws IOException if it cannot be opened, or not be locked
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
            mine = locker.tryLock(channel) != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            // As good as held by another process.
        } catch (IOException e) {
            if (strict || e instanceof ClosedChannelException) {
                throw e;
            }
            mine = true;
            if (!told.getAndSet(true)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Files cannot be locked here, so other processes are not kept from them: " + file,
                        e);
            }
        } finally {
            if (!mine) {
                channel.close();
            }
        }
        return mine ? Optional.of(new Turn(file, channel)) : Optional.empty();
    }

    /**
     * Waits until no other process or thread has the file, and takes it.
     *
     * @throws java.util.concurrent.CancellationException soon after the current token was cancelled
     */
    public Turn await(Path file) throws IOException {
        CancellationToken cancellation = CancellationToken.current();
        while (true) {
            cancellation.throwIfCancelled();
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
