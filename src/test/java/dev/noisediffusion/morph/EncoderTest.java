package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.Latches;
import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Phrase;
import dev.noisediffusion.diffusion.PixelUnshuffleCodec;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            Latches.await(mayGoOn);
        };
        FutureTask<NoiseReport> first = look(new CancellationToken());
        Thread.startVirtualThread(first);
        begun.await();
        var cancellation = new CancellationToken();
        FutureTask<NoiseReport> second = look(cancellation);
        Thread waiting = Thread.ofPlatform().start(second);
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            assertFalse(second.isDone(), "It did not wait");
            Thread.onSpinWait();
        }

        cancellation.cancel();

        ExecutionException end = assertThrows(ExecutionException.class, second::get);
        assertInstanceOf(CancellationException.class, end.getCause());
        mayGoOn.countDown();
        first.get();
        assertEquals(6, denoiser.batches.size());
    }

    /** The first gives up while a second one waits; the third comes when that has begun in its place. */
    @Test
    void whoComesAfterOneThatGaveUpSharesTheWorkOfWhoHasWaited() throws Exception {
        var calls = new Semaphore(0);
        var mayGoOn = new Semaphore(0);
        denoiser.beforeCall = () -> {
            calls.release();
            mayGoOn.acquireUninterruptibly();
        };
        var cancellation = new CancellationToken();
        FutureTask<NoiseReport> first = look(cancellation);
        Thread.startVirtualThread(first);
        calls.acquire();
        FutureTask<NoiseReport> second = look(new CancellationToken());
        assertEquals(Thread.State.TIMED_WAITING, resting(Thread.ofPlatform().start(second)));
        cancellation.cancel();
        mayGoOn.release();
        assertThrows(ExecutionException.class, first::get);
        calls.acquire();

        FutureTask<NoiseReport> third = look(new CancellationToken());
        Thread.State state = resting(Thread.ofPlatform().start(third));

        mayGoOn.release(100);
        second.get();
        third.get();
        assertEquals(Thread.State.TIMED_WAITING, state, "in a call of its own it would wait without a limit");
        assertEquals(6, denoiser.batches.size(), "the call of the first was not in vain");
    }

    /** How a thread waits, once it does. */
    private static Thread.State resting(Thread thread) {
        Thread.State state = thread.getState();
        while (state == Thread.State.RUNNABLE || state == Thread.State.BLOCKED) {
            Thread.onSpinWait();
            state = thread.getState();
        }
        return state;
    }

    /** The encoding of one picture in ten steps. */
    private static Encoding encoded(Encoder encoder, DiffusionModel model, double level) {
        return encoded(encoder, model, MorphFixtures.picture(1), level);
    }

    private static Encoding encoded(Encoder encoder, DiffusionModel model, Picture picture, double level) {
        return encoder.encode(
                picture, Phrase.of(""), Timetable.toDepth(model.settings(), 10, level), StepListener.NONE);
    }

    @Test
    void anEncodingThatWasCancelledGoesOnBehindItsLastCall() {
        Timetable timetable = SETTINGS.timetable(model.settings());
        Picture picture = MorphFixtures.picture(1);
        Encoding inOne =
                new Encoder(model, new EncodingCache()).encode(picture, Phrase.of(""), timetable, StepListener.NONE);
        denoiser.batches.clear();
        var encoder = new Encoder(model, new EncodingCache());
        StepListener impatient = step -> {
            if (step.index() == 9) {
                throw new CancellationException();
            }
        };
        assertThrows(CancellationException.class, () -> encoder.encode(picture, Phrase.of(""), timetable, impatient));
        assertEquals(10, denoiser.batches.size());

        var numbers = new ArrayList<Integer>();
        Encoding inTwo = encoder.encode(picture, Phrase.of(""), timetable, step -> numbers.add(step.index()));

        assertEquals(IntStream.range(10, timetable.length()).boxed().toList(), numbers);
        assertEquals(timetable.length(), denoiser.batches.size());
        assertEquals(inOne, inTwo);
    }

    /** Of the six calls to the depth four states are left when the second picture comes, and two when it is encoded. */
    @Test
    void theStatesOnTheWayGoBeforeAnyEncoding() {
        long each = 4L * model.latentShape().size();
        var cache = new EncodingCache(6 * each);
        var encoder = new Encoder(model, cache);
        encoded(encoder, model, MorphFixtures.picture(1), 0.3);
        assertEquals(6, cache.size());
        encoded(encoder, model, MorphFixtures.picture(2), 0.3);
        assertEquals(6, cache.size());
        assertEquals(6 * each, cache.bytes());
        denoiser.batches.clear();

        encoded(encoder, model, MorphFixtures.picture(1), 0.3);
        encoded(encoder, model, MorphFixtures.picture(2), 0.3);

        assertEquals(List.of(), denoiser.batches);
    }

    /** Six pictures' encodings and four states have room. */
    @Test
    void statesAreKeptAlsoOnceEncodingsHaveFilledTheirRoom() {
        long each = 4L * model.latentShape().size();
        var encoder = new Encoder(model, new EncodingCache(16 * each));
        for (int picture = 1; picture <= 8; picture++) {
            encoded(encoder, model, MorphFixtures.picture(picture), 0.3);
        }
        denoiser.batches.clear();

        encoded(encoder, model, MorphFixtures.picture(8), 0.6);

        assertEquals(List.of(), denoiser.batches);
    }

    /** Two encodings and the clean latents have room, and one state. */
    @Test
    void encodingsOfAPictureShareItsCleanLatentsWhichAreTheLastToGo() {
        long each = 4L * model.latentShape().size();
        var cache = new EncodingCache(4 * each);
        var encoder = new Encoder(model, cache);
        Encoding deep = encoded(encoder, model, 0.3);
        Encoding shallow = encoded(encoder, model, 0.6);
        assertSame(deep.clean(), shallow.clean());
        assertEquals(4 * each, cache.bytes());

        assertSame(deep.clean(), encoded(encoder, model, 0.8).clean());

        assertEquals(3 * each, cache.bytes());
        denoiser.batches.clear();
        encoded(encoder, model, 0.6);
        encoded(encoder, model, 0.8);
        assertEquals(List.of(), denoiser.batches);
    }

    /** Three tensors have room. */
    @Test
    void theCleanLatentsOfAnEncodingThatWasOnlyAskedAboutAreUsedAfterIt() {
        long each = 4L * model.latentShape().size();
        var cache = new EncodingCache(4 * each);
        var encoder = new Encoder(model, cache);
        Picture picture = MorphFixtures.picture(1);
        encoded(encoder, model, picture, 0.3);
        Encoding.Key key = encoder.key(picture, Phrase.of(""), Timetable.toDepth(model.settings(), 10, 0.3));
        assertEquals(Set.of(), encoder.missing(key));

        encoder.clean(MorphFixtures.picture(2));
        encoder.clean(MorphFixtures.picture(3));

        assertTrue(cache.find(key).isEmpty());
        assertTrue(cache.find(key.source()).isPresent());
    }

    @Test
    void aPictureGoesThroughTheCodecOnceHoweverDeepAndHoweverOftenItIsSeen() {
        var codec = new CountingCodec();
        var counted = new MorphRenderer(
                new DiffusionModel(
                        model.id(),
                        model.cacheKey(),
                        model.name(),
                        denoiser,
                        codec,
                        model.settings(),
                        MorphFixtures.SIDE,
                        MorphFixtures.SIDE,
                        1),
                new EncodingCache());
        var token = new CancellationToken();
        for (double level : new double[] {0.3, 0.6}) {
            MorphRequest request = MorphFixtures.request(
                    2,
                    new MorphSettings(NoiseDiffusion.PAPER, 3, 10, level, 0, NoiseTravel.LOCKED, Endpoints.ORIGINAL));
            counted.glimpse(request, 1, 1, token);
            counted.renderTogether(
                    List.of(request),
                    Optional.empty(),
                    FrameOrder.SEQUENTIAL,
                    frame -> {},
                    ProgressListener.NONE,
                    token);
            counted.glimpse(request, 1, 1, token);
            counted.glimpse(request.withMethod(new NoiseIntroduction()), 1, 1, token);
        }
        assertEquals(2, codec.encoded);
    }

    /** Pixels as they are. */
    private static final class CountingCodec implements Codec {
        private int encoded;

        @Override
        public Shape latentShape(int width, int height) {
            return PixelUnshuffleCodec.IDENTITY.latentShape(width, height);
        }

        @Override
        public Tensor encode(Tensor pixels) {
            encoded++;
            return pixels;
        }

        @Override
        public Tensor decode(Tensor latents) {
            return latents;
        }
    }

    /** Such as the same files in half precision and in full. */
    @Test
    void modelsThatComputeDifferentlyShareNeitherEncodingsNorFrames() {
        var there = new DiffusionModel(
                model.id(),
                model.cacheKey() + " CUDA HALF",
                model.name(),
                denoiser,
                model.codec(),
                model.settings(),
                MorphFixtures.SIDE,
                MorphFixtures.SIDE,
                1);
        var cache = new EncodingCache();
        encoded(new Encoder(model, cache), model, 0.3);
        int calls = denoiser.batches.size();
        encoded(new Encoder(model, cache), model, 0.3);
        assertEquals(calls, denoiser.batches.size());
        encoded(new Encoder(there, cache), there, 0.3);
        assertEquals(2 * calls, denoiser.batches.size());

        MorphRequest request = MorphFixtures.request(2, SETTINGS);
        assertEquals(
                renderer.identities(request).toList(),
                new MorphRenderer(model, new EncodingCache())
                        .identities(request)
                        .toList());
        assertNotEquals(
                renderer.identities(request).toList(),
                new MorphRenderer(there, new EncodingCache())
                        .identities(request)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void numbersThatAreNoneAreRefusedAndNotKept(double factor) {
        Denoiser broken = (noisy, timestep) -> Kernels.affine(factor, noisy, 0);
        DiffusionModel overflowing = MorphFixtures.model(broken, 1);
        var cache = new EncodingCache();
        var encoder = new Encoder(overflowing, cache);

        var refused = assertThrows(OverflowException.class, () -> encoded(encoder, overflowing, 0.3));

        assertEquals(ModelRefusal.OVERFLOWED.with(), refused.trouble());
        assertEquals(1, cache.size(), "the clean latents are sound");
    }

    @Test
    void ofManyPicturesTheFirstIsThereWhenTheLastHasBeenFitted() {
        var fitter = new Fitter(MorphFixtures.SIDE, MorphFixtures.SIDE);
        List<Keyframe> many = MorphFixtures.request(40, SETTINGS.withFrames(40)).keyframes();
        Picture first = fitter.fit(many.getFirst());
        many.forEach(fitter::fit);
        assertSame(first, fitter.fit(many.getFirst()));
    }

    @Test
    void aPictureIsFittedOnceHoweverOftenItIsLoaded() {
        var fitter = new Fitter(4, 4);
        assertSame(
                fitter.fit(new Keyframe("a", MorphFixtures.picture(1))),
                fitter.fit(new Keyframe("b", MorphFixtures.picture(1))));
    }
}
