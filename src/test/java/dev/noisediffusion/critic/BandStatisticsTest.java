package dev.noisediffusion.critic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BandStatisticsTest {
    private static final int SIDE = 32;
    private static final int PLACES = SIDE / BandStatistics.STRIDE;

    private interface Luma {
        double at(int x, int y);
    }

    private static Tensor grey(int width, int height, Luma luma) {
        var values = new float[3 * width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) luma.at(i % width, i / width % height);
        }
        return Tensor.wrap(Shape.of(1, 3, height, width), values);
    }

    private static double mean(Tensor statistics, int channel) {
        int places = statistics.shape().width() * statistics.shape().height();
        double sum = 0;
        for (int i = 0; i < places; i++) {
            sum += statistics.get(channel * places + i) / places;
        }
        return sum;
    }

    @Test
    void aFlatPictureHasNoDetailAndItsLuma() {
        Tensor flat = BandStatistics.of(grey(20, 9, (x, y) -> 0.25));
        assertEquals(Shape.of(1, BandStatistics.CHANNELS, 2, 3), flat.shape());
        for (int band = 0; band < 4; band++) {
            assertEquals(3 + Math.log(0.01), mean(flat, 3 * band), 1e-4);
            assertEquals(0, mean(flat, 3 * band + 1), 1e-4);
            assertEquals(3 + Math.log(0.01), mean(flat, 3 * band + 2), 1e-4);
        }
        assertEquals(0.5, mean(flat, 12), 1e-5);
        assertEquals(2 + Math.log(0.01), mean(flat, 13), 1e-3);
    }

    @Test
    void wavesAreInTheBandOfTheirLength() {
        for (int band = 0; band < 3; band++) {
            int length = 4 << band;
            Tensor waves = BandStatistics.of(grey(SIDE, SIDE, (x, y) -> 0.5 * Math.cos(2 * Math.PI * x / length)));
            for (int other = 0; other < 4; other++) {
                assertTrue(
                        other == band || mean(waves, 3 * other) < mean(waves, 3 * band),
                        "waves of " + length + " pixels, bands " + other + " and " + band);
            }
        }
        // The finest stripes are all detail: the spline leaves nothing of them.
        Tensor finest = BandStatistics.of(grey(SIDE, SIDE, (x, y) -> x % 2 == 0 ? 0.5 : -0.5));
        assertEquals(3 + Math.log(0.51), finest.get(PLACES + 1), 1e-4);
    }

    @Test
    void aFewBrightDotsAreLessEvenThanGrain() {
        var random = new Random(1);
        Tensor grain = BandStatistics.of(grey(SIDE, SIDE, (x, y) -> 0.2 * random.nextGaussian()));
        Tensor dots = BandStatistics.of(grey(SIDE, SIDE, (x, y) -> x % 8 == 3 && y % 8 == 4 ? 1 : 0));
        assertTrue(mean(dots, 1) < mean(grain, 1) - 1);
    }

    @Test
    void theStatisticsOfAMirroredPictureAreMirrored() {
        var random = new Random(2);
        var noise = new double[SIDE * SIDE];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextDouble() - 0.5;
        }
        Tensor straight = BandStatistics.of(grey(SIDE, SIDE, (x, y) -> noise[y * SIDE + x]));
        Tensor mirrored = BandStatistics.of(grey(SIDE, SIDE, (x, y) -> noise[y * SIDE + SIDE - 1 - x]));
        for (int i = 0; i < straight.size(); i++) {
            int there = i - i % PLACES + PLACES - 1 - i % PLACES;
            assertEquals(straight.get(i), mirrored.get(there), 1e-4);
        }
    }
}
