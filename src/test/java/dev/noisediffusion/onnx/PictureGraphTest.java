package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.GraphRunner;
import dev.noisediffusion.diffusion.PictureGraph;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.measure.InceptionFeatures;
import dev.noisediffusion.measure.Lpips;
import dev.noisediffusion.measure.PixelRange;
import dev.noisediffusion.model.ContentHash;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Networks that pictures are measured with, against what PyTorch says of the same weights. */
class PictureGraphTest {
    private static final Path FOLDER = Fixtures.folder("measure-networks");

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

    private PictureGraph open(String name) throws ModelException {
        return engine.openPictureGraph(FOLDER.resolve(name)).part();
    }

    private static JsonNode expected() throws Exception {
        return new JsonMapper().readTree(Files.readString(FOLDER.resolve("expected.json")));
    }

    /** The pictures of the reference, by its formula. */
    private static Picture picture(int kind) {
        var rgb = new byte[3 * 16 * 16];
        for (int at = 0; at < rgb.length; at++) {
            rgb[at] = (byte) ((at * (kind + 3) + at * at / (5 + kind)) % 256);
        }
        return Picture.wrap(16, 16, rgb);
    }

    private static Picture grey(int side) {
        var rgb = new byte[3 * side * side];
        Arrays.fill(rgb, (byte) 90);
        return Picture.wrap(side, side, rgb);
    }

    @Test
    void lpipsIsThatOfTheReference() throws Exception {
        try (PictureGraph graph = open("lpips.onnx")) {
            var lpips = new Lpips(graph);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    double reference = expected().get("lpips").get(i + "-" + j).asDouble();
                    assertEquals(reference, lpips.distance(picture(i), picture(j)), 1e-6);
                }
            }
            assertTrue(lpips.distance(grey(40), grey(40)) < 1e-6, "any size");
        }
    }

    @Test
    void featuresAreThoseOfTheReferenceInItsRangeAndFromBytes() throws Exception {
        try (PictureGraph floats = open("inception.onnx");
                PictureGraph bytes = open("inception-bytes.onnx")) {
            for (int kind = 0; kind < 3; kind++) {
                float[] unit = new InceptionFeatures(floats, PixelRange.UNIT).of(picture(kind));
                assertArrayEquals(values(expected().get("unit").get(kind)), unit, 1e-5f);
                float[] whole = new InceptionFeatures(bytes, PixelRange.UNIT).of(picture(kind));
                assertArrayEquals(values(expected().get("bytes").get(kind)), whole, 1e-2f);
                float[] asFloats = new InceptionFeatures(floats, PixelRange.parse("0:255")).of(picture(kind));
                assertArrayEquals(whole, asFloats, 1e-2f);
            }
        }
    }

    private static float[] values(JsonNode numbers) {
        var values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers.get(i).asDouble();
        }
        return values;
    }

    @Test
    void picturesAreScaledToANetworkOfOneSize() throws Exception {
        try (PictureGraph graph = open("inception.onnx")) {
            var features = new InceptionFeatures(graph, PixelRange.UNIT);
            assertArrayEquals(features.of(grey(16)), features.of(grey(50)), 1e-6f);
        }
    }

    @Test
    void aGraphTellsItsNameHashAndInputs() throws Exception {
        try (PictureGraph graph = open("inception-bytes.onnx")) {
            assertEquals("inception-bytes.onnx", graph.name());
            assertEquals(64, graph.sha256().length());
            assertEquals(List.of(new PictureGraph.Input("image", List.of(1L, 3L, 16L, 16L), true)), graph.inputs());
            assertEquals("features", graph.output());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "inception.onnx, other.onnx",
        "inception.onnx, other.onnx.data",
        "inception.onnx, model.weights",
        "inception.onnx, weights.pb",
        "inception.onnx, inception.onnx.txt",
        "inception.onnx, inception.onnx.sha256",
        "inception.onnx, inception.onnx.data.sha256",
        "inception.onnx, inception.onnx_datasheet.pdf",
        "inception.onnx, inception.bin",
        "model.onnx, model.weights.md"
    })
    void theHashIsThatOfTheFileWhateverOfOthersLiesBesideIt(String name, String other) throws Exception {
        Path file = Files.copy(FOLDER.resolve("inception.onnx"), temporary.resolve(name));
        Files.writeString(temporary.resolve(other), "something else");
        assertEquals(ContentHash.ofFile(file), hash(file));
    }

    @ParameterizedTest
    @CsvSource({
        "inception.onnx, inception.onnx.data",
        "inception.onnx, inception.onnx_data",
        "inception.onnx, inception.onnx_data_1",
        "inception.onnx, inception.onnx.bin",
        "inception.onnx, inception.data",
        "inception.onnx, inception.weights",
        "model.onnx, model.weights",
        "model.onnx, weights.pb"
    })
    void theHashFollowsTheWeightsBesideTheFile(String name, String weightsName) throws Exception {
        Path file = Files.copy(FOLDER.resolve("inception.onnx"), temporary.resolve(name));
        String alone = hash(file);
        Path weights = temporary.resolve(weightsName);
        Files.write(weights, new byte[] {1, 2, 3});
        String with = hash(file);
        assertNotEquals(alone, with);
        Files.write(weights, new byte[] {1, 2, 4});
        assertNotEquals(with, hash(file));
    }

    private String hash(Path file) throws ModelException {
        try (PictureGraph graph = engine.openPictureGraph(file).part()) {
            return graph.sha256();
        }
    }

    @Test
    void lpipsOfBytesIsGivenTheBytesOfThePictures() {
        var given = new HashMap<String, Tensor>();
        GraphRunner runner = new GraphRunner() {
            @Override
            public Tensor run(Map<String, Tensor> inputs, String output) {
                given.putAll(inputs);
                return Tensor.zeros(Shape.of(1));
            }

            @Override
            public void close() {}
        };
        List<Long> anySize = List.of(-1L, 3L, -1L, -1L);
        var inputs = List.of(new PictureGraph.Input("a", anySize, true), new PictureGraph.Input("b", anySize, true));
        try (var graph = new PictureGraph("bytes.onnx", "", inputs, "distance", runner)) {
            assertEquals(0, new Lpips(graph).distance(grey(4), grey(4)));
        }
        Tensor bytes = Kernels.affine(1, Tensor.zeros(Shape.of(1, 3, 4, 4)), 90);
        assertEquals(Map.of("a", bytes, "b", bytes), given);
    }

    @ParameterizedTest
    @CsvSource({"3,16,16,true", "3,-1,3,true", "-1,-1,-1,true", "-1,-1,3,false", "16,16,3,false"})
    void onlyNetworksThatTakeColoursBeforeRowsTakePictures(long second, long third, long fourth, boolean takes) {
        var input = new PictureGraph.Input("image", List.of(-1L, second, third, fourth), false);
        assertEquals(takes, input.takesPictures());
    }

    @Test
    void networksOfAnotherKindAndFilesThatAreNoneAreRefusedWithASentence() throws Exception {
        try (PictureGraph one = open("inception.onnx");
                PictureGraph two = open("lpips.onnx")) {
            assertTrue(Refusals.sentence(IllegalArgumentException.class, () -> new Lpips(one))
                    .startsWith("inception.onnx is no LPIPS network: it should take two pictures"));
            assertTrue(
                    Refusals.sentence(IllegalArgumentException.class, () -> new InceptionFeatures(two, PixelRange.UNIT))
                            .startsWith("lpips.onnx is no network for FID: it should take one picture"));
            var cubes = new InceptionFeatures(one, new PixelRange(0, 1e38));
            assertTrue(Refusals.sentence(IllegalStateException.class, () -> cubes.of(picture(0)))
                    .contains("does it take pixels of another range?"));
        }
        Path text = Files.writeString(temporary.resolve("text.onnx"), "no network");
        assertThrows(ModelException.class, () -> engine.openPictureGraph(text));
        assertThrows(ModelException.class, () -> engine.openPictureGraph(temporary.resolve("missing.onnx")));
        assertThrows(IllegalArgumentException.class, () -> PixelRange.parse("1:0"));
        assertThrows(IllegalArgumentException.class, () -> PixelRange.parse("0-1"));
    }
}
