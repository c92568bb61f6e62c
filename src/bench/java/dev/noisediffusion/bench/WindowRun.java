package dev.noisediffusion.bench;

import dev.noisediffusion.ui.StudioDemo;
import dev.noisediffusion.ui.viewmodel.RenderState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.application.Platform;

/** Opens the window on the starter model and measures how long its thread is held while someone works in it. */
public final class WindowRun {
    private static final int MOVES = 400;
    private static final long A_FRAME = 16;
    private static final long A_WHILE = 1500;
    private static final long A_VISIT = 500;
    private static final Executor FX = Platform::runLater;

    private final StudioViewModel studio;
    private final Thread fx;

    private WindowRun(StudioViewModel studio, Thread fx) {
        this.studio = studio;
        this.fx = fx;
    }

    /** Prints a line for each kind of work. */
    public static void main(String[] args) throws Exception {
        Path home = Path.of(System.getProperty("noisediffusion.home"));
        var started = new CompletableFuture<Thread>();
        Platform.startup(() -> started.complete(Thread.currentThread()));
        Thread fx = started.get();
        Path samples = home.resolve("assets/samples");
        List<String> pictures = List.of(
                samples.resolve("01-dahlia.jpg").toString(),
                samples.resolve("02-anemone.jpg").toString());
        try (var probe = new FxProbe(fx)) {
            StudioViewModel studio = CompletableFuture.supplyAsync(() -> StudioDemo.open(home, pictures), FX)
                    .get();
            var run = new WindowRun(studio, fx);
            run.waitForFilm();
            probe.report("opening, first film");
            run.measure();
        }
        Runtime.getRuntime().halt(0);
    }

    private void measure() throws Exception {
        for (String time : List.of("first time", "second time")) {
            visit("list of models, " + time, studio.models()::show, studio.models()::close);
            visit("contact sheet, " + time, studio.sheet()::openContactSheet, studio.sheet()::close);
            visit("mask brush, " + time, studio.maskTool()::toggle, studio.maskTool()::toggle);
            visit("lab, " + time, studio.lab()::toggle, studio.lab()::toggle);
            visit("export, " + time, studio.export()::open, studio.export()::close);
        }
        rest("at rest");
        slide("slider moves");
        play("film plays");
        onFx(() -> studio.parameters().gamma().set(0.31));
        play("film plays while it is rendered");
    }

    /** Opens a part of the window and closes it. */
    private void visit(String what, Runnable open, Runnable close) throws Exception {
        try (var probe = new FxProbe(fx)) {
            onFx(open);
            Thread.sleep(A_VISIT);
            onFx(close);
            Thread.sleep(A_VISIT);
            probe.report(what);
        }
        waitForFilm();
    }

    private void rest(String what) throws Exception {
        waitForFilm();
        try (var probe = new FxProbe(fx)) {
            Thread.sleep(MOVES * A_FRAME);
            probe.report(what);
        }
    }

    private void slide(String what) throws Exception {
        try (var probe = new FxProbe(fx)) {
            for (int i = 0; i < MOVES; i++) {
                double gamma = Math.abs(i % 200 - 100) / 100.0;
                onFx(() -> studio.parameters().gamma().set(gamma));
                Thread.sleep(A_FRAME);
            }
            probe.report(what);
        }
        waitForFilm();
    }

    private void play(String what) throws Exception {
        onFx(studio.playback()::toggle);
        try (var probe = new FxProbe(fx)) {
            Thread.sleep(MOVES * A_FRAME);
            probe.report(what);
        }
        onFx(studio.playback()::pause);
    }

    /** Longer than the studio waits for a hand to rest. */
    private void waitForFilm() throws Exception {
        Thread.sleep(A_WHILE);
        while (!CompletableFuture.supplyAsync(this::isFinished, FX).get()) {
            Thread.sleep(50);
        }
    }

    private boolean isFinished() {
        return studio.render().stateProperty().get() == RenderState.FINISHED
                && studio.film().doneProperty().get() == studio.film().cells().size();
    }

    private static void onFx(Runnable work) throws Exception {
        CompletableFuture.runAsync(work, FX).get();
    }
}
