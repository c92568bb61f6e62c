package dev.noisediffusion.project;

import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.files.Folders;
import dev.noisediffusion.files.Turns;
import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.job.ProjectRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the work of a session that has not been saved. Every session has a folder of its own, locked while its process
 * lives; a folder that is left with work and without a lock belongs to a session that was cut off. Safe for use by
 * several processes and threads.
 */
public final class Autosaves implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Autosaves.class.getName());
    private static final String WORK = "work" + ProjectFiles.EXTENSION;
    private static final String LOCK = "lock";
    /** With work that is being kept when the session ends; a disk that is gone may never answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path sessions;
    private final Turns turns;
    private final Duration patience;
    /** Guards what is this session's own; whoever looks at folders has it too, or would take one that is being made. */
    private final ReentrantLock changing = new ReentrantLock();
    /** The session that was taken over, until its work is this session's own. */
    private final AtomicReference<@Nullable Session> inHand = new AtomicReference<>();

    private @Nullable Session own;

    /**
     * Keeps sessions in a folder.
     *
     * @param sessions need not be there
     */
    public Autosaves(Path sessions) {
        this(sessions, new Turns(), PATIENCE);
    }

    /**
     * Does the same by means of the caller's.
     *
     * @param turns at the folders of sessions
     * @param patience with work that is being kept when the session ends
     */
    Autosaves(Path sessions, Turns turns, Duration patience) {
        this.sessions = sessions;
        this.turns = turns;
        this.patience = patience;
    }

    /** Where the sessions lie. */
    public Path folder() {
        return sessions;
    }

    /** In the folder of a user's state. */
    public static Autosaves of(UserFolders user) {
        return new Autosaves(user.state().resolve("sessions"));
    }

    /** A locked folder. */
    private record Session(Path folder, Turns.Turn turn) {
        Path work() {
            return folder.resolve(WORK);
        }

        Path picture(String sha256) {
            return folder.resolve(sha256 + ".png");
        }

        /** The work goes first of all: without the lock others may take it over. */
        void delete() throws IOException {
            try {
                Files.deleteIfExists(work());
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(left -> !left.endsWith(LOCK)).toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            } finally {
                turn.close();
            }
            Files.deleteIfExists(folder.resolve(LOCK));
            Files.deleteIfExists(folder);
        }
    }

    /**
     * Takes over the newest session that was cut off. Until {@link #adopt} its work stays as it is, whatever this session
     * keeps meanwhile. Folders without work are cleared away; older sessions with work wait for the next call.
     *
     * @return its document; empty if every session ended in order
     */
    public Optional<ProjectDocument> recover() {
        changing.lock();
        try {
            for (Path folder : newestFirst()) {
                Optional<ProjectDocument> found = lock(folder).flatMap(this::takeOver);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } finally {
            changing.unlock();
        }
    }

    private Optional<ProjectDocument> takeOver(Session session) {
        try {
            if (!Files.exists(session.work())) {
                session.delete();
                return Optional.empty();
            }
            ProjectDocument document = ProjectFiles.open(session.work()).document();
            leave();
            inHand.set(session);
            return Optional.of(document);
        } catch (IOException | ProjectException e) {
            LOG.log(System.Logger.Level.WARNING, "A session cannot be taken over: " + session.folder(), e);
            release(session);
            return Optional.empty();
        }
    }

    /** Makes the session that was taken over this one's own: what is kept from now on takes the place of its work. */
    public void adopt() {
        changing.lock();
        try {
            Session session = inHand.getAndSet(null);
            if (session != null) {
                letGo();
                own = session;
            }
        } finally {
            changing.unlock();
        }
    }

    /** Lets the session that was taken over go, unless it was adopted: its work waits for the next call of {@link #recover}. */
    public void leave() {
        Session session = inHand.getAndSet(null);
        if (session != null) {
            release(session);
        }
    }

    /** Whether the work of another session that was cut off waits for the next call of {@link #recover}. */
    public boolean isMoreWaiting() {
        changing.lock();
        try {
            return newestFirst().stream()
                    .flatMap(folder -> lock(folder).stream())
                    .anyMatch(Autosaves::waits);
        } finally {
            changing.unlock();
        }
    }

    private static boolean waits(Session session) {
        try {
            ProjectFiles.open(session.work());
            return true;
        } catch (ProjectException e) {
            // What cannot be read comes back in no session.
            return false;
        } finally {
            release(session);
        }
    }

    private List<Path> newestFirst() {
        if (!Files.isDirectory(sessions)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(sessions)) {
            return folders.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Autosaves::lastUse).reversed())
                    .toList();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "Sessions cannot be listed: " + sessions, e);
            return List.of();
        }
    }

    private static FileTime lastUse(Path folder) {
        try {
            return Files.getLastModifiedTime(folder.resolve(WORK));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private Optional<Session> lock(Path folder) {
        try {
            return turns.tryTake(folder.resolve(LOCK)).map(turn -> new Session(folder, turn));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "A session cannot be locked: " + folder, e);
            return Optional.empty();
        }
    }

    private static void release(Session session) {
        try {
            session.turn().close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A lock was not let go", e);
        }
    }

    /**
     * Keeps a state of the work; the one before is replaced when this one is whole on disk.
     *
     * @param unsourced pictures of the document that are in no file, by their hash; each is written once
     * @throws ProjectException if it cannot be written, or not be locked and so not come back
     */
    public void keep(ProjectDocument document, Map<String, Picture> unsourced) throws ProjectException {
        changing.lock();
        try {
            Session session = own();
            for (Map.Entry<String, Picture> picture : unsourced.entrySet()) {
                Path file = session.picture(picture.getKey());
                if (!Files.exists(file)) {
                    AtomicFile.write(file, PngFile.bytes(picture.getValue()));
                }
            }
            ProjectFiles.write(document, session.work());
        } catch (IOException | ProjectException e) {
            throw new ProjectException(
                    ProjectRefusal.WORK_NOT_KEPT.with(sessions),
                    "The work cannot be kept in “" + sessions
                            + "”. Save it as a project, then check that you may write there and that the disk has room.",
                    e);
        } finally {
            changing.unlock();
        }
    }

    private Session own() throws IOException {
        if (own == null) {
            Files.createDirectories(sessions);
            Path folder = Files.createTempDirectory(sessions, "session-");
            Optional<Session> locked = lock(folder);
            if (locked.isEmpty()) {
                // Without a lock its work would never come back: the user had better know that it is not kept.
                Folders.delete(folder);
                throw new IOException("A new folder cannot be locked: " + folder);
            }
            own = locked.get();
        }
        return own;
    }

    /** A picture that {@link #keep} was given in the session that was taken over, until that is adopted or left. */
    public Optional<Path> picture(String sha256) {
        return Optional.ofNullable(inHand.get())
                .map(session -> session.picture(sha256))
                .filter(Files::exists);
    }

    /**
     * Forgets the work: it is saved, or no longer wanted. What is in hand stays there. Where work is still being kept after
     * some seconds, it is left.
     */
    public void forget() {
        unlessStuck(this::deleteOwn);
    }

    private void deleteOwn() {
        try {
            if (own != null) {
                own.delete();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "An old session stays behind: " + own, e);
        } finally {
            own = null;
        }
    }

    /** Lets the folders go and leaves the work in them, as at the end of the process. */
    @Override
    public void close() {
        leave();
        unlessStuck(this::letGo);
    }

    private void letGo() {
        if (own != null) {
            release(own);
            own = null;
        }
    }

    /** Does something with what is this session's own, unless others are still at work on that after a while. */
    private void unlessStuck(Runnable end) {
        boolean mine = false;
        try {
            mine = changing.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (mine) {
                end.run();
            } else {
                LOG.log(System.Logger.Level.WARNING, "Work is still being kept and is left: {0}", sessions);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (mine) {
                changing.unlock();
            }
        }
    }
}
