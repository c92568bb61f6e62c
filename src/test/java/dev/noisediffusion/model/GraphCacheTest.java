package dev.noisediffusion.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.files.Lockless;
import dev.noisediffusion.files.Turns;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphCacheTest {
    private static final String WEIGHTS = "unet/diffusion_pytorch_model.safetensors";

    @TempDir
    Path temporary;

    private Path folder;
    private Path root;

    @BeforeEach
    void copyAModel() throws IOException {
        folder = Fixtures.copy("unet2d-modern", Files.createDirectory(temporary.resolve("model")));
        root = temporary.resolve("cache");
    }

    private Path graph() throws ModelException {
        return graphOf(new GraphCache(root), folder);
    }

    private static Path graphOf(GraphCache cache, Path folder) throws ModelException {
        UNet2DFolder model = UNet2DFolder.read(folder);
        return cache.graphOf(model, cache.fingerprint(model), Precision.FULL);
    }

    @Test
    void aGraphIsBuiltOnce() throws IOException, ModelException {
        Path graph = graph();
        FileTime built = Files.getLastModifiedTime(graph);
        assertEquals(graph, graph());
        assertEquals(built, Files.getLastModifiedTime(graph));
        assertEquals(List.of(), leftovers());
    }

    /** The runtime turns weights into the numbers it computes with when it loads them. */
    @Test
    void theMemoryOfAGraphIsThatOfItsPrecisionAndNotOfItsFile() throws ModelException {
        var cache = new GraphCache(root);
        UNet2DFolder model = UNet2DFolder.read(folder);
        ModelFingerprint fingerprint = cache.fingerprint(model);
        long full = GraphCache.memoryOf(cache.graphOf(model, fingerprint, Precision.FULL))
                .orElseThrow();
        long half = GraphCache.memoryOf(cache.graphOf(model, fingerprint, Precision.HALF))
                .orElseThrow();
        assertTrue(half > 0);
        assertEquals(full, 2 * half);
        assertTrue(GraphCache.memoryOf(folder.resolve("model.onnx")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx", "model.weights", "checksums"})
    void aDamagedOrMissingFileIsBuiltAgain(String name) throws IOException, ModelException {
        Path entry = graph().resolveSibling(name);
        byte[] whole = Files.readAllBytes(entry);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(entry, damaged);
        tick(entry);
        graph();
        assertArrayEquals(whole, Files.readAllBytes(entry));
        Files.delete(entry);
        graph();
        assertArrayEquals(whole, Files.readAllBytes(entry));
        assertEquals(List.of(), leftovers());
    }

    /** A clock of a file system may not have moved on since the file was written before. */
    private static void tick(Path file) throws IOException {
        Files.setLastModifiedTime(
                file, FileTime.from(Files.getLastModifiedTime(file).toInstant().plusSeconds(2)));
    }

    @Test
    void aGraphJustBuiltIsNotHashedAgainWhenItIsOpened() throws IOException, ModelException {
        Path weights = graph().resolveSibling("model.weights");
        FileTime written = Files.getLastModifiedTime(weights);
        byte[] others = Files.readAllBytes(weights);
        others[others.length / 2] ^= 1;
        Files.write(weights, others);
        Files.setLastModifiedTime(weights, written);
        // Only who reads the file could tell.
        graph();
        assertArrayEquals(others, Files.readAllBytes(weights));
    }

    @Test
    void manyAtOnceGetOneWholeGraph() throws Exception {
        var found = new ArrayList<Future<Path>>();
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                found.add(threads.submit(this::graph));
            }
        }
        for (Future<Path> each : found) {
            assertTrue(Files.exists(each.get()));
        }
        assertEquals(List.of(), leftovers());
    }

    /** Makes of a graph what is left when its build is interrupted. */
    private Path interrupted() throws IOException, ModelException {
        Path built = graph().resolveSibling("");
        Path left = Files.move(built, root.resolve("building-" + built.getFileName()));
        Files.delete(left.resolve("checksums"));
        return left;
    }

    @Test
    void whatAnInterruptedBuildHasLeftIsDeletedByTheNext() throws IOException, ModelException {
        String ofAnOlderStudio = interrupted().getFileName().toString();
        Files.createDirectory(
                root.resolve(ofAnOlderStudio.replace("building-", "building-" + UUID.randomUUID() + "-")));
        assertTrue(Files.exists(graph()));
        assertEquals(List.of(), leftovers());
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void clearedIsAllButWhatIsInUse() throws IOException, ModelException {
        var cache = new GraphCache(root);
        Path building = interrupted();
        String hash = building.getFileName().toString().replace("building-", "");
        Path ofAnotherBuild = Files.createDirectory(root.resolve("building-" + UUID.randomUUID() + "-7061"));
        Files.writeString(ofAnotherBuild.resolve("model.weights"), "half");
        try (Turns.Turn ignored = new Turns().await(root.resolve(hash + ".lock"))) {
            cache.clear();
            assertTrue(Files.exists(building.resolve("model.onnx")));
            assertFalse(Files.exists(ofAnotherBuild));
        }
        graph();
        assertTrue(cache.size() > 0);
        Files.createDirectory(building);
        Files.writeString(building.resolve("model.weights"), "half");
        cache.clear();
        assertEquals(List.of(), leftovers());
        assertEquals(0, cache.size());
    }

    @Test
    void whereNothingCanBeLockedTheGraphThatIsWholeFirstStays() throws IOException, ModelException {
        var one = new GraphCache(root, Lockless.turns());
        var other = new GraphCache(root, Lockless.turns());
        Path graph = one.graph("7061", folder -> {
            writeGraph(folder, "slow");
            other.graph("7061", inThatTime -> writeGraph(inThatTime, "fast"));
        });
        assertEquals("fast", Files.readString(graph));
        assertEquals(List.of(), leftovers());
        one.clear();
        assertTrue(Files.exists(graph), "who knows whether another process has it open");
        Files.writeString(graph, "damaged");
        assertEquals("new", Files.readString(other.graph("7061", folder -> writeGraph(folder, "new"))));
        new GraphCache(root).clear();
        assertFalse(Files.exists(graph));
    }

    private static void writeGraph(Path folder, String content) throws IOException {
        Files.writeString(folder.resolve("model.onnx"), content);
        Files.writeString(folder.resolve("model.weights"), content);
    }

    /** So that another model can be opened at once in place of one whose graph takes minutes. */
    @Test
    void aCancelledBuildEndsAndLeavesNothingBehind() throws IOException, ModelException {
        var cache = new GraphCache(root);
        var token = new CancellationToken();
        assertThrows(
                CancellationException.class,
                () -> token.during(() -> cache.graph("7061", building -> {
                    writeGraph(building, "whole");
                    token.cancel();
                })));
        assertEquals(List.of(), leftovers());
        assertFalse(Files.exists(root.resolve("7061")));

        UNet2DFolder model = UNet2DFolder.read(folder);
        Path building = Files.createDirectory(temporary.resolve("building"));
        assertThrows(
                CancellationException.class,
                () -> token.<Path, Exception>during(() -> {
                    UNet2DGraph.write(model, Precision.FULL, building);
                    return building;
                }));
        assertEquals(0, Files.size(building.resolve("model.weights")));
    }

    @Test
    void otherWeightsMakeAnotherGraph() throws IOException, ModelException {
        Path first = graph();
        SafetensorsFiles.convert(
                Fixtures.folder("unet2d-modern").resolve(WEIGHTS), folder.resolve(WEIGHTS), ElementType.F16);
        Path second = graph();
        assertTrue(!first.equals(second));
        assertTrue(Files.size(second.resolveSibling("model.weights"))
                < Files.size(first.resolveSibling("model.weights")) * 0.6);
    }

    @Test
    void weightsThatHaveChangedSinceTheModelWasOpenedAreNotKeptAsItsGraph() throws IOException, ModelException {
        var cache = new GraphCache(root);
        UNet2DFolder model = UNet2DFolder.read(folder);
        ModelFingerprint fingerprint = cache.fingerprint(model);
        SafetensorsFiles.convert(
                Fixtures.folder("unet2d-modern").resolve(WEIGHTS), folder.resolve(WEIGHTS), ElementType.F16);
        String sentence = folder.resolve(WEIGHTS)
                + ": expected the weights that the model was opened with, found others; open the model again.";
        assertEquals(
                sentence,
                Refusals.sentence(ModelException.class, () -> cache.graphOf(model, fingerprint, Precision.FULL)));
        assertEquals(sentence, Refusals.sentence(ModelException.class, () -> cache.bottleneckOf(model, fingerprint)));
        assertEquals(List.of(), leftovers());
    }

    @Test
    void aPartOfAnExportIsRefusedOnceWhatItsSessionReadsHasChanged() throws IOException, ModelException {
        Path export = Fixtures.copy("sd-tiny-onnx", Files.createDirectory(temporary.resolve("export")));
        Path beside = Files.writeString(export.resolve("unet/weights.pb"), "before");
        Path note = Files.writeString(export.resolve("unet/README.md"), "before");
        var cache = new GraphCache(root);
        StableDiffusionOnnx model = StableDiffusionOnnx.read(export);
        ModelFingerprint fingerprint = cache.fingerprint(model);
        Files.writeString(export.resolve("unet/config.json"), "{}");
        Files.writeString(note, "A note that no session reads.");
        cache.requireUnchanged(model, StableDiffusion.Part.UNET, fingerprint);
        Files.writeString(beside, "afterwards");
        cache.requireUnchanged(model, StableDiffusion.Part.VAE_DECODER, fingerprint);
        assertEquals(
                beside + ": expected the weights that the model was opened with, found others; open the model again.",
                Refusals.sentence(
                        ModelException.class,
                        () -> cache.requireUnchanged(model, StableDiffusion.Part.UNET, fingerprint)));
    }

    /** Of a disk that fails the user must hear which of the two it is. */
    @Test
    void aModelThatCannotBeReadToItsEndIsNotTakenForACacheThatCannotBeWritten() throws IOException {
        Path weights = folder.resolve(WEIGHTS);
        var cache = new GraphCache(root);
        var failure = assertThrows(
                ModelException.class, () -> cache.graph("7061", building -> transferWhileItIsCut(weights, building)));
        assertEquals(
                ModelRefusal.UNREADABLE,
                assertInstanceOf(Trouble.Refused.class, failure.trouble()).refusal());
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith(weights + " could not be read: "), message);
        assertEquals(List.of(), leftovers());
    }

    private static void transferWhileItIsCut(Path weights, Path building) throws IOException, ModelException {
        try (Safetensors source = Safetensors.open(weights);
                var target = Files.newByteChannel(
                        building.resolve("model.weights"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Files.write(weights, new byte[0]);
            for (Safetensors.Entry entry : source.entries().values()) {
                source.transfer(entry, target);
            }
        }
    }

    @Test
    void aMissingAnExtraAndAMisshapenWeightAreRefusedAndLeaveNoTrace() throws IOException, ModelException {
        requireRefused(
                weights -> weights.remove("mid_block.attentions.0.to_q.bias"),
                "tensor \"mid_block.attentions.0.to_q.bias\" of shape [32], found none of that name");
        requireRefused(
                weights -> weights.put("extra.weight", Tensor.zeros(Shape.of(1))),
                "found 1 more, such as \"extra.weight\"");
        requireRefused(
                weights -> weights.put("conv_in.bias", Tensor.zeros(Shape.of(7))),
                "tensor \"conv_in.bias\" of shape [16], found shape [7]");
        assertEquals(List.of(), leftovers());
    }

    /** Changes the weights of a model. */
    @FunctionalInterface
    private interface Change {
        void to(Map<String, Tensor> weights);
    }

    private void requireRefused(Change change, String sentence) throws ModelException {
        var tensors = new LinkedHashMap<String, Tensor>();
        try (Safetensors file =
                Safetensors.open(Fixtures.folder("unet2d-modern").resolve(WEIGHTS))) {
            for (String name : file.entries().keySet()) {
                tensors.put(name, file.tensor(name));
            }
        }
        change.to(tensors);
        Path file = SafetensorsFiles.write(folder.resolve(WEIGHTS), ElementType.F32, tensors);
        String message = Refusals.sentence(ModelException.class, this::graph);
        assertTrue(message.startsWith(file + ": expected ") && message.contains(sentence), message);
    }

    @Test
    void aGraphIsReadOnceAndAgainOnlyWhenItChanges() throws IOException, ModelException {
        Path weights = graph().resolveSibling("model.weights");
        long lastYear = System.currentTimeMillis() - Duration.ofDays(365).toMillis();
        Files.setLastModifiedTime(weights, FileTime.fromMillis(lastYear));
        graph();
        byte[] whole = Files.readAllBytes(weights);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(weights, damaged);
        Files.setLastModifiedTime(weights, FileTime.fromMillis(lastYear));
        graph();
        assertArrayEquals(damaged, Files.readAllBytes(weights), "same size and time: not read again");
        Files.setLastModifiedTime(weights, FileTime.fromMillis(lastYear + 1));
        graph();
        assertArrayEquals(whole, Files.readAllBytes(weights));
    }

    @Test
    void aCacheThatCannotBeWrittenIsSaidInASentence() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        String message = Refusals.sentence(ModelException.class, () -> graphOf(new GraphCache(file), folder));
        assertTrue(message.startsWith(file + " could not be used as the cache of graphs"), message);
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(Path::getFileName)
                    .map(String::valueOf)
                    .filter(name -> name.startsWith("building-"))
                    .toList();
        }
    }
}
