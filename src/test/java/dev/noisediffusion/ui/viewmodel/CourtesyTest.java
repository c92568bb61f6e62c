package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

    @Test
    void workWaitsAfterTheCallInProgressAndGoesOn() throws InterruptedException {
        courtesy.giveWay(true);
        Thread work = working();
        first.await();
        while (work.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
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
    void theTimeLeftIsThatOfTheWorkAlone() {
        var left = new ArrayList<Duration>();
        ProgressListener listener = courtesy.before(news -> news.remaining().ifPresent(left::add), token);
        listener.onProgress(progress(0.5));
        assertTrue(left.getFirst().compareTo(Duration.ofMinutes(1)) < 0);
    }
}
