package dev.noisediffusion.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.application.Platform;

/**
 * How long the FX thread is held: a task is given to it again and again, and waits while the thread does something else.
 * The time that the thread itself was computing meanwhile tells its own work from that of others on the machine.
 */
final class FxProbe implements AutoCloseable {
    /** What a pulse at 60 Hz leaves. */
    private static final long LIMIT_MS = 16;

    private static final int FRAMES_TOLD = 12;

    /**
     * One wait.
     *
     * @param wall ms until the task had its turn
     * @param computing ms of them that the FX thread computed
     * @param busyWith what it did when the limit had passed; empty where it had not
     */
    private record Hold(double wall, double computing, List<String> busyWith) {
        /** Whether it waited for another thread, such as the one that paints. */
        boolean isWaiting() {
            return busyWith.contains(Thread.State.WAITING.name());
        }
    }

    private final Thread fx;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Hold> holds = new ArrayList<>();
    private final Thread probing = new Thread(this::probe, "probe");
    private volatile boolean ended;

    FxProbe(Thread fx) {
        this.fx = fx;
        probing.start();
    }

    private void probe() {
        try {
            while (!ended) {
                holds.add(once());
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Hold once() throws InterruptedException {
        var turn = new CountDownLatch(1);
        long computed = threads.getThreadCpuTime(fx.threadId());
        long start = System.nanoTime();
        var end = new long[2];
        Platform.runLater(() -> {
            end[0] = System.nanoTime();
            end[1] = threads.getThreadCpuTime(fx.threadId());
            turn.countDown();
        });
        List<String> busyWith = List.of();
        if (!turn.await(LIMIT_MS, TimeUnit.MILLISECONDS)) {
            busyWith = Stream.concat(Stream.of(fx.getState()), Arrays.stream(fx.getStackTrace()))
                    .map(Object::toString)
                    .toList();
            turn.await();
        }
        return new Hold((end[0] - start) / 1e6, (end[1] - computed) / 1e6, busyWith);
    }

    /** Ends the probe and prints what it saw. */
    void report(String what) throws InterruptedException {
        close();
        probing.join();
        double[] walls = holds.stream().mapToDouble(Hold::wall).sorted().toArray();
        Hold longest =
                holds.stream().max(Comparator.comparingDouble(Hold::wall)).orElseThrow();
        Hold busiest =
                holds.stream().max(Comparator.comparingDouble(Hold::computing)).orElseThrow();
        System.out.printf(
                "%s: %d probes, median %.2f ms, 99 %% within %.1f ms, longest %.1f ms (computing %.1f ms of them),"
                        + " most computing %.1f ms, %d over %d ms, %d of them waiting%n",
                what,
                walls.length,
                walls[walls.length / 2],
                walls[walls.length * 99 / 100],
                longest.wall,
                longest.computing,
                busiest.computing,
                holds.stream().filter(hold -> hold.wall > LIMIT_MS).count(),
                LIMIT_MS,
                holds.stream().filter(Hold::isWaiting).count());
        tell("longest", longest);
        if (busiest.computing > LIMIT_MS) {
            tell("most computing", busiest);
        }
    }

    private static void tell(String which, Hold hold) {
        if (hold.busyWith.isEmpty()) {
            return;
        }
        System.out.println("  " + which + ", after " + LIMIT_MS + " ms:");
        hold.busyWith.stream().limit(FRAMES_TOLD).forEach(frame -> System.out.println("    " + frame));
        hold.busyWith.stream()
                .skip(FRAMES_TOLD)
                .filter(frame -> frame.contains("noisediffusion"))
                .forEach(frame -> System.out.println("    ... " + frame));
    }

    /** Lets the probe end; nothing else is told of it. */
    @Override
    public void close() {
        ended = true;
    }
}
