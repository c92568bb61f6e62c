package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.diffusion.PixelUnshuffleCodec;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipMapTest {
    private static final int SIDE = 48;

    /** A picture whose values are 3 in one pixel's green alone. */
    private static Tensor pictureWithOneLoudPixel(int x, int y) {
        var values = new float[3 * SIDE * SIDE];
        values[SIDE * SIDE + y * SIDE + x] = 3;
        return Tensor.wrap(Shape.of(1, 3, SIDE, SIDE), values);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void aValueIsFoundAtItsPixelWhereverTheCodecFoldedIt(int factor) {
        var codec = new PixelUnshuffleCodec(factor);
        Tensor latents = codec.encode(pictureWithOneLoudPixel(13, 30));
        Tensor where = codec.locate(Kernels.beyond(latents, 2), SIDE, SIDE);
        assertEquals(Shape.of(1, 1, SIDE, SIDE), where.shape());
        for (int i = 0; i < where.size(); i++) {
            assertEquals(i == 30 * SIDE + 13 ? 1f / 3 : 0, where.get(i), 1e-6);
        }
    }

    @Test
    void otherCodecsAverageTheChannelsOverTheBlockOfALatent() {
        var values = new float[4 * 2 * 3];
        values[2 * 6 + 4] = 1; // channel 2, row 1, column 1
        Tensor where = new Averaging().locate(Tensor.wrap(Shape.of(1, 4, 2, 3), values), 24, 16);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 24; x++) {
                boolean inBlock = y >= 8 && x >= 8 && x < 16;
                assertEquals(inBlock ? 0.25f : 0, where.get(y * 24 + x), 1e-6);
            }
        }
    }

    @Test
    void theRegionsAroundLoudPixelsStandOut() {
        var codec = new PixelUnshuffleCodec(4);
        ClipMap map =
                ClipMap.of(codec.encode(pictureWithOneLoudPixel(13, 30)), Boundaries.everywhere(2), codec, SIDE, SIDE);
        // The region reaches two pixels in each direction, so it has 25, and three colours each.
        assertEquals(1 / 75.0, map.share(13, 30), 1e-6);
        assertEquals(1 / 75.0, map.share(11, 32), 1e-6);
        assertEquals(0, map.share(16, 30), 1e-6);
        assertEquals(0.0455, map.natural(), 1e-4);
    }

    @Test
    void validNoiseHitsTheBoundaryEverywhereAsMuchAsIsNatural() {
        var codec = new PixelUnshuffleCodec(4);
        Tensor noise = Kernels.gaussian(Shape.of(1, 48, 64, 64), 5);
        ClipMap map = ClipMap.of(noise, Boundaries.everywhere(1), codec, 256, 256);
        for (int at = 0; at < 256; at += 5) {
            assertEquals(map.natural(), map.share(at, 255 - at), 0.08);
        }
    }

    @Test
    void withoutABoundaryNothingIsHit() {
        Tensor noise = Kernels.gaussian(Shape.of(1, 3, SIDE, SIDE), 5);
        ClipMap map = ClipMap.of(
                noise, Boundaries.everywhere(Double.POSITIVE_INFINITY), PixelUnshuffleCodec.IDENTITY, SIDE, SIDE);
        assertEquals(0, map.share(7, 7));
        assertEquals(0, map.natural());
        assertTrue(map.width() == SIDE && map.height() == SIDE);
    }

    /** A codec that says nothing of its own about places. */
    private static final class Averaging implements Codec {
        @Override
        public Shape latentShape(int width, int height) {
            return Shape.of(1, 4, height / 8, width / 8);
        }

        @Override
        public Tensor encode(Tensor pixels) {
            return pixels;
        }

        @Override
        public Tensor decode(Tensor latents) {
            return latents;
        }
    }
}
