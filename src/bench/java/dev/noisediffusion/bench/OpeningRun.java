package dev.noisediffusion.bench;

import dev.noisediffusion.app.Launcher;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Window;

/** Starts the application as its user does and tells when its window can be seen, since the start of the process. */
public final class OpeningRun {
    private OpeningRun() {}

    /**
     * What came when.
     *
     * @param toolkit ms until the FX thread runs
     * @param built ms until that thread has put the window together and is free again
     * @param laidOut ms until the first frame of the window is laid out
     * @param painted ms until it is painted, which is when the second begins
     * @param computing ms that the FX thread computed until then
     */
    private record Opening(double toolkit, double built, double laidOut, double painted, double computing) {}

    /** Prints a line. */
    public static void main(String[] args) throws Exception {
        Thread.ofPlatform().daemon().start(() -> Launcher.main(args));
        Opening opening = watch();
        System.out.printf(
                "FX thread after %.0f ms, window built after %.0f ms, laid out after %.0f ms, painted after %.0f ms; FX"
                        + " thread computing %.0f ms%n",
                opening.toolkit, opening.built, opening.laidOut, opening.painted, opening.computing);
        Runtime.getRuntime().halt(0);
    }

    private static Opening watch() throws Exception {
        double toolkit = whenStarted();
        double built = whenBuilt();
        var pulses =
                new ArrayList<CompletableFuture<Double>>(List.of(new CompletableFuture<>(), new CompletableFuture<>()));
        var computing = new CompletableFuture<Double>();
        Platform.runLater(() -> {
            Scene scene = Window.getWindows().getFirst().getScene();
            var laidOut = pulses.getFirst();
            scene.addPostLayoutPulseListener(() -> {
                if (!laidOut.complete(sinceStart())) {
                    pulses.getLast().complete(sinceStart());
                    computing.complete(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6);
                }
                Platform.requestNextPulse();
            });
            Platform.requestNextPulse();
        });
        return new Opening(
                toolkit, built, pulses.getFirst().get(), pulses.getLast().get(), computing.get());
    }

    /** Tries until the toolkit takes work. */
    private static double whenStarted() throws InterruptedException {
        while (true) {
            try {
                Platform.runLater(() -> {});
                return sinceStart();
            } catch (IllegalStateException notYet) {
                Thread.sleep(1);
            }
        }
    }

    /** Tries until the FX thread has a moment and there is a window. */
    private static double whenBuilt() throws Exception {
        while (true) {
            var built = new CompletableFuture<Boolean>();
            Platform.runLater(() -> built.complete(!Window.getWindows().isEmpty()));
            if (built.get()) {
                return sinceStart();
            }
            Thread.sleep(1);
        }
    }

    private static double sinceStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
