package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.diffusion.Phrase;
import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.Montage;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.TestImages;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.MorphFixtures.RecordingDenoiser;
import dev.noisediffusion.tensor.Kernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MorphRendererTest {
    private static final MorphSettings SETTINGS = new MorphSettings(
            new NoiseDiffusion(0.2, 2, BoundaryPlacement.BOTH, Injection.PAPER),
            9,
            20,
            0.3,
            7,
            NoiseTravel.TRAVELLING,
            Endpoints.ORIGINAL);

    private final RecordingDenoiser denoiser = MorphFixtures.denoiser();
    private final MorphRenderer renderer = new MorphRenderer(MorphFixtures.model(denoiser, 1), new EncodingCache());

    static List<MorphMethod> methods() {
        return List.of(NoiseDiffusion.PAPER, new Slerp(), new NoiseIntroduction(), new Crossfade());
    }

    /** The frames in order of time. */
    private static List<Picture> render(MorphRenderer renderer, MorphRequest request, FrameOrder order) {
        var frames = new TreeMap<Integer, Picture>();
        renderer.renderTogether(
                List.of(request),
                Optional.empty(),
                order,
                frame -> assertEquals(null, frames.put(frame.index(), frame.picture())),
                ProgressListener.NONE,
                new CancellationToken());
        return List.copyOf(frames.values());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodRendersEveryFrameAndBeginsAndEndsWithTheOriginals(MorphMethod method) {
        MorphRequest request = MorphFixtures.request(3, SETTINGS.withMethod(method));
        List<Picture> frames = render(renderer, request, FrameOrder.BISECTION);
        assertEquals(9, frames.size());
        for (int keyframe = 0; keyframe < 3; keyframe++) {
            assertEquals(request.keyframes().get(keyframe).picture(), frames.get(4 * keyframe));
        }
    }

    @Test
    void aFilmBeginsWithTheChosenPartOfItsPicture() {
        Picture red = TestImages.plain(80, 80, 0xff0000);
        Picture blue = TestImages.plain(80, 80, 0x0000ff);
        Picture two = Montage.sideBySide(red, blue, 0);
        var right = new Keyframe("right", two, new Crop(0.9, 0.5, 2));
        var left = new Keyframe("left", two, new Crop(0.1, 0.5, 2));
        List<Picture> frames =
                render(renderer, new MorphRequest(List.of(right, left), SETTINGS), FrameOrder.SEQUENTIAL);
        int side = MorphFixtures.SIDE;
        assertEquals(TestImages.plain(side, side, 0x0000ff), frames.getFirst());
        assertEquals(TestImages.plain(side, side, 0xff0000), frames.getLast());
    }

    @Test
    void aPictureAndItsMirrorImageAreTwoEndsOfAFilm() {
        Picture picture = MorphFixtures.picture(1);
        var straight = new Keyframe("straight", picture);
        var mirrored = new Keyframe("mirrored", picture, Crop.CENTER.withMirrored(true));
        List<Picture> frames =
                render(renderer, new MorphRequest(List.of(straight, mirrored), SETTINGS), FrameOrder.SEQUENTIAL);
        assertEquals(picture, frames.getFirst());
        for (int x = 0; x < MorphFixtures.SIDE; x++) {
            assertEquals(picture.pixel(x, 3), frames.getLast().pixel(MorphFixtures.SIDE - 1 - x, 3));
        }
    }

    @Test
    void theMiddleFrameComesFirst() {
        var order = new ArrayList<Integer>();
        renderer.renderTogether(
                List.of(MorphFixtures.request(2, SETTINGS)),
                Optional.empty(),
                FrameOrder.BISECTION,
                frame -> order.add(frame.index()),
                ProgressListener.NONE,
                new CancellationToken());
        assertEquals(List.of(4, 0, 8, 2, 6, 1, 3, 5, 7), order);
    }

    @Test
    void aFrameThatIsWaitedForComesFirstAndAloneInItsBatch() {
        var batched = new MorphRenderer(MorphFixtures.model(denoiser, 4), new EncodingCache());
        var order = new ArrayList<Integer>();
        batched.renderParts(
                List.of(RenderPart.all(MorphFixtures.request(2, SETTINGS))),
                FrameOrder.BISECTION,
                5,
                frame -> order.add(frame.index()),
                ProgressListener.NONE,
                new CancellationToken());
        assertEquals(List.of(5, 4, 0, 8, 2, 6, 1, 3, 7), order);
        // Behind the encodings of both pictures. Of the second batch two are originals.
        int length = batched.timetable(SETTINGS).length();
        List<Integer> decoded = denoiser.batches.subList(2 * length, denoiser.batches.size());
        assertEquals(3 * length, decoded.size());
        assertEquals(List.of(1, 2, 4), decoded.stream().distinct().toList());
    }

    @ParameterizedTest
    @EnumSource(NoiseTravel.class)
    void framesDoNotDependOnTheOrderTheyAreMadeIn(NoiseTravel travel) {
        var settings = new MorphSettings(SETTINGS.method(), 9, 20, 0.3, 7, travel, Endpoints.METHOD);
        MorphRequest request = MorphFixtures.request(3, settings);
        assertEquals(render(renderer, request, FrameOrder.SEQUENTIAL), render(renderer, request, FrameOrder.BISECTION));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 100})
    void framesDoNotDependOnTheBatchSize(int batchSize) {
        MorphRequest request = MorphFixtures.request(2, SETTINGS);
        var batched = new MorphRenderer(MorphFixtures.model(denoiser, batchSize), new EncodingCache());
        assertEquals(render(renderer, request, FrameOrder.SEQUENTIAL), render(batched, request, FrameOrder.SEQUENTIAL));
        // Seven of the nine frames are no original; they are decoded together as far as a batch has room.
        assertEquals(Math.min(batchSize, 7), Collections.max(denoiser.batches));
    }

    @Test
    void anotherSeedGivesOtherFramesOnlyWhereThereIsFreshNoise() {
        var reseeded = new MorphSettings(SETTINGS.method(), 9, 20, 0.3, 8, NoiseTravel.LOCKED, Endpoints.ORIGINAL);
        assertNotEquals(frame(SETTINGS), frame(reseeded));
        assertEquals(
                frame(SETTINGS.withMethod(NoiseDiffusion.PAPER)), frame(reseeded.withMethod(NoiseDiffusion.PAPER)));
    }

    private Picture frame(MorphSettings settings) {
        return render(renderer, MorphFixtures.request(2, settings), FrameOrder.SEQUENTIAL)
                .get(3);
    }

    @Test
    void lockedNoiseIsTheSameInEveryFrameAndRedrawnNoiseIsNot() {
        var plan = FramePlan.of(MorphPath.STRAIGHT, 2, 5).frames();
        var shape = MorphFixtures.model(denoiser, 1).latentShape();
        var fields = new NoiseFields(shape);
        FreshNoise locked = FreshNoise.of(NoiseTravel.LOCKED, 3, plan.get(1));
        assertEquals(fields.at(locked), fields.at(FreshNoise.of(NoiseTravel.LOCKED, 3, plan.get(2))));
        assertNotEquals(
                fields.at(FreshNoise.of(NoiseTravel.REDRAWN, 3, plan.get(1))),
                fields.at(FreshNoise.of(NoiseTravel.REDRAWN, 3, plan.get(2))));
    }

    @Test
    void theRoundTripOfAPictureLooksLikeIt() {
        var settings = new MorphSettings(new Slerp(), 3, 200, 0.5, 7, NoiseTravel.LOCKED, Endpoints.ROUND_TRIP);
        MorphRequest request = MorphFixtures.request(2, settings);
        Picture roundTrip = render(renderer, request, FrameOrder.SEQUENTIAL).get(0);
        Picture original = request.keyframes().getFirst().picture();
        for (int y = 0; y < MorphFixtures.SIDE; y++) {
            for (int x = 0; x < MorphFixtures.SIDE; x++) {
                assertEquals(original.pixel(x, y) & 0xff, roundTrip.pixel(x, y) & 0xff, 3);
            }
        }
    }

    @Test
    void picturesAreEncodedWithThePromptUnguidedAndFramesDecodedWithAll() {
        var asked = new ArrayList<Guidance>();
        Network reading = reading(asked);
        var reader = new MorphRenderer(MorphFixtures.model(reading, 16), new EncodingCache());
        MorphSettings rose = SETTINGS.withPrompting(new Prompting("rose", "blur", 4));
        render(reader, MorphFixtures.request(2, rose), FrameOrder.SEQUENTIAL);
        Guidance encoding = new Guidance("rose", "", 1);
        assertEquals(List.of(encoding, encoding, new Guidance("rose", "blur", 4)), asked);
        asked.clear();
        MorphSettings stronger = SETTINGS.withPrompting(new Prompting("rose", "", 9));
        render(reader, MorphFixtures.request(2, stronger), FrameOrder.SEQUENTIAL);
        assertEquals(List.of(new Guidance("rose", "", 9)), asked);
        asked.clear();
        MorphSettings tulip = SETTINGS.withPrompting(new Prompting("tulip", "", 9));
        render(reader, MorphFixtures.request(2, tulip), FrameOrder.SEQUENTIAL);
        assertEquals(3, asked.size());
    }

    private Network reading(List<Guidance> asked) {
        return new Network() {
            @Override
            public Denoiser denoiser(Guidance guidance) {
                asked.add(guidance);
                return denoiser;
            }

            @Override
            public boolean readsPrompts() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    /** Over three pictures the middle one is halfway, and so is what lies a quarter of the way a quarter. */
    @Test
    void aPromptTurnsIntoAnotherFromTheFirstPictureToTheLast() {
        var asked = new ArrayList<Guidance>();
        var reader = new MorphRenderer(MorphFixtures.model(reading(asked), 16), new EncodingCache());
        MorphSettings turning = SETTINGS.withFrames(5).withPrompting(new Prompting("rose", "blur", 4, "bird"));
        render(reader, MorphFixtures.request(3, turning), FrameOrder.SEQUENTIAL);
        var expected = new ArrayList<Guidance>();
        for (double turn : new double[] {0, 0.5, 1}) {
            expected.add(new Guidance(new Phrase("rose", "bird", turn), "", 1));
        }
        for (FramePlan.Spot spot : MorphFixtures.request(3, turning).plan().frames()) {
            if (!turning.showsOriginal(spot.mix())) {
                expected.add(new Guidance(new Phrase("rose", "bird", spot.position()), "blur", 4));
            }
        }
        assertEquals(expected, asked);
        assertEquals(new Guidance("rose", "", 1), asked.getFirst());

        asked.clear();
        reader.glimpse(MorphFixtures.request(3, turning), 1, 1, new CancellationToken());
        assertEquals(List.of(new Guidance(new Phrase("rose", "bird", 0.25), "blur", 4)), asked);
    }

    @Test
    void theSamePromptAtTheEndIsOnePrompt() {
        var asked = new ArrayList<Guidance>();
        var reader = new MorphRenderer(MorphFixtures.model(reading(asked), 16), new EncodingCache());
        MorphSettings rose = SETTINGS.withPrompting(new Prompting("rose", "", 4, "rose"));
        render(reader, MorphFixtures.request(2, rose), FrameOrder.SEQUENTIAL);
        assertEquals(3, asked.size());
        assertEquals(new Guidance("rose", "", 4), asked.getLast());
    }

    @Test
    void movingASliderDecodesOnly() {
        render(renderer, MorphFixtures.request(2, SETTINGS), FrameOrder.SEQUENTIAL);
        int callsWithEncoding = denoiser.batches.size();
        denoiser.batches.clear();
        var moved = SETTINGS.withMethod(new NoiseDiffusion(0.5, 3, BoundaryPlacement.AFTER, Injection.ofGain(1)));
        render(renderer, MorphFixtures.request(2, moved), FrameOrder.SEQUENTIAL);
        int perPass = renderer.timetable(SETTINGS).length();
        assertEquals(callsWithEncoding - 2 * perPass, denoiser.batches.size());
        assertEquals(7 * perPass, denoiser.batches.size());
    }

    private static MorphSettings inSteps(int steps, double level) {
        return new MorphSettings(SETTINGS.method(), 9, steps, level, 7, NoiseTravel.TRAVELLING, Endpoints.ORIGINAL);
    }

    /** The network calls of a render whose frames are those that a renderer which knows nothing makes. */
    private int calls(MorphSettings settings) {
        MorphRequest request = MorphFixtures.request(2, settings);
        var other = new MorphRenderer(MorphFixtures.model(MorphFixtures.denoiser(), 1), new EncodingCache());
        List<Picture> expected = render(other, request, FrameOrder.SEQUENTIAL);
        denoiser.batches.clear();
        assertEquals(expected, render(renderer, request, FrameOrder.SEQUENTIAL));
        return denoiser.batches.size();
    }

    @Test
    void encodingsGoOnToADeeperDepthAndPassTheShallowerOnesAndOtherStepsEncodeAnew() {
        int length = renderer.timetable(SETTINGS).length();
        assertEquals(9 * length, calls(SETTINGS));
        int shallow = renderer.timetable(inSteps(20, 0.5)).length();
        assertEquals(7 * shallow, calls(inSteps(20, 0.5)));
        int deep = renderer.timetable(inSteps(20, 0.1)).length();
        assertEquals(2 * (deep - length) + 7 * deep, calls(inSteps(20, 0.1)));
        int finer = renderer.timetable(inSteps(25, 0.3)).length();
        assertEquals(9 * finer - 2, calls(inSteps(25, 0.3)), "both ways begin at timestep 0");
    }

    @Test
    void aFrameWaitsForTheEncodingsOfItsOwnPicturesAloneAndAPictureForNone() {
        var calls = new ArrayList<Integer>();
        renderer.renderTogether(
                List.of(MorphFixtures.request(4, SETTINGS.withFrames(13))),
                Optional.empty(),
                FrameOrder.BISECTION,
                frame -> calls.add(denoiser.batches.size()),
                ProgressListener.NONE,
                new CancellationToken());
        int length = renderer.timetable(SETTINGS).length();
        assertEquals(List.of(3 * length, 3 * length, 3 * length), calls.subList(0, 3));
        assertEquals((4 + 9) * length, denoiser.batches.size());
    }

    /** Those between are made of clean latents alone, and come first. */
    @Test
    void aRoundTripIsThatOfTheEncodingAlsoWhereNoOtherFrameNeedsOne() {
        var settings =
                new MorphSettings(new NoiseIntroduction(), 9, 20, 0.3, 7, NoiseTravel.LOCKED, Endpoints.ROUND_TRIP);
        List<Picture> frames = render(renderer, MorphFixtures.request(2, settings), FrameOrder.BISECTION);
        List<Picture> slerp =
                render(renderer, MorphFixtures.request(2, settings.withMethod(new Slerp())), FrameOrder.BISECTION);
        assertEquals(slerp.getFirst(), frames.getFirst());
        assertEquals(slerp.getLast(), frames.getLast());
    }

    @Test
    void whatTheEncodingsOfTwoDepthsHaveInCommonIsCountedOnce() {
        var news = new ArrayList<Progress>();
        renderer.renderTogether(
                List.of(
                        MorphFixtures.request(2, inSteps(20, 0.5)),
                        MorphFixtures.request(2, inSteps(20, 0.1)),
                        MorphFixtures.request(2, inSteps(20, 0.3))),
                Optional.empty(),
                FrameOrder.BISECTION,
                frame -> {},
                news::add,
                new CancellationToken());
        assertEquals(denoiser.batches.size(), news.size());
        assertEquals(1, news.getLast().fraction());
        assertTrue(news.get(news.size() - 2).fraction() < 1);
    }

    @Test
    void progressCountsEveryNetworkCallAndEndsAtOne() {
        var news = new ArrayList<Progress>();
        renderer.renderTogether(
                List.of(
                        MorphFixtures.request(2, SETTINGS),
                        MorphFixtures.request(2, SETTINGS.withMethod(new Slerp())),
                        MorphFixtures.request(2, SETTINGS.withMethod(new Crossfade()))),
                Optional.empty(),
                FrameOrder.BISECTION,
                frame -> {},
                news::add,
                new CancellationToken());
        // Seven of the nine crossfaded frames are no original, and count as one each.
        assertEquals(denoiser.batches.size() + 7, news.size());
        assertEquals(1, news.getLast().fraction());
        for (int i = 1; i < news.size(); i++) {
            assertTrue(news.get(i).fraction() > news.get(i - 1).fraction());
        }
        assertEquals(new Activity.EncodingPicture(1, 2), news.getFirst().activity());
    }

    @Test
    void morphsInLockstepGiveTheSameFrameOneAfterTheOther() {
        var seen = new ArrayList<String>();
        renderer.renderTogether(
                List.of(MorphFixtures.request(2, SETTINGS), MorphFixtures.request(2, SETTINGS.withMethod(new Slerp()))),
                Optional.empty(),
                FrameOrder.SEQUENTIAL,
                frame -> seen.add(frame.index()
                        + frame.request().settings().method().getClass().getSimpleName()),
                ProgressListener.NONE,
                new CancellationToken());
        assertEquals("1NoiseDiffusion", seen.get(2));
        assertEquals("1Slerp", seen.get(3));
        assertEquals(18, seen.size());
    }

    /** Call 1 is the first encoding, call 14 the second, call 30 a decode. */
    @ParameterizedTest
    @ValueSource(ints = {1, 14, 30})
    void cancellingTakesEffectWithinOneNetworkCallAtEveryStage(int call) {
        var token = new CancellationToken();
        var calls = new AtomicInteger();
        denoiser.beforeCall = () -> {
            if (calls.incrementAndGet() == call) {
                token.cancel();
            }
        };
        assertThrows(
                CancellationException.class,
                () -> renderer.renderTogether(
                        List.of(MorphFixtures.request(2, SETTINGS)),
                        Optional.empty(),
                        FrameOrder.BISECTION,
                        frame -> {},
                        ProgressListener.NONE,
                        token));
        assertEquals(call, calls.get());
    }

    /** Of encodings that are sound the decoding may still overflow. */
    @ParameterizedTest
    @MethodSource("methods")
    void framesOfNumbersThatAreNoneAreRefused(MorphMethod method) {
        MorphRequest request = MorphFixtures.request(2, SETTINGS.withMethod(method));
        var broken = new AtomicBoolean();
        Denoiser overflowing = (noisy, timestep) ->
                Kernels.affine(broken.get() ? Double.NaN : 1, denoiser.predict(noisy, timestep), 0);
        var overflows = new MorphRenderer(MorphFixtures.model(overflowing, 1), new EncodingCache());
        List<Picture> sound = render(overflows, request, FrameOrder.SEQUENTIAL);
        broken.set(true);
        if (method instanceof Crossfade) {
            assertEquals(sound, render(overflows, request, FrameOrder.SEQUENTIAL));
        } else {
            assertThrows(OverflowException.class, () -> render(overflows, request, FrameOrder.SEQUENTIAL));
            assertThrows(OverflowException.class, () -> overflows.glimpse(request, 3, 1, new CancellationToken()));
        }
    }

    @Test
    void whatIsCancelledBeforeItBeginsKeepsNothing() {
        var token = new CancellationToken();
        token.cancel();
        var cache = new EncodingCache();
        var cancelled = new MorphRenderer(MorphFixtures.model(denoiser, 1), cache);
        assertThrows(
                CancellationException.class,
                () -> cancelled.renderTogether(
                        List.of(MorphFixtures.request(2, SETTINGS)),
                        Optional.empty(),
                        FrameOrder.BISECTION,
                        frame -> {},
                        ProgressListener.NONE,
                        token));
        assertEquals(0, cache.size());
    }
}
