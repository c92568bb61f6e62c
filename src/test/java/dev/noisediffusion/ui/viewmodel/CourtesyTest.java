package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CourtesyTest {
    private final Courtesy courtesy = new Courtesy();
    private final CancellationToken token = new CancellationToken();
    private final List<Double> heard = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch first = new CountDownLatch(1);

    private static Progress progress(double fraction) {
        return new Progress(Activity.Work.MIXING_FRAMES, fraction, Optional.of(Duration.ofHours(1)));
    }

    private Thread working() {
        ProgressListener listener = courtesy.before(
                news -> {
                    heard.add(news.fraction());
                    first.countDown();
                },
                token);
        return Thread.ofPlatform().start(() -> {
            for (int call = 1; call <= 4 && !token.isCancelled(); call++) {
                listener.onProgress(progress(call / 4.0));
            }
        });
    }

    private static void untilItWaits(Thread work) {
        while (work.getState() != Thread.State.WAITING) {
            assertTrue(work.isAlive(), "The work has ended");
            Thread.onSpinWait();
        }
    }

    @Test
    void workWaitsAfterTheCallInProgressAndGoesOn() throws InterruptedException {
        courtesy.giveWay(true);
        Thread work = working();
        first.await();
        untilItWaits(work);
        assertEquals(List.of(0.25), heard);
        courtesy.giveWay(false);
        work.join();
        assertEquals(List.of(0.25, 0.5, 0.75, 1.0), heard);
    }

    @Test
    void workThatIsCancelledWaitsNoLonger() throws InterruptedException {
        courtesy.giveWay(true);
        Thread work = working();
        first.await();
        token.cancel();
        work.join();
        assertEquals(List.of(0.25), heard);
    }

    @Test
    void theTimeLeftIsThatOfTheWorkAlone() throws InterruptedException {
        long before = System.nanoTime();
        List<Duration> left = Collections.synchronizedList(new ArrayList<>());
        ProgressListener listener = courtesy.before(news -> news.remaining().ifPresent(left::add), token);
        courtesy.giveWay(true);
        Thread work = Thread.ofPlatform().start(() -> {
            listener.onProgress(progress(0.25));
            listener.onProgress(progress(0.5));
        });
        untilItWaits(work);
        long from = System.nanoTime();
        assertFalse(work.join(Duration.ofMillis(50)));
        long waited = System.nanoTime() - from;
        courtesy.giveWay(false);
        work.join();

        // When half is done, what is left takes as long as the work has, and that is all of the time but the wait.
        Duration most = Duration.ofNanos(System.nanoTime() - before - waited);
        assertEquals(2, left.size());
        assertTrue(left.getLast().compareTo(most) <= 0, () -> left + " of at most " + most);
    }
}
