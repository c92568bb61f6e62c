package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilesTest {
    private static final Tiles SMALL = new Tiles(8, 3, 100);

    @TempDir
    Path temporary;

    /** Each value as a square of 2, in two channels: the mean of the 3 x 3 around it with zeros beyond the edge, and itself. */
    private static Tensor blurred(Tensor in) {
        int height = in.shape().height();
        int width = in.shape().width();
        var out = new float[2 * 4 * height * width];
        for (int y = 0; y < 2 * height; y++) {
            for (int x = 0; x < 2 * width; x++) {
                float sum = 0;
                for (int dy = -1; dy <= 1; dy++) {
                    for (int dx = -1; dx <= 1; dx++) {
                        int row = y / 2 + dy;
                        int column = x / 2 + dx;
                        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
                        sum += inside ? in.get(row * width + column) : 0;
                    }
                }
                out[y * 2 * width + x] = sum / 9;
                out[(2 * height + y) * 2 * width + x] = in.get(y / 2 * width + x / 2);
            }
        }
        return Tensor.wrap(Shape.of(1, 2, 2 * height, 2 * width), out);
    }

    @ParameterizedTest
    @CsvSource({"13, 8", "8, 30", "17, 23", "9, 9", "21, 5", "5, 21", "100, 40"})
    void whatNeedsNoNeighboursIsTheSameEverywhereAndTheRestAwayFromSeams(int height, int width) {
        Tensor in = Kernels.gaussian(Shape.of(1, 1, height, width), 1);
        var starts = new ArrayList<Shape>();
        Tensor found = SMALL.enlarge(in, 2, tile -> {
            starts.add(tile.shape());
            return blurred(tile);
        });
        Tensor whole = blurred(in);
        assertEquals(whole.shape(), found.shape());
        assertEquals(
                0, Kernels.maxAbsDifference(whole.channels(1, 2), found.channels(1, 2)), 1e-6, "blending adds up to 1");
        int same = 0;
        int plane = whole.shape().height() * whole.shape().width();
        for (int i = 0; i < plane; i++) {
            same += Math.abs(whole.get(i) - found.get(i)) < 1e-6 ? 1 : 0;
        }
        assertTrue(same >= plane / 3, same + " of " + plane + " are the same");
        assertTrue(starts.stream().allMatch(shape -> shape.equals(SMALL.tile(in.shape()))), starts::toString);
    }

    @Test
    void aSeamFadesLinearly() {
        var number = new int[1];
        Tensor found = new Tiles(8, 4, 1).enlarge(Tensor.zeros(Shape.of(1, 1, 8, 12)), 1, tile -> {
            Tensor done = Kernels.affine(1, tile, number[0]);
            number[0]++;
            return done;
        });
        float[] row = found.slice(0).toArray();
        float[] expected = {0, 0, 0, 0, 1 / 8f, 3 / 8f, 5 / 8f, 7 / 8f, 1, 1, 1, 1};
        for (int x = 0; x < expected.length; x++) {
            assertEquals(expected[x], row[x], 1e-6);
        }
    }

    @Test
    void pixelsAreReducedInTiles() {
        Tensor pixels = Kernels.gaussian(Shape.of(1, 3, 4 * 21, 4 * 13), 2);
        Tensor found = SMALL.reduce(
                pixels,
                4,
                tile -> Kernels.blockMeans(
                        tile.channels(0, 1),
                        tile.shape().height() / 4,
                        tile.shape().width() / 4));
        Tensor whole = Kernels.blockMeans(pixels.channels(0, 1), 21, 13);
        assertEquals(0, Kernels.maxAbsDifference(whole, found), 1e-6);
    }

    @Test
    void onlyLargePicturesAreSplit() {
        assertFalse(Tiles.USUAL.split(Shape.of(1, 4, 64, 64)));
        assertFalse(Tiles.USUAL.split(Shape.of(1, 4, 96, 96)));
        assertTrue(Tiles.USUAL.split(Shape.of(1, 4, 96, 104)));
        assertThrows(IllegalArgumentException.class, () -> new Tiles(8, 8, 1));
        assertThrows(IllegalArgumentException.class, () -> new Tiles(8, 0, 1));
    }

    @ParameterizedTest
    @CsvSource({"sd-tiny-onnx", "sd-tiny-diffusers"})
    void anAutoencoderSeesAndPaintsALargePictureInTiles(String name) throws IOException, ModelException {
        Path folder = Fixtures.copy(name, Files.createDirectory(temporary.resolve("model")));
        Fixtures.copy("sd-tiny-onnx", Files.createDirectory(temporary.resolve("with-a-tokenizer")));
        Files.writeString(folder.resolve("studio.json"), "{\"image\":{\"width\":1024,\"height\":640}}");
        var ledger = new NativeLedger();
        var engine = new OrtEngine(new GraphCache(temporary.resolve("cache")), ledger, ExecutionProvider.CPU);
        Tensor picture = Kernels.gaussian(Shape.of(1, 3, 640, 1024), 3);
        try (DiffusionModel model = engine.open(folder)) {
            assertTrue(Tiles.USUAL.split(model.latentShape()));
            Tensor latents = model.codec().encode(picture);
            Tensor painted = model.codec().decode(latents);
            assertEquals(model.latentShape(), latents.shape());
            assertEquals(picture.shape(), painted.shape());
            // Of tiles of 64 that begin at 0, 32 and 64, and at 0 and 16, the first has 32 x 16 for itself, and so has
            // the third.
            for (boolean first : List.of(true, false)) {
                int own = first ? 0 : 32;
                int left = first ? 0 : 64;
                Tensor seen = model.codec().encode(part(picture, 8 * left, 512, 512));
                double unseen = Kernels.maxAbsDifference(part(seen, own, 32, 16), part(latents, left + own, 32, 16));
                Tensor drawn = model.codec().decode(part(latents, left, 64, 64));
                double undrawn = Kernels.maxAbsDifference(
                        part(drawn, 8 * own, 256, 128), part(painted, 8 * (left + own), 256, 128));
                assertTrue(unseen < 1e-4 && undrawn < 1e-4, "Differs by " + unseen + " and " + undrawn);
            }
        }
        assertEquals(0, ledger.open());
    }

    /** From the top. */
    private static Tensor part(Tensor whole, int left, int width, int height) {
        Shape shape = whole.shape();
        var values = new float[shape.channels() * height * width];
        int at = 0;
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    values[at++] = whole.get((channel * shape.height() + y) * shape.width() + left + x);
                }
            }
        }
        return Tensor.wrap(Shape.of(1, shape.channels(), height, width), values);
    }
}
