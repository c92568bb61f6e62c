package dev.noisediffusion.ui.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitFor;
import static org.testfx.util.WaitForAsyncUtils.waitForAsyncFx;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.viewmodel.RenderState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.concurrent.Worker;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class RenderServiceTest {
    private final List<String> news = Collections.synchronizedList(new ArrayList<>());
    private final FxJobRunner jobs = new FxJobRunner();
    private RenderService service;

    @Start
    void start(Stage stage) {
        service = new RenderService();
    }

    @AfterEach
    void close() {
        service.close();
        jobs.close();
    }

    private <T> JobRunner.Observer<T> observer(String name) {
        return new JobRunner.Observer<>(
                progress -> tell(name + " at " + progress.fraction()),
                result -> tell(name + " gave " + result),
                failure -> tell(name + " failed: " + failure.getMessage()),
                () -> tell(name + " was cancelled"));
    }

    private void tell(String what) {
        assertTrue(Platform.isFxApplicationThread());
        news.add(what);
    }

    private void waitUntil(String what) throws TimeoutException {
        waitFor(10, TimeUnit.SECONDS, () -> news.contains(what));
        waitForFxEvents();
    }

    @Test
    void newsComeInOrderOnTheFxThreadAndTheResultLast() throws Exception {
        waitForAsyncFx(
                5_000,
                () -> service.run(
                        (progress, cancellation) -> {
                            for (int i = 0; i < 500; i++) {
                                String frame = "frame " + i;
                                service.dispatch(() -> tell(frame));
                            }
                            progress.onProgress(new Progress(new Activity.Named("done"), 1, Optional.empty()));
                            return "film";
                        },
                        observer("render")));
        waitUntil("render gave film");
        assertEquals(502, news.size());
        assertEquals("frame 0", news.getFirst());
        assertEquals("frame 499", news.get(499));
        assertEquals("render gave film", news.getLast());
        waitFor(5, TimeUnit.SECONDS, () -> waitForAsyncFx(5_000, () -> service.getState() == Worker.State.SUCCEEDED));
    }

    @Test
    void aNewerRenderEndsTheOlderAndBeginsAfterIt() throws Exception {
        var started = new CountDownLatch(1);
        var running = new AtomicInteger();
        var overlapped = new AtomicBoolean();
        CancellationToken older = waitForAsyncFx(
                5_000,
                () -> service.run(
                        (progress, cancellation) -> {
                            running.incrementAndGet();
                            started.countDown();
                            while (!cancellation.isCancelled()) {
                                Thread.sleep(2);
                            }
                            running.decrementAndGet();
                            cancellation.throwIfCancelled();
                            return "old film";
                        },
                        observer("older")));
        assertTrue(started.await(5, TimeUnit.SECONDS));
        waitForAsyncFx(
                5_000,
                () -> service.run(
                        (progress, cancellation) -> {
                            overlapped.set(running.get() > 0);
                            return "new film";
                        },
                        observer("newer")));
        waitUntil("newer gave new film");
        assertTrue(older.isCancelled());
        assertTrue(news.contains("older was cancelled"));
        assertFalse(overlapped.get());
    }

    @Test
    void manyQuickRendersLeaveOnlyTheLast() throws Exception {
        for (int i = 0; i < 50; i++) {
            String name = "render " + i;
            waitForAsyncFx(5_000, () -> service.run((progress, cancellation) -> "film", observer(name)));
        }
        waitUntil("render 49 gave film");
        waitFor(5, TimeUnit.SECONDS, () -> news.size() == 50);
    }

    @Test
    void failuresAreToldAlsoOfMemory() throws Exception {
        waitForAsyncFx(
                5_000,
                () -> service.run(
                        (progress, cancellation) -> {
                            throw new IOException("The disk is gone.");
                        },
                        observer("first")));
        waitUntil("first failed: The disk is gone.");
        waitForAsyncFx(
                5_000,
                () -> service.run(
                        (progress, cancellation) -> {
                            throw new OutOfMemoryError("Too large");
                        },
                        observer("second")));
        waitUntil("second failed: Too large");
    }

    @Test
    void closingTheRunnerEndsItsJobsAndStartsNoMore() throws Exception {
        var started = new CountDownLatch(1);
        jobs.run(
                (progress, cancellation) -> {
                    started.countDown();
                    while (true) {
                        cancellation.throwIfCancelled();
                        Thread.sleep(2);
                    }
                },
                observer("job"));
        assertTrue(started.await(5, TimeUnit.SECONDS));
        jobs.close();
        waitUntil("job was cancelled");
        assertTrue(
                jobs.run((progress, cancellation) -> "late", observer("late")).isCancelled());
    }

    @Test
    void theStudioRendersOnRealThreadsWithoutHoldingUpTheFxThread() throws Exception {
        var world = new FakeWorld();
        world.modelSide = 64;
        StudioViewModel studio =
                waitForAsyncFx(5_000, () -> world.studio(jobs, service, new FxDebounce(Duration.millis(20))));
        var longest = new AtomicInteger();
        var watching = new AtomicBoolean(true);
        Thread watcher = Thread.ofPlatform().start(() -> {
            while (watching.get()) {
                long asked = System.nanoTime();
                var answered = new CountDownLatch(1);
                Platform.runLater(answered::countDown);
                try {
                    answered.await();
                    longest.accumulateAndGet((int) ((System.nanoTime() - asked) / 1_000_000), Math::max);
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        waitForAsyncFx(5_000, () -> {
            studio.parameters().frames().set(97);
            FakeWorld.fill(studio);
        });
        waitFor(
                60,
                TimeUnit.SECONDS,
                () -> studio.film().doneProperty().get() == 97
                        && studio.render().stateProperty().get() == RenderState.FINISHED);
        watching.set(false);
        watcher.join();
        // The goal is 16 ms; the machines that run tests are shared, so only a hold-up one would feel is an error.
        assertTrue(longest.get() < 1000, "The FX thread was held up for " + longest + " ms");
        System.getLogger("test").log(System.Logger.Level.INFO, "Longest hold-up {0} ms", longest.get());
        waitForAsyncFx(5_000, studio::cancelAll);
        studio.close();
        assertEquals(1, world.closedModels.get());
    }

    @Test
    void theTickerTicksUntilItIsStopped() throws Exception {
        var ticker = new FxTicker();
        var ticks = new AtomicInteger();
        waitForAsyncFx(5_000, () -> ticker.start(seconds -> ticks.incrementAndGet()));
        waitFor(5, TimeUnit.SECONDS, () -> ticks.get() > 3);
        waitForAsyncFx(5_000, ticker::stop);
        int stopped = ticks.get();
        Thread.sleep(100);
        assertEquals(stopped, ticks.get());
    }

    @Test
    void whatTheWindowUsedIsClosedInOrderWhateverFails() throws Exception {
        var closed = Collections.synchronizedList(new ArrayList<String>());
        var done = new CountDownLatch(1);
        new BackgroundRelease(List.of(
                        () -> closed.add("first"),
                        () -> {
                            throw new IllegalStateException("stuck");
                        },
                        () -> closed.add("last"),
                        done::countDown))
                .run();
        assertTrue(done.await(5, TimeUnit.SECONDS));
        assertEquals(List.of("first", "last"), closed);
    }
}
