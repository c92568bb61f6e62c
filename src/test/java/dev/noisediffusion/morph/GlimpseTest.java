package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.MorphFixtures.RecordingDenoiser;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GlimpseTest {
    private static final int FRAME = 3;

    private final RecordingDenoiser denoiser = MorphFixtures.denoiser();
    private final MorphRenderer renderer = new MorphRenderer(MorphFixtures.model(denoiser, 1), new EncodingCache());
    private final CancellationToken token = new CancellationToken();

    static List<MorphMethod> methods() {
        return List.of(NoiseDiffusion.PAPER, new Slerp(), new NoiseIntroduction(), new Crossfade());
    }

    private static MorphRequest request(MorphMethod method) {
        return MorphFixtures.request(3, MorphSettings.DEFAULT.withMethod(method).withFrames(9));
    }

    private List<Picture> render(MorphRequest request) {
        return render(renderer, request);
    }

    private List<Picture> render(MorphRenderer by, MorphRequest request) {
        var frames = new ArrayList<Picture>();
        by.renderTogether(
                List.of(request),
                Optional.empty(),
                FrameOrder.SEQUENTIAL,
                frame -> frames.add(frame.picture()),
                ProgressListener.NONE,
                token);
        return frames;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void withEveryStepOfTheRenderItIsTheRendersFrame(MorphMethod method) {
        MorphRequest request = request(method);
        List<Picture> rendered = render(request);
        int calls = renderer.timetable(request.settings()).length();
        for (int frame : new int[] {0, FRAME, 4, 6}) {
            assertEquals(rendered.get(frame), renderer.glimpse(request, frame, calls, token));
        }
    }

    @Test
    void fromKnownEncodingsItTakesTheCallsItWasGiven() {
        MorphRequest request = request(NoiseDiffusion.PAPER);
        render(request);
        denoiser.batches.clear();
        renderer.glimpse(request, FRAME, 1, token);
        assertEquals(1, denoiser.batches.size());
        renderer.glimpse(request, FRAME, 5, token);
        assertEquals(6, denoiser.batches.size());
    }

    @Test
    void unknownEncodingsAreMadeInFewStepsForThePicturesInSightAlone() {
        MorphRequest request = request(NoiseDiffusion.PAPER);
        renderer.glimpse(request, FRAME, 1, token);
        assertEquals(2 * 3 + 1, denoiser.batches.size());
        renderer.glimpse(request, FRAME, 1, token);
        assertEquals(2 * 3 + 2, denoiser.batches.size());
    }

    /** From 25 calls to 27. */
    @Test
    void encodingsThatAreFewCallsAwayAreMadeInFull() {
        MorphRequest request = request(NoiseDiffusion.PAPER);
        MorphSettings d = request.settings();
        MorphRequest deeper = MorphFixtures.request(
                3, new MorphSettings(d.method(), 9, d.steps(), 0.25, d.seed(), d.noiseTravel(), d.endpoints()));
        var other = new MorphRenderer(MorphFixtures.model(MorphFixtures.denoiser(), 1), new EncodingCache());
        render(other, deeper);
        render(request);
        denoiser.batches.clear();
        assertEquals(other.glimpse(deeper, FRAME, 1, token), renderer.glimpse(deeper, FRAME, 1, token));
        assertEquals(2 * 2 + 1, denoiser.batches.size());
    }

    @Test
    void aQuickEncodingDoesNotStandInForTheRendersOwn() {
        MorphRequest request = request(NoiseDiffusion.PAPER);
        List<Picture> undisturbed = new ArrayList<>(render(request));
        var other = new MorphRenderer(MorphFixtures.model(MorphFixtures.denoiser(), 1), new EncodingCache());
        other.glimpse(request, FRAME, 1, token);
        assertEquals(undisturbed, render(other, request));
    }

    /** With a frame between each two. */
    private static MorphRequest ofManyPictures() {
        List<Keyframe> many = IntStream.range(0, 40)
                .mapToObj(i -> new Keyframe("picture " + i, large(i)))
                .toList();
        return new MorphRequest(many, MorphSettings.DEFAULT.withFrames(79));
    }

    private static Fitter withRoomFor(int pictures) {
        return new Fitter(
                MorphFixtures.SIDE, MorphFixtures.SIDE, 3L * MorphFixtures.SIDE * MorphFixtures.SIDE * pictures);
    }

    private PreparedMorph prepared(MorphRequest request, Fitter fitter) {
        DiffusionModel model = MorphFixtures.model(denoiser, 1);
        var encoder = new Encoder(model, new EncodingCache());
        var noise = new NoiseFields(model.latentShape());
        return new PreparedMorph(model, encoder, fitter, noise, request, renderer.timetable(request.settings()), token);
    }

    @Test
    void looksAtTheSameSeedDrawItsNoiseOnce() {
        MorphRequest request = request(NoiseDiffusion.PAPER);
        FramePlan.Spot spot = request.plan().frames().get(FRAME);
        Tensor first = renderer.prepare(request, token).ingredientsQuickly(spot).noise();
        assertSame(
                first, renderer.prepare(request, token).ingredientsQuickly(spot).noise());
    }

    @Test
    void ofManyPicturesOnlyThoseInSightAreFitted() {
        MorphRequest request = ofManyPictures();
        Fitter fitter = withRoomFor(32);
        Picture first = fitter.fit(request.keyframes().getFirst());
        for (MorphMethod method : methods()) {
            MorphRequest mixed = request.withMethod(method);
            prepared(mixed, fitter).glimpse(mixed.plan().frames().get(1), 1);
        }
        assertSame(first, fitter.fit(request.keyframes().getFirst()));
    }

    @Test
    void whatIsToBeDoneIsCountedAgainWithoutFittingMorePicturesThanThereIsRoomFor() {
        MorphRequest request = ofManyPictures();
        List<FramePlan.Spot> frames = request.plan().frames();
        Fitter fitter = withRoomFor(32);
        Set<Encoding.Key> counted = prepared(request, fitter).pendingStates(frames);
        Picture first = fitter.fit(request.keyframes().getFirst());
        assertEquals(counted, prepared(request, fitter).pendingStates(frames));
        assertSame(first, fitter.fit(request.keyframes().getFirst()));
    }

    /** Twice the model's side. */
    private static Picture large(long seed) {
        int side = 2 * MorphFixtures.SIDE;
        var rgb = new byte[3 * side * side];
        new Random(seed).nextBytes(rgb);
        return Picture.wrap(side, side, rgb);
    }

    @Test
    void aCancelledGlimpseEndsWithinOneCall() {
        denoiser.beforeCall = token::cancel;
        assertThrows(
                CancellationException.class, () -> renderer.glimpse(request(NoiseDiffusion.PAPER), FRAME, 5, token));
        assertEquals(1, denoiser.batches.size());
    }
}
