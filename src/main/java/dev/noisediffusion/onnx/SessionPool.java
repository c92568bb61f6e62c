package dev.noisediffusion.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.noisediffusion.model.ModelException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps the sessions of models open while there is room for them: the one that was used least recently is let go when another
 * needs its room, and all that have rested for long. Sessions let go are opened again by their next call. A session in a call
 * is never let go. Safe for any thread; one pool may serve several models.
 */
public final class SessionPool {
    static final Duration REST = Duration.ofMinutes(10);

    private final MemoryBudget budget;
    private final Duration rest;
    private final LongSupplier nanoTime;
    private final Executor later;
    /** Open sessions and when each was last used, in nanoseconds; the one used least recently comes first. */
    private final LinkedHashMap<GuardedSession, Long> open = new LinkedHashMap<>();

    private long opened;
    private long letGo;
    private boolean sweeping;

    /**
     * A pool with everything chosen.
     *
     * @param rest after which a session that is not used is let go
     * @param later runs what it is given once after about that time
     */
    SessionPool(MemoryBudget budget, Duration rest, LongSupplier nanoTime, Executor later) {
        this.budget = budget;
        this.rest = rest;
        this.nanoTime = nanoTime;
        this.later = later;
    }

    /** A pool that takes no more than a share of the memory of this machine and its devices. */
    public static SessionPool ofMachine() {
        return new SessionPool(MemoryBudget.ofMachine(), REST, System::nanoTime, after(REST));
    }

    private static Executor after(Duration rest) {
        return CompletableFuture.delayedExecutor(rest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * What the pool has done.
     *
     * @param open sessions that are open now
     * @param bytes that they are counted with
     * @param opened how many were ever opened
     * @param letGo how many of those were closed to be opened again when they are needed
     */
    public record Count(int open, long bytes, long opened, long letGo) {}

    /** What the pool has done so far. */
    public synchronized Count count() {
        long bytes = open.keySet().stream()
                .mapToLong(session -> session.claim().bytes())
                .sum();
        return new Count(open.size(), bytes, opened, letGo);
    }

    /** Opens a session for its owner, who is alone with it; others that rest make room first. */
    NativeLedger.Owned<OrtSession> open(GuardedSession session, GuardedSession.Source source)
            throws OrtException, ModelException {
        enter(session);
        boolean done = false;
        try {
            NativeLedger.Owned<OrtSession> made = openWithRoom(session, source);
            done = true;
            return made;
        } finally {
            if (!done) {
                leave(session);
            }
        }
    }

    private NativeLedger.Owned<OrtSession> openWithRoom(GuardedSession session, GuardedSession.Source source)
            throws OrtException, ModelException {
        try {
            return source.open();
        } catch (OrtException e) {
            if (!DeviceMemoryException.isMeantBy(e) || !clear(session)) {
                throw e;
            }
            return source.open();
        }
    }

    private synchronized void enter(GuardedSession session) {
        open.put(session, nanoTime.getAsLong());
        opened++;
        trimmed(() -> makeRoom(session));
        sweepLater();
    }

    /** Forgets a session that its owner has closed. */
    synchronized void leave(GuardedSession session) {
        if (open.remove(session) != null) {
            NativeHeap.trim();
        }
    }

    /** A session is used, or has just been. */
    synchronized void used(GuardedSession session) {
        if (open.remove(session) != null) {
            open.put(session, nanoTime.getAsLong());
            trimmed(() -> makeRoom(session));
        }
    }

    /**
     * Lets every other session on the same device go, but those in a call.
     *
     * @return whether there was any
     */
    synchronized boolean clear(GuardedSession session) {
        return trimmed(() -> others(session).forEach(this::letGo));
    }

    /**
     * Lets sessions go, and gives their memory back to the system.
     *
     * @return whether there were any
     */
    private boolean trimmed(Runnable work) {
        long before = letGo;
        work.run();
        if (letGo > before) {
            NativeHeap.trim();
        }
        return letGo > before;
    }

    private void makeRoom(GuardedSession session) {
        ExecutionProvider device = session.claim().device();
        long most = budget.bytes(device);
        long taken = session.claim().bytes();
        List<GuardedSession> others = others(session);
        for (GuardedSession other : others) {
            taken += other.claim().bytes();
        }
        for (GuardedSession other : others) {
            if (taken <= most) {
                return;
            }
            if (letGo(other)) {
                taken -= other.claim().bytes();
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // that very session
    private List<GuardedSession> others(GuardedSession session) {
        return open.keySet().stream()
                .filter(other -> other != session
                        && other.claim().device() == session.claim().device())
                .toList();
    }

    private boolean letGo(GuardedSession session) {
        boolean gone = session.letGo();
        if (gone) {
            open.remove(session);
            letGo++;
        }
        return gone;
    }

    /** Lets go what has rested. */
    synchronized void sweep() {
        sweeping = false;
        long now = nanoTime.getAsLong();
        List<GuardedSession> rested = open.entrySet().stream()
                .filter(used -> now - used.getValue() >= rest.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        trimmed(() -> rested.forEach(this::letGo));
        sweepLater();
    }

    private void sweepLater() {
        if (!sweeping && !open.isEmpty()) {
            sweeping = true;
            later.execute(this::sweep);
        }
    }
}
