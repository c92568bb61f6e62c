package dev.noisediffusion.ui.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitFor;
import static org.testfx.util.WaitForAsyncUtils.waitForAsyncFx;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.Garbage;
import dev.noisediffusion.Latches;
import dev.noisediffusion.RecordedLog;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.PictureRefusal;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.viewmodel.RenderState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.io.IOException;
import java.lang.ref.WeakReference;
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
    /** Enough on a machine that is busy with other things; no test waits so long. */
    private static final int PATIENCE_MS = 60_000;

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
        waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS, () -> news.contains(what));
        waitForFxEvents();
    }

    @Test
    void newsComeInOrderOnTheFxThreadAndTheResultLast() throws Exception {
        waitForAsyncFx(
                PATIENCE_MS,
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
        untilReady();
    }

    private void untilReady() throws TimeoutException {
        waitFor(
                PATIENCE_MS,
                TimeUnit.MILLISECONDS,
                () -> waitForAsyncFx(PATIENCE_MS, () -> service.getState() == Worker.State.READY));
    }

    /** What a render that has ended was made of. */
    private WeakReference<byte[]> rendered() throws TimeoutException {
        var pictures = new byte[1000];
        waitForAsyncFx(
                PATIENCE_MS,
                () -> service.run(
                        (progress, cancellation) -> "film of " + pictures.length + " bytes", observer("render")));
        waitUntil("render gave film of 1000 bytes");
        untilReady();
        return new WeakReference<>(pictures);
    }

    @Test
    void aRenderThatHasEndedKeepsNoPictures() throws Exception {
        WeakReference<byte[]> pictures = rendered();
        assertTrue(Garbage.isGone(pictures));
    }

    @Test
    void aNewerRenderEndsTheOlderAndBeginsAfterIt() throws Exception {
        var started = new CountDownLatch(1);
        var running = new AtomicInteger();
        var overlapped = new AtomicBoolean();
        CancellationToken older = waitForAsyncFx(
                PATIENCE_MS,
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
        assertTrue(started.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
        waitForAsyncFx(
                PATIENCE_MS,
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
            waitForAsyncFx(PATIENCE_MS, () -> service.run((progress, cancellation) -> "film", observer(name)));
        }
        waitUntil("render 49 gave film");
        waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS, () -> news.size() == 50);
    }

    @Test
    void failuresAreToldAlsoOfMemory() throws Exception {
        try (var log = new RecordedLog()) {
            waitForAsyncFx(
                    PATIENCE_MS,
                    () -> service.run(
                            (progress, cancellation) -> {
                                throw new IOException("The disk is gone.");
                            },
                            observer("first")));
            waitUntil("first failed: The disk is gone.");
            waitForAsyncFx(
                    PATIENCE_MS,
                    () -> service.run(
                            (progress, cancellation) -> {
                                throw new OutOfMemoryError("Too large");
                            },
                            observer("second")));
            waitUntil("second failed: Too large");
            var damaged = new ImageException(PictureRefusal.DAMAGED.with("a.png"), "a.png is damaged.", null);
            waitForAsyncFx(
                    PATIENCE_MS,
                    () -> service.run(
                            (progress, cancellation) -> {
                                throw damaged;
                            },
                            observer("third")));
            waitUntil("third failed: a.png is damaged.");
            waitForAsyncFx(
                    PATIENCE_MS,
                    () -> service.run(
                            (progress, cancellation) -> {
                                cancellation.cancel();
                                throw new IOException("The stream was cut off.");
                            },
                            observer("fourth")));
            waitUntil("fourth was cancelled");
            waitFor(
                    PATIENCE_MS,
                    TimeUnit.MILLISECONDS,
                    () -> log.entriesOf(JobTask.class).size() == 4);
            assertEquals(
                    List.of(
                            "SEVERE java.io.IOException: The disk is gone.",
                            "SEVERE java.lang.OutOfMemoryError: Too large",
                            "INFO " + damaged,
                            "INFO java.io.IOException: The stream was cut off."),
                    log.entriesOf(JobTask.class).stream()
                            .map(entry -> entry.getLevel() + " " + entry.getThrown())
                            .toList());
        }
    }

    @Test
    void aFailureOfWhatIsCancelledBeforeAnybodyHeardOfItIsNotTold() throws Exception {
        var token = new CancellationToken();
        var task = new JobTask<>(
                (progress, cancellation) -> {
                    throw new IOException("The disk is gone.");
                },
                this.<String>observer("job"),
                token,
                new FxEvents());
        waitForAsyncFx(PATIENCE_MS, () -> {
            // News wait until this thread is free.
            task.run();
            token.cancel();
        });
        waitUntil("job was cancelled");
        assertEquals(List.of("job was cancelled"), news);
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
        assertTrue(started.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
        jobs.close();
        waitUntil("job was cancelled");
        assertTrue(
                jobs.run((progress, cancellation) -> "late", observer("late")).isCancelled());
    }

    /** Such as one that reads from a disk that is gone. */
    @Test
    void closingTheRunnerDoesNotWaitForEverForAJobThatNeverEnds() throws Exception {
        var stuck = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var impatient = new FxJobRunner(java.time.Duration.ofMillis(10));
        CancellationToken token = impatient.run(
                (progress, cancellation) -> {
                    started.countDown();
                    stuck.await();
                    return "nothing";
                },
                observer("job"));
        assertTrue(started.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
        impatient.close();
        assertTrue(token.isCancelled());
        stuck.countDown();
        waitUntil("job was cancelled");
    }

    @Test
    void closingTheServiceDoesNotWaitForEverForARenderThatNeverEnds() throws Exception {
        var stuck = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        RenderService impatient = waitForAsyncFx(PATIENCE_MS, () -> new RenderService(java.time.Duration.ofMillis(10)));
        CancellationToken token = waitForAsyncFx(
                PATIENCE_MS,
                () -> impatient.run(
                        (progress, cancellation) -> {
                            started.countDown();
                            stuck.await();
                            return "nothing";
                        },
                        observer("render")));
        assertTrue(started.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
        impatient.close();
        assertTrue(token.isCancelled());
        stuck.countDown();
        waitUntil("render was cancelled");
    }

    @Test
    void theStudioRendersOnRealThreadsWithoutHoldingUpTheFxThread() throws Exception {
        var world = new FakeWorld();
        world.modelSide = 64;
        var called = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        var onFxThread = new AtomicBoolean();
        Denoiser exact = world.denoiser;
        world.denoiser = (noisy, timestep) -> {
            onFxThread.compareAndSet(false, Platform.isFxApplicationThread());
            called.countDown();
            Latches.await(mayGoOn);
            return exact.predict(noisy, timestep);
        };
        StudioViewModel studio =
                waitForAsyncFx(PATIENCE_MS, () -> world.studio(jobs, service, new FxDebounce(Duration.millis(20))));
        try {
            waitForAsyncFx(PATIENCE_MS, () -> {
                studio.parameters().frames().set(97);
                FakeWorld.fill(studio);
            });
            assertTrue(called.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
            // The network is busy, and the thread of the window answers.
            assertTrue(waitForAsyncFx(
                    PATIENCE_MS, () -> studio.render().stateProperty().get() != RenderState.FINISHED));
        } finally {
            mayGoOn.countDown();
        }
        waitFor(
                PATIENCE_MS,
                TimeUnit.MILLISECONDS,
                () -> studio.film().doneProperty().get() == 97
                        && studio.render().stateProperty().get() == RenderState.FINISHED);
        assertFalse(onFxThread.get());
        waitForAsyncFx(PATIENCE_MS, studio::cancelAll);
        studio.close();
        assertEquals(1, world.closedModels.get());
    }

    @Test
    void theTickerTicksUntilItIsStopped() throws Exception {
        var ticker = new FxTicker();
        var ticks = new AtomicInteger();
        waitForAsyncFx(PATIENCE_MS, () -> ticker.start(seconds -> ticks.incrementAndGet()));
        waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS, () -> ticks.get() > 3);
        waitForAsyncFx(PATIENCE_MS, ticker::stop);
        int stopped = ticks.get();
        // While another ticks, this one would.
        var other = new FxTicker();
        var pulses = new AtomicInteger();
        waitForAsyncFx(PATIENCE_MS, () -> other.start(seconds -> pulses.incrementAndGet()));
        waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS, () -> pulses.get() > 3);
        waitForAsyncFx(PATIENCE_MS, other::stop);
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
                        () -> {
                            throw new NoClassDefFoundError("gone");
                        },
                        () -> closed.add("last"),
                        done::countDown))
                .run();
        assertTrue(done.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
        assertEquals(List.of("first", "last"), closed);
    }
}
