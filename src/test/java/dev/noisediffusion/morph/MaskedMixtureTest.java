package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.PixelUnshuffleCodec;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks in the noisy picture, against the formulas and against morphs of other settings. */
class MaskedMixtureTest {
    private static final int SIDE = 16;
    private static final double ALPHA_BAR = 0.09;
    private static final Shape SHAPE = Shape.of(1, 3, SIDE, SIDE);
    private static final Mix MIX = Mix.coupled(new Weights(List.of(0.3, 0.45, 0.25)));
    private static final Mix APART = new Mix(MIX.noise(), Weights.only(3, 2));
    private static final NoiseDiffusion METHOD =
            new NoiseDiffusion(0.4, 1.5, BoundaryPlacement.BOTH, Injection.ofGain(1.3));

    private final LatentMethod.Ingredients in =
            new LatentMethod.Ingredients(fields(0), fields(10), Kernels.gaussian(SHAPE, 99), ALPHA_BAR);

    private static List<Tensor> fields(long seed) {
        return IntStream.range(0, MIX.count())
                .mapToObj(i -> Kernels.gaussian(SHAPE, seed + i))
                .toList();
    }

    private static Mask uniform(int step) {
        return Mask.of(1, 1, new byte[] {(byte) step});
    }

    /** One step on the left, another on the right. */
    private static Mask halves(int left, int right) {
        var steps = new byte[SIDE * SIDE];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (byte) (i % SIDE < SIDE / 2 ? left : right);
        }
        return Mask.of(SIDE, SIDE, steps);
    }

    private static NoiseDiffusion masked(NoiseDiffusion method, MaskTarget target, Mask mask) {
        return new NoiseDiffusion(
                method.gamma(),
                method.boundary(),
                method.placement(),
                method.injection(),
                method.masks().with(target, mask));
    }

    private Tensor mix(NoiseDiffusion method) {
        return method.combine(MIX, in);
    }

    private void assertSame(NoiseDiffusion expected, NoiseDiffusion actual) {
        assertTrue(Kernels.maxAbsDifference(mix(expected), mix(actual)) < 1e-6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.4, 1})
    void whereEveryStrengthIsOneNotABitIsDifferent(double gamma) {
        for (BoundaryPlacement placement : BoundaryPlacement.values()) {
            for (Mix mix : List.of(MIX, Mix.coupled(Weights.only(3, 1)), APART)) {
                var method = new NoiseDiffusion(gamma, 1.5, placement, new Injection(1.1, 0.8));
                assertEquals(method.combine(mix, in), new MaskedMixture(method, mix, in).mix());
            }
        }
    }

    @Test
    void aNeutralMaskIsNone() {
        assertEquals(METHOD, masked(METHOD, MaskTarget.GAMMA, halves(Mask.NEUTRAL_STEP, Mask.NEUTRAL_STEP)));
    }

    @Test
    void strengthsOverTheWholeFrameAreOtherSettings() {
        var other = new NoiseDiffusion(0.8, 1.5, BoundaryPlacement.BOTH, Injection.ofGain(1.3));
        assertSame(other, masked(METHOD, MaskTarget.GAMMA, uniform(Mask.LAST_STEP)));
        other = new NoiseDiffusion(0, 1.5, BoundaryPlacement.BOTH, Injection.ofGain(1.3));
        assertSame(other, masked(METHOD, MaskTarget.GAMMA, uniform(0)));
        other = new NoiseDiffusion(0.4, 0.75, BoundaryPlacement.BOTH, Injection.ofGain(1.3));
        assertSame(other, masked(METHOD, MaskTarget.BOUNDARY, uniform(Mask.LAST_STEP)));
        other = new NoiseDiffusion(0.4, Double.POSITIVE_INFINITY, BoundaryPlacement.BOTH, Injection.ofGain(1.3));
        assertSame(other, masked(METHOD, MaskTarget.BOUNDARY, uniform(0)));
    }

    @Test
    void lubricationNeverPassesOneAndLeavesNothingOfThePicturesThere() {
        var strong = new NoiseDiffusion(0.7, 9, BoundaryPlacement.NONE, Injection.ofGain(0));
        Tensor mixture = mix(masked(strong, MaskTarget.GAMMA, uniform(Mask.LAST_STEP)));
        Tensor noise = Kernels.linear(Math.sqrt(1 - ALPHA_BAR), in.noise(), 0, in.noise());
        assertTrue(Kernels.maxAbsDifference(noise, mixture) < 1e-6);
    }

    @Test
    void injectionAtStrengthZeroIsThePureMixtureOfEncodingsAndAtTwoTwiceTheInjection() {
        var free = new NoiseDiffusion(0.4, Double.POSITIVE_INFINITY, BoundaryPlacement.NONE, Injection.ofGain(1.3));
        Tensor none = mix(masked(free, MaskTarget.INJECTION, uniform(0)));
        Tensor twice = mix(masked(free, MaskTarget.INJECTION, uniform(Mask.LAST_STEP)));
        Coefficients k = Coefficients.of(MIX, 0.4, free.injection());
        var shares = new double[4];
        var terms = new ArrayList<>(in.noisy());
        for (int i = 0; i < 3; i++) {
            shares[i] = k.alphas().get(i);
        }
        shares[3] = 0.4 * Math.sqrt(1 - ALPHA_BAR);
        terms.add(in.noise());
        assertTrue(Kernels.maxAbsDifference(Kernels.weightedSum(shares, terms), none) < 1e-6);
        // x(1) lies in the middle between x(0) and x(2).
        assertTrue(Kernels.maxAbsDifference(mix(free), Kernels.linear(0.5, none, 0.5, twice)) < 1e-6);
    }

    @ParameterizedTest
    @EnumSource(MaskTarget.class)
    void aMaskOverOneHalfChangesThatHalfOnly(MaskTarget target) {
        Tensor plain = mix(METHOD);
        Tensor half = mix(masked(METHOD, target, halves(Mask.NEUTRAL_STEP, Mask.LAST_STEP)));
        int changed = 0;
        for (int i = 0; i < plain.size(); i++) {
            if (i % SIDE < SIDE / 2) {
                assertEquals(plain.get(i), half.get(i));
            } else if (plain.get(i) != half.get(i)) {
                changed++;
            }
        }
        assertTrue(changed > plain.size() / 10, "changed " + changed);
        Tensor whole = mix(masked(METHOD, target, uniform(Mask.LAST_STEP)));
        for (int i = 0; i < plain.size(); i++) {
            assertEquals(i % SIDE < SIDE / 2 ? plain.get(i) : whole.get(i), half.get(i));
        }
    }

    @Test
    void varianceIsPreservedAtEveryPosition() {
        Shape shape = Shape.of(1, 1, 128, 128);
        var independent = new LatentMethod.Ingredients(
                List.of(Tensor.zeros(shape), Tensor.zeros(shape)),
                List.of(Kernels.gaussian(shape, 1), Kernels.gaussian(shape, 2)),
                Kernels.gaussian(shape, 3),
                1e-9);
        var free = new NoiseDiffusion(0.6, Double.POSITIVE_INFINITY, BoundaryPlacement.NONE, Injection.ofGain(1));
        for (int step : new int[] {0, 64, 127, 190, 254}) {
            Tensor mixture = masked(free, MaskTarget.GAMMA, uniform(step))
                    .combine(Mix.coupled(Weights.ofPair(0.3)), independent);
            double deviation = Kernels.norm(mixture) / Math.sqrt(mixture.size());
            assertEquals(1, deviation, 0.02, "at step " + step);
        }
    }

    @Test
    void theMaskOfAPixelHoldsForTheLatentsOfThatPixel() {
        int side = MorphFixtures.SIDE;
        var steps = new byte[side * side];
        java.util.Arrays.fill(steps, (byte) Mask.NEUTRAL_STEP);
        steps[3 * side + 5] = (byte) Mask.LAST_STEP;
        Mask mask = Mask.of(side, side, steps);
        var codec = new PixelUnshuffleCodec(4);
        DiffusionModel m = MorphFixtures.model(MorphFixtures.denoiser(), 1);
        var model = new DiffusionModel(
                m.id(), m.cacheKey(), m.name(), m.denoiser(), codec, m.settings(), m.width(), m.height(), 1);

        Tensor strengths = codec.decode(MaskLayout.of(model).lay(mask));

        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < side * side; i++) {
                assertEquals(i == 3 * side + 5 ? 2 : 1, strengths.get(channel * side * side + i));
            }
        }
    }

    @Test
    void anotherCodecGetsTheMeanOfEachBlock() {
        Tensor map = Tensor.wrap(Shape.of(1, 1, 2, 4), new float[] {0, 1, 2, 2, 1, 0, 1, 1});
        assertEquals(
                Tensor.wrap(Shape.of(1, 2, 1, 2), new float[] {0.5f, 1.5f, 0.5f, 1.5f}),
                Kernels.repeatChannels(Kernels.blockMeans(map, 1, 2), 2));
    }

    @Test
    void aMaskReachesTheFrames() {
        var settings = MorphSettings.DEFAULT.withFrames(3).withMethod(METHOD);
        List<Picture> plain = render(settings);
        List<Picture> painted =
                render(settings.withMethod(masked(METHOD, MaskTarget.GAMMA, halves(Mask.NEUTRAL_STEP, 0))));
        assertEquals(plain.getFirst(), painted.getFirst());
        assertNotEquals(plain.get(1), painted.get(1));
        // The exact network of independent pixels keeps what happens to one pixel away from the others.
        for (int y = 0; y < MorphFixtures.SIDE; y++) {
            for (int x = 0; x < MorphFixtures.SIDE / 2; x++) {
                assertEquals(plain.get(1).pixel(x, y), painted.get(1).pixel(x, y));
            }
        }
    }

    private static List<Picture> render(MorphSettings settings) {
        var frames = new ArrayList<Picture>();
        new MorphRenderer(MorphFixtures.model(MorphFixtures.denoiser(), 1), new EncodingCache())
                .renderTogether(
                        List.of(MorphFixtures.request(2, settings)),
                        Optional.empty(),
                        FrameOrder.SEQUENTIAL,
                        frame -> frames.add(frame.picture()),
                        ProgressListener.NONE,
                        new CancellationToken());
        return frames;
    }
}
