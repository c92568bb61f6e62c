package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.CieLabPicture;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PacingTest {
    private static final MorphSettings SETTINGS =
            new MorphSettings(new Crossfade(), 17, 10, 0.3, 7, NoiseTravel.LOCKED, Endpoints.ORIGINAL);
    private static final MorphPath EVEN = new MorphPath(new Easing.ConstantSpeed(), false);

    private final MorphFixtures.RecordingDenoiser denoiser = MorphFixtures.denoiser();
    private final MorphRenderer renderer = new MorphRenderer(MorphFixtures.model(denoiser, 4), new EncodingCache());

    private static Picture plain(int red, int green, int blue) {
        var rgb = new byte[3 * MorphFixtures.SIDE * MorphFixtures.SIDE];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) red;
            rgb[i + 1] = (byte) green;
            rgb[i + 2] = (byte) blue;
        }
        return Picture.wrap(MorphFixtures.SIDE, MorphFixtures.SIDE, rgb);
    }

    /** From black through yellow: the eye sees most of the change near black, and a jump in hue at the end. */
    private static MorphRequest request(MorphMethod method, MorphPath path) {
        return new MorphRequest(
                List.of(
                        new Keyframe("black", plain(0, 0, 0)),
                        new Keyframe("yellow", plain(255, 240, 0)),
                        new Keyframe("blue", plain(0, 20, 255))),
                path,
                SETTINGS.withMethod(method));
    }

    private List<Double> distances(MorphRequest request) {
        List<Picture> inOrder = frames(request);
        var distances = new ArrayList<Double>();
        for (int i = 1; i <= 8; i++) {
            distances.add(CieLabPicture.of(inOrder.get(i)).distance(CieLabPicture.of(inOrder.get(i - 1))));
        }
        return distances;
    }

    private List<Picture> frames(MorphRequest request) {
        var pictures = new TreeMap<Integer, Picture>();
        renderer.renderTogether(
                List.of(request),
                Optional.empty(),
                FrameOrder.SEQUENTIAL,
                frame -> pictures.put(frame.index(), frame.picture()),
                ProgressListener.NONE,
                new CancellationToken());
        return List.copyOf(pictures.values());
    }

    private static double unevenness(List<Double> distances) {
        double mean =
                distances.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return distances.stream()
                        .mapToDouble(distance -> Math.abs(distance - mean))
                        .max()
                        .orElseThrow()
                / mean;
    }

    @Test
    void framesAreEquallyFarApartForTheEye() {
        double linear = unevenness(distances(request(new Crossfade(), MorphPath.STRAIGHT)));
        double even = unevenness(distances(request(new Crossfade(), EVEN)));
        assertTrue(linear > 0.3, "linear is uneven by " + linear);
        assertTrue(even < 0.15 && even < linear / 2, "constant speed is uneven by " + even);
    }

    /** From black to yellow and back, in eight steps each. */
    private static MorphRequest loop(MorphMethod method) {
        List<Keyframe> two = request(method, EVEN).keyframes().subList(0, 2);
        var there = new MorphPath(new Easing.ConstantSpeed(), true);
        return new MorphRequest(two, there, SETTINGS.withMethod(method).withFrames(16));
    }

    @Test
    void aLoopThroughTwoPicturesIsEvenOnTheWayThereAndOnTheWayBack() {
        var around = new ArrayList<>(frames(loop(new Crossfade())));
        around.add(around.getFirst());
        var distances = new ArrayList<Double>();
        for (int i = 1; i < around.size(); i++) {
            distances.add(CieLabPicture.of(around.get(i)).distance(CieLabPicture.of(around.get(i - 1))));
        }
        assertEquals(16, distances.size());
        double there = unevenness(distances.subList(0, 8));
        double back = unevenness(distances.subList(8, 16));
        assertTrue(there < 0.15 && back < 0.15, "uneven by " + there + " and " + back);
    }

    @Test
    void theWayBackOfALoopIsNotMeasuredAgainAndSupposedInItsOwnDirection() {
        var token = new CancellationToken();
        MorphRequest loop = loop(NoiseDiffusion.PAPER);
        MorphPath measured = renderer.paced(List.of(loop), ProgressListener.NONE, token)
                .getFirst()
                .path();
        assertEquals(2 * renderer.timetable(SETTINGS).length() + Pacing.PLACES, denoiser.batches.size());
        assertEquals(((Easing.Measured) measured.noiseEasing(0)).reversed(), measured.noiseEasing(1));
        MorphRequest moved = loop.withMethod(NoiseDiffusion.PAPER.withInjection(Injection.ofGain(1)));
        assertEquals(renderer.glimpse(moved.withPath(measured), 11, 1, token), renderer.glimpse(moved, 11, 1, token));
    }

    @Test
    void noiseThatTravelsAndComesBackIsMeasuredOnceForBothWaysOfALoop() {
        MorphRequest locked = loop(new NoiseIntroduction());
        MorphSettings travelling = locked.settings().withNoise(7, NoiseTravel.TRAVELLING);
        var loop = new MorphRequest(locked.keyframes(), locked.path(), travelling);
        MorphPath measured = renderer.paced(List.of(loop), ProgressListener.NONE, new CancellationToken())
                .getFirst()
                .path();
        assertEquals(Pacing.PLACES, denoiser.batches.size());
        assertEquals(((Easing.Measured) measured.noiseEasing(0)).reversed(), measured.noiseEasing(1));
    }

    private static MorphRequest travelling(List<Keyframe> keyframes, boolean closed) {
        return new MorphRequest(
                keyframes,
                new MorphPath(new Easing.ConstantSpeed(), closed),
                SETTINGS.withMethod(new NoiseIntroduction()).withNoise(7, NoiseTravel.TRAVELLING));
    }

    private static MorphPath measuredBy(MorphRenderer renderer, MorphRequest request) {
        return renderer.paced(List.of(request), ProgressListener.NONE, new CancellationToken())
                .getFirst()
                .path();
    }

    /** From black to yellow, each time with the same noise in the middle as before on one path or the other. */
    @Test
    void aSegmentIsMeasuredAgainWhereItsNoiseTravelsAnotherWay() {
        List<Keyframe> three = request(new NoiseIntroduction(), EVEN).keyframes();
        Keyframe black = three.get(0);
        Keyframe yellow = three.get(1);
        Keyframe blue = three.get(2);
        var white = new Keyframe("white", plain(255, 255, 255));
        measuredBy(renderer, travelling(List.of(black, yellow), false));
        for (MorphRequest other : List.of(
                travelling(List.of(blue, black, yellow, white), false),
                travelling(List.of(blue, black, yellow, white), true),
                travelling(List.of(blue, white, black, yellow), true))) {
            var fresh = new MorphRenderer(MorphFixtures.model(denoiser, 4), new EncodingCache());
            assertEquals(measuredBy(fresh, other), measuredBy(renderer, other));
        }
    }

    @Test
    void aPathOfMoreWaysThanAreRememberedIsPacedAllTheSame() {
        MorphRequest request = request(new Crossfade(), EVEN);
        var pacing = new Pacing(request, MorphFixtures.model(denoiser, 4), new PaceCache(1));
        for (int segment : pacing.unknown()) {
            pacing.learn(segment, List.of(plain(0, 0, 0), plain(90, 90, 90), plain(255, 255, 255)));
        }
        MorphPath paced = pacing.known().orElseThrow().path();
        assertTrue(paced.noiseEasing(0) instanceof Easing.Measured);
        assertEquals(paced.noiseEasing(0), paced.noiseEasing(1));
    }

    @Test
    void whatIsShownAtThePicturesMakesNoDifferenceToThePace() {
        MorphRequest even = request(new NoiseDiffusion(0, 0.5, BoundaryPlacement.BOTH, Injection.PAPER), EVEN);
        var paths = new HashSet<MorphPath>();
        for (Endpoints endpoints : Endpoints.values()) {
            var request =
                    new MorphRequest(even.keyframes(), EVEN, even.settings().withEndpoints(endpoints));
            var fresh = new MorphRenderer(MorphFixtures.model(denoiser, 4), new EncodingCache());
            paths.add(fresh.paced(List.of(request), ProgressListener.NONE, new CancellationToken())
                    .getFirst()
                    .path());
        }
        assertEquals(1, paths.size());
    }

    @Test
    void aSegmentIsMeasuredOnceInOneCallAtEachPlace() {
        MorphRequest request = request(NoiseDiffusion.PAPER, EVEN);
        assertEquals(Optional.empty(), renderer.paced(List.of(request)));
        var news = new ArrayList<Progress>();
        List<MorphRequest> paced = renderer.paced(List.of(request), news::add, new CancellationToken());
        int encoding = 3 * renderer.timetable(SETTINGS).length();
        assertEquals(encoding + 2 * Pacing.PLACES, denoiser.batches.size());
        assertEquals(1, news.getLast().fraction());

        assertEquals(Optional.of(paced), renderer.paced(List.of(request)));
        MorphRequest moreFrames = request.withPath(EVEN.withSegment(0, Segment.PLAIN.withFrames(OptionalInt.of(30))));
        assertTrue(renderer.paced(List.of(moreFrames)).isPresent());
        renderer.paced(List.of(request), news::add, new CancellationToken());
        assertEquals(encoding + 2 * Pacing.PLACES, denoiser.batches.size());
    }

    @Test
    void onlyTheSegmentThatWantsItIsMeasured() {
        Segment even = Segment.PLAIN.withEasing(Optional.empty(), Optional.of(new Easing.ConstantSpeed()));
        MorphRequest request =
                request(NoiseDiffusion.PAPER, new MorphPath(Easing.Preset.LINEAR, false, List.of(Segment.PLAIN, even)));
        List<MorphRequest> paced = renderer.paced(List.of(request), ProgressListener.NONE, new CancellationToken());
        assertEquals(2 * renderer.timetable(SETTINGS).length() + Pacing.PLACES, denoiser.batches.size());
        MorphPath path = paced.getFirst().path();
        assertEquals(Easing.Preset.LINEAR, path.noiseEasing(1));
        assertTrue(path.imageEasing(1) instanceof Easing.Measured);
    }

    @Test
    void whatIsComparedKeepsTheTimeOfTheFirst() {
        MorphRequest morph = request(NoiseDiffusion.PAPER, EVEN);
        List<MorphRequest> paced = renderer.paced(
                List.of(morph, morph.withMethod(new Slerp())), ProgressListener.NONE, new CancellationToken());
        assertEquals(paced.get(0).plan(), paced.get(1).plan());
    }

    @Test
    void aGlimpseIsWhereTheRenderPutTheFrame() {
        var token = new CancellationToken();
        MorphRequest request = request(NoiseDiffusion.PAPER, EVEN);
        int calls = renderer.timetable(SETTINGS).length();
        MorphRequest linear = request(NoiseDiffusion.PAPER, MorphPath.STRAIGHT);
        Picture evenInTime = renderer.glimpse(linear, 3, 1, token);
        assertEquals(evenInTime, renderer.glimpse(request, 3, 1, token));

        var rendered = new TreeMap<Integer, Picture>();
        renderer.renderTogether(
                List.of(request),
                Optional.empty(),
                FrameOrder.SEQUENTIAL,
                frame -> rendered.put(frame.index(), frame.picture()),
                ProgressListener.NONE,
                token);
        assertEquals(rendered.get(3), renderer.glimpse(request, 3, calls, token));
        assertNotEquals(rendered.get(3), renderer.glimpse(linear, 3, calls, token));
    }

    @Test
    void otherSettingsSupposeThePaceMeasuredLastBetweenTheSamePictures() {
        var token = new CancellationToken();
        MorphRequest request = request(NoiseDiffusion.PAPER, EVEN);
        MorphPath measured = renderer.paced(List.of(request), ProgressListener.NONE, token)
                .getFirst()
                .path();
        MorphRequest moved = request.withMethod(NoiseDiffusion.PAPER.withInjection(Injection.ofGain(1)));
        denoiser.batches.clear();
        assertEquals(renderer.glimpse(moved.withPath(measured), 3, 1, token), renderer.glimpse(moved, 3, 1, token));
        assertEquals(2, denoiser.batches.size());
        assertEquals(Optional.empty(), renderer.paced(List.of(moved)));
    }

    @Test
    void measuringCanBeCancelled() {
        var token = new CancellationToken();
        denoiser.beforeCall = token::cancel;
        MorphRequest request = request(NoiseDiffusion.PAPER, EVEN);
        assertThrows(CancellationException.class, () -> renderer.paced(List.of(request), ProgressListener.NONE, token));
        assertEquals(1, denoiser.batches.size());
    }

    @Test
    void whereNothingMovesTimePassesEvenly() {
        List<Double> still = Pacing.travelled(List.of(0.0, 0.0, 0.0, 0.0));
        assertEquals(List.of(0.0, 0.25, 0.5, 0.75, 1.0), still);
    }

    @Test
    void theDistanceIsThatOfTheEye() {
        CieLabPicture black = CieLabPicture.of(plain(0, 0, 0));
        CieLabPicture white = CieLabPicture.of(plain(255, 255, 255));
        assertEquals(100, black.distance(white), 0.01);
        // sRGB red in CIELAB is (53.24, 80.09, 67.20).
        assertEquals(
                Math.sqrt(53.24 * 53.24 + 80.09 * 80.09 + 67.20 * 67.20),
                black.distance(CieLabPicture.of(plain(255, 0, 0))),
                0.05);
    }
}
