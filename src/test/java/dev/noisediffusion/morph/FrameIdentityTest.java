package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameIdentityTest {
    private static final MorphSettings SETTINGS =
            new MorphSettings(NoiseDiffusion.PAPER, 5, 10, 0.3, 7, NoiseTravel.LOCKED, Endpoints.METHOD);
    private static final MorphSettings NOISY =
            SETTINGS.withMethod(new NoiseDiffusion(0.3, 2, BoundaryPlacement.BOTH, Injection.PAPER));

    private static final NoiseDiffusion UNCLIPPED = new NoiseDiffusion(0.4, 2, BoundaryPlacement.NONE, Injection.PAPER);

    private static FrameIdentity identity(MorphRequest request, FramePlan.Spot spot, String cacheKey) {
        List<Integer> timesteps =
                request.settings().timetable(MorphFixtures.settings()).timesteps();
        return FrameIdentity.of(request, spot, cacheKey, timesteps);
    }

    private static FrameIdentity second(MorphRequest request) {
        return identity(request, request.plan().frames().get(1), "model");
    }

    private static FrameIdentity second(MorphSettings settings) {
        return second(MorphFixtures.request(2, settings));
    }

    @Test
    void theSeedMattersOnlyWhereThereIsFreshNoise() {
        MorphSettings reseeded = SETTINGS.withNoise(8, NoiseTravel.REDRAWN);
        assertEquals(second(SETTINGS), second(reseeded));
        assertEquals(second(SETTINGS.withMethod(new Slerp())), second(reseeded.withMethod(new Slerp())));
        assertNotEquals(second(NOISY), second(NOISY.withNoise(8, NoiseTravel.LOCKED)));
        assertNotEquals(
                second(SETTINGS.withMethod(new NoiseIntroduction())),
                second(reseeded.withMethod(new NoiseIntroduction())));
    }

    @Test
    void whatDecidesPixelsDecidesTheIdentity() {
        assertNotEquals(second(SETTINGS), second(deep(SETTINGS.depth(), 11)));
        assertNotEquals(second(SETTINGS), second(SETTINGS.withMethod(new Slerp())));
        assertNotEquals(
                second(SETTINGS), second(SETTINGS.withMethod(NoiseDiffusion.PAPER.withInjection(Injection.ofGain(1)))));
        MorphRequest request = MorphFixtures.request(2, SETTINGS);
        FramePlan.Spot spot = request.plan().frames().get(1);
        assertNotEquals(identity(request, spot, "model"), identity(request, spot, "another"));
        assertNotEquals(second(request), second(MorphFixtures.request(3, SETTINGS)));
    }

    @Test
    void aMirroredPictureIsAnotherFrame() {
        MorphRequest request = MorphFixtures.request(2, SETTINGS);
        Keyframe first = request.keyframes().getFirst();
        var mirrored = new Keyframe(first.name(), first.picture(), first.crop().withMirrored(true));
        List<Keyframe> keyframes = List.of(mirrored, request.keyframes().getLast());
        assertNotEquals(second(request), second(new MorphRequest(keyframes, SETTINGS)));
    }

    private static MorphSettings deep(double depth, int steps) {
        return new MorphSettings(
                NoiseDiffusion.PAPER,
                5,
                steps,
                MorphSettings.signalLevelAt(depth),
                7,
                NoiseTravel.LOCKED,
                Endpoints.METHOD);
    }

    /** Twenty steps have the levels 0.355 and 0.279 about these depths. */
    @Test
    void depthsThatAreDecodedAlongTheSameTimestepsMakeTheSameFrames() {
        assertEquals(second(deep(0.66, 20)), second(deep(0.67, 20)));
        assertNotEquals(second(deep(0.66, 20)), second(deep(0.7, 20)));
        assertNotEquals(second(deep(0.66, 20)), second(deep(0.66, 25)));
    }

    @Test
    void theFramesOfAFilmShareTheirTimesteps() {
        var renderer = new MorphRenderer(MorphFixtures.model(MorphFixtures.denoiser(), 1), new EncodingCache());
        List<FrameIdentity> film =
                renderer.identities(MorphFixtures.request(2, deep(0.7, 20))).toList();
        assertEquals(5, film.size());
        film.forEach(frame -> assertSame(film.getFirst().timesteps(), frame.timesteps()));
    }

    @Test
    void anotherKeyframeFarAwayChangesNothing() {
        MorphRequest two = MorphFixtures.request(2, NOISY);
        MorphRequest three = MorphFixtures.request(3, NOISY.withFrames(9));
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    identity(two, two.plan().frames().get(i), "model"),
                    identity(three, three.plan().frames().get(i), "model"));
        }
    }

    /** Eleven between the pictures, and these. */
    @ParameterizedTest
    @EnumSource(
            value = Easing.Preset.class,
            names = {"LINEAR", "EASE_IN_OUT"})
    void theWayBackOfALoopThroughTwoPicturesHasTheFramesOfTheWayThere(Easing.Preset easing) {
        MorphRequest loop = MorphFixtures.request(2, NOISY.withFrames(24).withNoise(7, NoiseTravel.TRAVELLING))
                .withPath(new MorphPath(easing, true));
        long different = loop.plan().frames().stream()
                .map(spot -> identity(loop, spot, "model"))
                .distinct()
                .count();
        assertEquals(11 + 2, different);
    }

    /** A third of the way from the first picture to the second, and from the first down to the third. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void aCellOfAGridsEdgeIsTheFrameOfAFilmAtItsPlace(int corners) {
        MorphRequest grid = MorphFixtures.request(corners, SETTINGS);
        MorphRequest across = MorphFixtures.request(2, SETTINGS.withFrames(4));
        MorphRequest down = new MorphRequest(
                List.of(grid.keyframes().get(0), grid.keyframes().get(2)), SETTINGS.withFrames(4));
        List<FramePlan.Spot> cells = new BilinearGrid(corners, 4).spots();

        assertEquals(second(across), identity(grid, cells.get(1), "model"));
        assertEquals(second(down), identity(grid, cells.get(4), "model"));
    }

    private static MorphSettings masked(NoiseDiffusion method, MaskTarget target, int step) {
        Mask mask = Mask.of(2, 1, new byte[] {(byte) step, (byte) Mask.NEUTRAL_STEP});
        return SETTINGS.withMethod(new NoiseDiffusion(
                method.gamma(),
                method.boundary(),
                method.placement(),
                method.injection(),
                method.masks().with(target, mask)));
    }

    @Test
    void aMaskMattersOnlyWhereItHasSomethingToStrengthen() {
        var noisy = new NoiseDiffusion(0.3, 2, BoundaryPlacement.NONE, Injection.PAPER);
        assertEquals(second(SETTINGS), second(masked(NoiseDiffusion.PAPER, MaskTarget.GAMMA, 9)));
        assertNotEquals(second(SETTINGS.withMethod(noisy)), second(masked(noisy, MaskTarget.GAMMA, 9)));
        assertEquals(second(SETTINGS.withMethod(noisy)), second(masked(noisy, MaskTarget.BOUNDARY, 9)));
        assertNotEquals(second(SETTINGS), second(masked(NoiseDiffusion.PAPER, MaskTarget.BOUNDARY, 9)));
        assertNotEquals(second(SETTINGS), second(masked(NoiseDiffusion.PAPER, MaskTarget.INJECTION, 9)));
    }

    @Test
    void aBoundaryMattersOnlyWhereSomethingIsClipped() {
        double off = Double.POSITIVE_INFINITY;
        var unclipped = SETTINGS.withMethod(new NoiseDiffusion(0, 2, BoundaryPlacement.NONE, Injection.PAPER));
        assertEquals(
                second(unclipped),
                second(SETTINGS.withMethod(new NoiseDiffusion(0, 3, BoundaryPlacement.NONE, Injection.PAPER))));
        assertEquals(
                second(unclipped),
                second(SETTINGS.withMethod(new NoiseDiffusion(0, off, BoundaryPlacement.BOTH, Injection.PAPER))));
        assertNotEquals(second(unclipped), second(SETTINGS));
    }

    @Test
    void aNegativePromptMattersOnlyUnderGuidance() {
        MorphSettings unguided = SETTINGS.withPrompting(new Prompting("a rose", "blur", 1));
        assertEquals(second(SETTINGS.withPrompting(new Prompting("a rose", "", 1))), second(unguided));
        assertNotEquals(second(SETTINGS), second(unguided));
        assertNotEquals(
                second(SETTINGS.withPrompting(new Prompting("a rose", "", 5))),
                second(SETTINGS.withPrompting(new Prompting("a rose", "blur", 5))));
    }

    @Test
    void aPromptAtTheEndMattersWhereItIsAnother() {
        Prompting rose = new Prompting("a rose", "", 5);
        assertEquals(
                second(SETTINGS.withPrompting(rose)),
                second(SETTINGS.withPrompting(new Prompting("a rose", "", 5, "a rose"))));
        MorphSettings turning = SETTINGS.withPrompting(new Prompting("a rose", "", 5, "a bird"));
        assertNotEquals(second(SETTINGS.withPrompting(rose)), second(turning));
        // The same two pictures, but of three: another part of the way from prompt to prompt.
        MorphRequest three = MorphFixtures.request(3, turning.withFrames(9));
        assertNotEquals(second(turning), second(three));
    }

    @Test
    void aCrossfadeKnowsNeitherDepthNorWords() {
        MorphSettings fade = SETTINGS.withMethod(new Crossfade());
        var deeper = new MorphSettings(
                new Crossfade(), 5, 10, 0.6, 7, NoiseTravel.LOCKED, Endpoints.METHOD, new Prompting("a rose", "", 3));
        assertEquals(second(fade), second(deeper));
    }

    /** Any two frames of any two requests: equal identities, equal bytes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void equalIdentitiesHaveEqualBytes(long seed) {
        var random = new Random(seed);
        Map<FrameIdentity, Picture> seen = new HashMap<>();
        var model = MorphFixtures.model(MorphFixtures.denoiser(), 1);
        int shared = 0;
        for (int i = 0; i < 40; i++) {
            MorphRequest request = any(random);
            var pictures = new HashMap<Integer, Picture>();
            new MorphRenderer(model, new EncodingCache())
                    .renderTogether(
                            List.of(request),
                            Optional.empty(),
                            FrameOrder.SEQUENTIAL,
                            frame -> pictures.put(frame.index(), frame.picture()),
                            ProgressListener.NONE,
                            new CancellationToken());
            for (FramePlan.Spot spot : request.plan().frames()) {
                Picture made = pictures.get(spot.index());
                Picture before = seen.put(identity(request, spot, "model"), made);
                if (before != null) {
                    assertEquals(before, made);
                    shared++;
                }
            }
        }
        assertNotEquals(0, shared);
    }

    private static MorphRequest any(Random random) {
        MorphMethod method = List.of(
                        NoiseDiffusion.PAPER,
                        new NoiseDiffusion(0.4, 2, BoundaryPlacement.AFTER, new Injection(1, 1.3)),
                        masked(NoiseDiffusion.PAPER, MaskTarget.GAMMA, random.nextInt(40))
                                .method(),
                        masked(UNCLIPPED, MaskTarget.BOUNDARY, random.nextInt(40))
                                .method(),
                        new Slerp(),
                        new NoiseIntroduction(),
                        new Crossfade())
                .get(random.nextInt(7));
        Segment segment = Segment.PLAIN
                .withFrames(random.nextBoolean() ? OptionalInt.of(2) : OptionalInt.empty())
                .withEasing(
                        random.nextBoolean() ? Optional.of(new Easing.Hold(0.5, 0)) : Optional.empty(),
                        random.nextBoolean() ? Optional.of(Easing.Preset.EASE_IN) : Optional.empty());
        var path = new MorphPath(Easing.Preset.LINEAR, random.nextBoolean(), List.of(segment));
        var settings = new MorphSettings(
                method,
                5,
                6,
                // Both are decoded along the same timesteps.
                random.nextBoolean() ? 0.3 : 0.31,
                random.nextInt(2),
                List.of(NoiseTravel.values()).get(random.nextInt(3)),
                List.of(Endpoints.values()).get(random.nextInt(3)));
        return MorphFixtures.request(2 + random.nextInt(2), settings).withPath(path);
    }

    @Test
    void onlyTheFramesAskedForAreMadeAndOnlyTheirEncodings() {
        var denoiser = MorphFixtures.denoiser();
        var renderer = new MorphRenderer(MorphFixtures.model(denoiser, 4), new EncodingCache());
        MorphRequest request = MorphFixtures.request(3, SETTINGS);
        var made = new HashMap<Integer, Picture>();
        renderer.renderParts(
                List.of(new RenderPart(request, Set.of(1))),
                FrameOrder.BISECTION,
                frame -> made.put(frame.index(), frame.picture()),
                ProgressListener.NONE,
                new CancellationToken());
        assertEquals(Set.of(1), made.keySet());
        // Two of the three pictures are encoded, one frame is decoded.
        assertEquals(3 * renderer.timetable(SETTINGS).length(), denoiser.batches.size());
    }
}
