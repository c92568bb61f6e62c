package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.job.CancellationToken;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static final MorphSettings SETTINGS = MorphSettings.DEFAULT.withMethod(new Slerp());

    private final MorphFixtures.RecordingDenoiser denoiser = MorphFixtures.denoiser();
    private final DiffusionModel model = MorphFixtures.model(denoiser, 1);
    private final MorphRenderer renderer = new MorphRenderer(model, new EncodingCache());

    private FutureTask<NoiseReport> look(CancellationToken cancellation) {
        return new FutureTask<>(() -> renderer.inspect(MorphFixtures.request(2, SETTINGS), 3, cancellation));
    }

    @Test
    void whoWaitsForTheEncodingOfAnotherThreadCanBeCancelled() throws Exception {
        var begun = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        denoiser.beforeCall = () -> {
            begun.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        FutureTask<NoiseReport> first = look(new CancellationToken());
        Thread.startVirtualThread(first);
        begun.await();
        var cancellation = new CancellationToken();
        FutureTask<NoiseReport> second = look(cancellation);
        Thread waiting = Thread.ofPlatform().start(second);
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        cancellation.cancel();

        ExecutionException end = assertThrows(ExecutionException.class, second::get);
        assertInstanceOf(CancellationException.class, end.getCause());
        mayGoOn.countDown();
        first.get();
        assertEquals(6, denoiser.batches.size());
    }

    @Test
    void aPictureIsFittedOnceHoweverOftenItIsLoaded() {
        var fitter = new Fitter(4, 4);
        assertSame(
                fitter.fit(new Keyframe("a", MorphFixtures.picture(1))),
                fitter.fit(new Keyframe("b", MorphFixtures.picture(1))));
    }
}
