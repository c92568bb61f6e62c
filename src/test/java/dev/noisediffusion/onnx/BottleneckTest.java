package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.Bottleneck;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.measure.BottleneckFeatures;
import dev.noisediffusion.measure.Features;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.MiddleByHand;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.morph.MorphFixtures;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BottleneckTest {
    @TempDir
    Path temporary;

    private final NativeLedger ledger = new NativeLedger();
    private OrtEngine engine;

    @BeforeEach
    void makeEngine() {
        engine = new OrtEngine(new GraphCache(temporary.resolve("cache")), ledger, ExecutionProvider.CPU);
    }

    @AfterEach
    void nothingNativeIsLeft() {
        assertEquals(0, ledger.open());
    }

    private Bottleneck open(Path folder) throws ModelException {
        return engine.openBottleneck(ModelLayout.read(folder)).orElseThrow().part();
    }

    @Test
    void itIsWhatTheMiddleBlockGivesComputedByHand() throws ModelException {
        Tensor both = Kernels.gaussian(Shape.of(2, 3, 16, 16), 3);
        try (Bottleneck bottleneck = open(Fixtures.folder("unet2d-modern"))) {
            for (int timestep : new int[] {0, 317, 999}) {
                Tensor features = bottleneck.features(both, timestep);
                assertEquals(Shape.of(2, 32, 8, 8), features.shape());
                for (int n = 0; n < 2; n++) {
                    assertEqualsByHand(MiddleByHand.of(both.slice(n), timestep), features.slice(n));
                }
            }
        }
    }

    private static void assertEqualsByHand(double[][][] expected, Tensor features) {
        double largest = 0;
        for (int i = 0; i < features.size(); i++) {
            double difference = Math.abs(expected[i / 64][i / 8 % 8][i % 8] - features.get(i));
            largest = Math.max(largest, difference);
        }
        assertTrue(largest < 1e-4, "differs by " + largest);
    }

    @ParameterizedTest
    @CsvSource({"unet2d-ddpm-legacy,3,4", "unet2d-adm-v,4,8"})
    void otherFlavoursHaveOneTooThatTellsApartWhatDiffers(String fixture, int channels, int side)
            throws ModelException {
        try (Bottleneck bottleneck = open(Fixtures.folder(fixture))) {
            Tensor one = Kernels.gaussian(Shape.of(1, channels, 16, 16), 1);
            Tensor other = Kernels.gaussian(Shape.of(1, channels, 16, 16), 2);
            var seen = new Features(bottleneck.features(one, 500));
            assertEquals(Shape.of(1, 32, side, side), seen.map().shape());
            assertTrue(Double.isFinite(Kernels.norm(seen.map())));
            var again = new Features(bottleneck.features(one, 500));
            var near = new Features(bottleneck.features(Kernels.linear(0.99, one, 0.01, other), 500));
            var far = new Features(bottleneck.features(other, 500));
            assertEquals(0, seen.distance(again), 1e-6);
            assertEquals(seen.distance(far), far.distance(seen), 1e-12);
            double little = seen.distance(near);
            double much = seen.distance(far);
            assertTrue(little > 1e-6 && little < much, little + " and " + much);
            var later = new Features(bottleneck.features(one, 900));
            assertTrue(seen.distance(later) > 1e-6, "The timestep makes no difference");
        }
    }

    @Test
    void aStableDiffusionHasNone() throws ModelException {
        assertEquals(Optional.empty(), engine.openBottleneck(ModelLayout.read(Fixtures.folder("sd-tiny-onnx"))));
        assertEquals(Optional.empty(), engine.openBottleneck(ModelLayout.read(Fixtures.folder("sd-tiny-diffusers"))));
    }

    @Test
    void closedItComputesNoMore() throws ModelException {
        Bottleneck bottleneck = open(Fixtures.folder("unet2d-modern"));
        bottleneck.close();
        bottleneck.close();
        assertThrows(
                IllegalStateException.class, () -> bottleneck.features(Kernels.gaussian(Shape.of(1, 3, 16, 16), 3), 1));
    }

    private static Picture noise(int side, long seed) {
        var rgb = new byte[3 * side * side];
        new Random(seed).nextBytes(rgb);
        return Picture.wrap(side, side, rgb);
    }

    private static Picture flat(int side, int grey) {
        var rgb = new byte[3 * side * side];
        Arrays.fill(rgb, (byte) grey);
        return Picture.wrap(side, side, rgb);
    }

    @Test
    void picturesHaveTheFeaturesOfTheirNoisyLatents() throws ModelException {
        Path folder = Fixtures.folder("unet2d-modern");
        try (DiffusionModel model = engine.open(folder);
                Bottleneck bottleneck = open(folder)) {
            BottleneckFeatures features = BottleneckFeatures.at(0.8, 5, bottleneck, model);
            double alphaBar = model.settings().schedule().alphaBar(features.timestep());
            assertEquals(0.8, Math.sqrt(alphaBar), 0.01);
            Picture picture = noise(16, 1);
            Tensor noisy = Kernels.linear(
                    Math.sqrt(alphaBar),
                    picture.toTensor(),
                    Math.sqrt(1 - alphaBar),
                    Kernels.gaussian(Shape.of(1, 3, 16, 16), 5));
            Tensor expected = bottleneck.features(noisy, features.timestep());
            assertTrue(Kernels.maxAbsDifference(expected, features.of(picture).map()) < 1e-5);
            assertEquals(0, features.of(picture).distance(features.of(noise(16, 1))), 1e-9);
            assertTrue(features.of(picture).distance(features.of(noise(16, 2))) > 0);
        }
    }

    /** Frames of such a seed would be seen through the very noise that they were made with. */
    @Test
    void theUsualNoiseIsThatOfNoSeedThatMorphsHave() {
        var seen = new ArrayList<Tensor>();
        Bottleneck recording = (noisy, timestep) -> {
            seen.add(noisy);
            return noisy;
        };
        Picture picture = MorphFixtures.picture(1);
        try (DiffusionModel model = MorphFixtures.model(MorphFixtures.denoiser(), 1)) {
            BottleneckFeatures features = BottleneckFeatures.of(recording, model);
            features.of(picture);
            double alphaBar = model.settings().schedule().alphaBar(features.timestep());
            for (long seed = 0; seed < 100; seed++) {
                Tensor throughItsNoise = Kernels.linear(
                        Math.sqrt(alphaBar),
                        picture.toTensor(),
                        Math.sqrt(1 - alphaBar),
                        Kernels.gaussian(model.latentShape(), seed));
                assertTrue(Kernels.maxAbsDifference(throughItsNoise, seen.getFirst()) > 0.5, "seed " + seed);
            }
        }
    }

    @Test
    void picturesOfAnotherSizeAndImpossibleLevelsAreRefused() throws ModelException {
        Path folder = Fixtures.folder("unet2d-modern");
        try (DiffusionModel model = engine.open(folder);
                Bottleneck bottleneck = open(folder)) {
            BottleneckFeatures features = BottleneckFeatures.of(bottleneck, model);
            String message = Refusals.sentence(IllegalArgumentException.class, () -> features.of(noise(8, 1)));
            assertTrue(message.startsWith("Expected a picture of the model's size, 16x16, found "), message);
            assertThrows(IllegalArgumentException.class, () -> BottleneckFeatures.at(0, 1, bottleneck, model));
        }
    }

    @Test
    void theStarterModelTellsPicturesApart() throws ModelException {
        try (DiffusionModel model = engine.open(Fixtures.STARTER);
                Bottleneck bottleneck = open(Fixtures.STARTER)) {
            BottleneckFeatures features = BottleneckFeatures.of(bottleneck, model);
            assertEquals(
                    Shape.of(1, 256, 8, 8), features.of(flat(128, 90)).map().shape());
            double near = features.of(flat(128, 90)).distance(features.of(flat(128, 95)));
            double far = features.of(flat(128, 90)).distance(features.of(noise(128, 1)));
            assertTrue(near < far, near + " and " + far);
        }
    }
}
