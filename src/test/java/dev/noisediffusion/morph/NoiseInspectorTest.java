package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.MorphFixtures.RecordingDenoiser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoiseInspectorTest {
    private static final int FRAME = 3;

    private final RecordingDenoiser denoiser = MorphFixtures.denoiser();
    private final MorphRenderer renderer = new MorphRenderer(MorphFixtures.model(denoiser, 1), new EncodingCache());
    private final CancellationToken token = new CancellationToken();

    private static MorphRequest request(MorphMethod method) {
        return MorphFixtures.request(3, MorphSettings.DEFAULT.withMethod(method).withFrames(9));
    }

    private void render(MorphRequest request) {
        renderer.renderTogether(
                List.of(request), Optional.empty(), FrameOrder.SEQUENTIAL, frame -> {}, ProgressListener.NONE, token);
        denoiser.batches.clear();
    }

    private static List<Integer> keyframes(NoiseReport report) {
        return report.encodings().stream()
                .map(NoiseReport.EncodingNoise::keyframe)
                .toList();
    }

    @Test
    void afterARenderNothingIsAskedOfTheNetwork() {
        MorphRequest request = request(NoiseDiffusion.PAPER);
        render(request);
        NoiseReport report = renderer.inspect(request, FRAME, token);
        assertTrue(renderer.suggest(request, FRAME, token).isPresent());
        assertEquals(List.of(), denoiser.batches);
        assertFalse(report.rough());
        assertEquals(List.of(0, 1), keyframes(report));
        assertTrue(report.mixture().isPresent());
    }

    @Test
    void theEncodingsAreMeasuredBeforeClippingAndTheMixtureAfter() {
        MorphRequest request = request(new NoiseDiffusion(0, 0.5, BoundaryPlacement.BOTH, Injection.PAPER));
        render(request);
        NoiseReport report = renderer.inspect(request, FRAME, token);
        assertTrue(report.encodings().getFirst().statistics().sigma() > 0.5);
        NoiseStatistics mixture = report.mixture().orElseThrow();
        assertEquals(0.5, mixture.quantile(3), 0.03);
        assertTrue(mixture.beyond() > 0.3);
        double loudest = 0;
        ClipMap map = report.encodings().getFirst().clipMap();
        for (int x = 0; x < map.width(); x++) {
            loudest = Math.max(loudest, map.share(x, x));
        }
        assertTrue(loudest > 0.3);
    }

    /** Nothing is clipped on the left, and at half the boundary on the right. */
    @Test
    void theBoundaryIsThatOfEachPlace() {
        Mask mask = Mask.of(2, 1, new byte[] {0, (byte) Mask.LAST_STEP});
        var plain = new NoiseDiffusion(0, 0.5, BoundaryPlacement.BOTH, Injection.PAPER);
        var method = new NoiseDiffusion(
                0, 0.5, BoundaryPlacement.BOTH, Injection.PAPER, Masks.NONE.with(MaskTarget.BOUNDARY, mask));
        render(request(method));
        NoiseReport report = renderer.inspect(request(method), FRAME, token);
        NoiseReport even = renderer.inspect(request(plain), FRAME, token);
        ClipMap map = report.encodings().getFirst().clipMap();
        ClipMap evenMap = even.encodings().getFirst().clipMap();
        double hits = 0;
        for (int y = 0; y < MorphFixtures.SIDE; y++) {
            assertEquals(0, map.share(0, y));
            hits += map.share(6, y) - evenMap.share(6, y);
        }
        assertTrue(hits > 0);
        assertEquals(0.5, report.encodings().getFirst().statistics().boundary());

        // Interpolated from strength 0 to 2 over the middle four of eight columns, so 0, 0, 0.25, 0.75, 1.25, 1.75, 2,
        // 2.
        double expected = 0;
        for (double strength : new double[] {0, 0, 0.25, 0.75, 1.25, 1.75, 2, 2}) {
            expected += NormalCurve.beyond(0.5 / strength) / 8;
        }
        assertEquals(expected, report.mixture().orElseThrow().natural(), 1e-6);
        assertEquals(expected, map.natural(), 1e-6);
        assertEquals(NormalCurve.beyond(0.5), even.mixture().orElseThrow().natural());
    }

    @ParameterizedTest
    @EnumSource(BoundaryPlacement.class)
    void aBoundaryCutsNothingOffWhereItIsNotPlaced(BoundaryPlacement placement) {
        MorphRequest request = request(new NoiseDiffusion(0, 0.5, placement, Injection.PAPER));
        render(request);
        NoiseReport report = renderer.inspect(request, FRAME, token);
        NoiseReport.EncodingNoise encoding = report.encodings().getFirst();
        NoiseStatistics mixture = report.mixture().orElseThrow();
        assertEquals(placement.clipsEncodings(), encoding.statistics().beyond() > 0);
        assertEquals(placement.clipsEncodings(), encoding.clipMap().natural() > 0);
        assertEquals(placement.clipsMixture(), mixture.beyond() > 0);
        NoiseSuggestion.Score score =
                renderer.suggest(request, FRAME, token).orElseThrow().was();
        assertEquals(mixture.beyond(), score.mixture().beyond());
        assertEquals(mixture.boundary(), score.mixture().boundary());
    }

    @Test
    void theMixtureIsMeasuredAtTheBoundaryItWasClippedAt() {
        Mask doubled = Mask.of(1, 1, new byte[] {(byte) Mask.LAST_STEP});
        var masked = new NoiseDiffusion(
                0, 1, BoundaryPlacement.BOTH, Injection.PAPER, Masks.NONE.with(MaskTarget.BOUNDARY, doubled));
        render(request(masked));
        NoiseStatistics seen =
                renderer.inspect(request(masked), FRAME, token).mixture().orElseThrow();
        NoiseStatistics same = renderer.inspect(
                        request(new NoiseDiffusion(0, 0.5, BoundaryPlacement.BOTH, Injection.PAPER)), FRAME, token)
                .mixture()
                .orElseThrow();
        assertEquals(same.beyond(), seen.beyond());
        assertTrue(seen.beyond() > 0.1);
        NoiseSuggestion.Score score =
                renderer.suggest(request(masked), FRAME, token).orElseThrow().was();
        assertEquals(same.beyond(), score.mixture().beyond());
    }

    @Test
    void unknownEncodingsAreMadeInFewStepsAndSaidToBeRough() {
        NoiseReport report = renderer.inspect(request(NoiseDiffusion.PAPER), FRAME, token);
        assertTrue(report.rough());
        assertEquals(2 * 3, denoiser.batches.size());
    }

    @Test
    void encodingsOnTheWayOfDeeperOnesAreKnownAndNotRough() {
        MorphRequest request = request(NoiseDiffusion.PAPER);
        render(request);
        MorphSettings d = request.settings();
        NoiseReport report = renderer.inspect(
                MorphFixtures.request(
                        3, new MorphSettings(d.method(), 9, d.steps(), 0.5, d.seed(), d.noiseTravel(), d.endpoints())),
                FRAME,
                token);
        assertFalse(report.rough());
        assertEquals(List.of(), denoiser.batches);
    }

    /** The second look comes while the first has the network in hand, and waits for it instead of asking again. */
    @Test
    void looksAtTheSameTimeShareTheirEncodings() throws InterruptedException {
        MorphRequest request = request(NoiseDiffusion.PAPER);
        var second = new Thread(() -> renderer.inspect(request, FRAME, token));
        denoiser.beforeCall = () -> {
            if (second.getState() == Thread.State.NEW) {
                second.start();
                while (second.getState() != Thread.State.TIMED_WAITING) {
                    assertTrue(second.isAlive(), "It did not wait");
                    Thread.onSpinWait();
                }
            }
        };
        renderer.inspect(request, FRAME, token);
        second.join();
        assertEquals(2 * 3, denoiser.batches.size());
    }

    @Test
    void aFrameThatIsAnOriginalHasNoMixtureButItsEncoding() {
        MorphRequest request = request(NoiseDiffusion.PAPER);
        render(request);
        NoiseReport report = renderer.inspect(request, 4, token);
        assertEquals(Optional.empty(), report.mixture());
        assertEquals(List.of(1), keyframes(report));
        assertTrue(renderer.suggest(request, 4, token).isPresent());
    }

    @ParameterizedTest
    @EnumSource(Endpoints.class)
    void noiseIntroductionHasEncodingsOnlyWhereItUsesThem(Endpoints endpoints) {
        MorphSettings settings =
                new MorphSettings(new NoiseIntroduction(), 9, 50, 0.3, 0, NoiseTravel.LOCKED, endpoints);
        MorphRequest request = MorphFixtures.request(2, settings);
        renderer.glimpse(request, FRAME, 1, token);
        assertEquals(1, denoiser.batches.size());
        render(request);
        NoiseReport report = renderer.inspect(request, FRAME, token);
        assertEquals(List.of(), report.encodings());
        assertTrue(report.mixture().isPresent());
        // A round trip is an encoding, decoded again.
        List<Integer> atTheFirst = keyframes(renderer.inspect(request, 0, token));
        assertEquals(endpoints == Endpoints.ROUND_TRIP ? List.of(0) : List.of(), atTheFirst);
        assertEquals(Optional.empty(), renderer.suggest(request, FRAME, token));
    }

    @Test
    void aCrossfadeHasNoNoise() {
        NoiseReport report = renderer.inspect(request(new Crossfade()), FRAME, token);
        assertFalse(report.hasNoise());
        assertEquals(Optional.empty(), renderer.suggest(request(new Crossfade()), FRAME, token));
        assertEquals(List.of(), denoiser.batches);
    }
}
