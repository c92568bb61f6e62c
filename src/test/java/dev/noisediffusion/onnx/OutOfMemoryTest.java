package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.LatentSpace;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.TestGraphs;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime really fails to allocate: the graphs ask for a petabyte and more, which no address space has. */
class OutOfMemoryTest {
    private static final List<Object> SHAPE = List.of("N", 3, "H", "W");

    @TempDir
    Path temporary;

    private final NativeLedger ledger = new NativeLedger();
    private final List<DeviceNotice> notices = new ArrayList<>();

    @AfterEach
    void nothingNativeIsLeft() {
        assertEquals(0, ledger.open());
    }

    private OrtGraph open(Path graph) throws ModelException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        var sessions = new OrtSessions(environment, ledger, SessionPool.ofMachine());
        return OrtGraph.of(sessions.open(graph, ExecutionProvider.CPU), environment, ledger);
    }

    /** Halves what it is given: up to 2 pictures in 64 MB, 4 in a petabyte. */
    private Denoiser network(double rate) throws IOException, ModelException {
        OrtGraph graph =
                open(TestGraphs.writeGreedy(temporary.resolve("network-" + rate), "sample", "out", SHAPE, 0, rate));
        return new Denoiser() {
            @Override
            public Tensor predict(Tensor noisy, int timestep) {
                return graph.run(Map.of("sample", noisy), "out");
            }

            @Override
            public void close() {
                graph.close();
            }
        };
    }

    @Test
    void aBatchThatIsTooLargeIsHalvedAndTheRenderGoesOn() throws Exception {
        Tensor noisy = Kernels.gaussian(Shape.of(4, 3, 8, 8), 1);
        try (var network = new FrugalNetwork(network(12), Optional.empty(), notices::add)) {
            for (int i = 0; i < 2; i++) {
                assertEquals(
                        Kernels.affine(0.5, noisy, 0),
                        network.denoiser(Guidance.NONE).predict(noisy, 1));
            }
        }
        assertEquals(List.of(new DeviceNotice.Shrunk(2)), notices);
    }

    @Test
    void noCallBeginsOnceTheWorkIsCancelled() throws Exception {
        var cancellation = new CancellationToken();
        cancellation.cancel();
        try (Denoiser network = network(1)) {
            Tensor noisy = Kernels.gaussian(Shape.of(1, 3, 8, 8), 1);
            assertThrows(CancellationException.class, () -> cancellation.during(() -> network.predict(noisy, 1)));
        }
    }

    @Test
    void aNetworkThatIsTooLargeForOnePictureMoves() throws Exception {
        Tensor noisy = Kernels.gaussian(Shape.of(2, 3, 8, 8), 1);
        try (var network = new FrugalNetwork(network(48), Optional.of(() -> small()), notices::add)) {
            assertEquals(
                    Kernels.affine(0.5, noisy, 0),
                    network.denoiser(Guidance.NONE).predict(noisy, 1));
        }
        assertEquals(List.of(new DeviceNotice.Shrunk(1), new DeviceNotice.Moved("CPU")), notices);
    }

    private Denoiser small() throws ModelException {
        try {
            return network(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of factor 1: up to 24 rows in 64 MB, 48 in a petabyte. */
    private Autoencoder autoencoder(String name, double rate) throws IOException, ModelException {
        Path encoder = temporary.resolve(name + "-encoder");
        Path decoder = temporary.resolve(name + "-decoder");
        return new Autoencoder(
                open(TestGraphs.writeGreedy(encoder, "sample", "latent_sample", SHAPE, 2, rate)),
                open(TestGraphs.writeGreedy(decoder, "latent_sample", "sample", SHAPE, 2, rate)),
                new LatentSpace(3, 1, 1, 0),
                48,
                48,
                Tiles.USUAL);
    }

    @Test
    void aPictureThatIsTooLargeGoesThroughInTilesAndSoDoThoseAfterIt() throws Exception {
        Tensor picture = Kernels.gaussian(Shape.of(1, 3, 48, 48), 1);
        Tensor half = Kernels.affine(0.5, picture, 0);
        try (var codec = new FrugalCodec(autoencoder("greedy", 1), Optional.empty(), notices::add)) {
            for (int i = 0; i < 2; i++) {
                assertTrue(Kernels.maxAbsDifference(half, codec.encode(picture)) < 1e-6);
                assertTrue(Kernels.maxAbsDifference(half, codec.decode(picture)) < 1e-6);
            }
        }
        assertEquals(List.of(new DeviceNotice.Tiled(24)), notices);
    }

    @Test
    void anAutoencoderThatIsTooLargeForSmallTilesMoves() throws Exception {
        Tensor picture = Kernels.gaussian(Shape.of(1, 3, 48, 48), 1);
        Autoencoder other = autoencoder("modest", 0.01);
        try (var codec = new FrugalCodec(autoencoder("greedy", 2), Optional.of(() -> other), notices::add)) {
            assertEquals(Kernels.affine(0.5, picture, 0), codec.decode(picture));
            assertEquals(Kernels.affine(0.5, picture, 0), codec.encode(picture));
        }
        assertEquals(List.of(new DeviceNotice.Tiled(24), new DeviceNotice.PicturesMoved("CPU")), notices);
    }

    /** A Stable Diffusion with a text encoder that finds no room for a word. */
    private Path wordless() throws IOException, ModelException {
        Path folder = Fixtures.leanExport(temporary.resolve("model"));
        TestGraphs.writeGreedy(
                folder.resolve("text_encoder"), "input_ids", "last_hidden_state", List.of("N", "T"), 1, 1);
        return folder;
    }

    private OrtEngine engine(SessionPool pool) {
        return new OrtEngine(
                new GraphCache(temporary.resolve("cache")), ledger, pool, ExecutionProvider.CUDA, notices::add);
    }

    private OrtEngine.Loaded load(Path folder, SessionPool pool) throws ModelException {
        return engine(pool).load(ModelLayout.read(folder));
    }

    /**
     * Exchanges the file of a model's text encoder once its call has failed, for which all other sessions were let go in
     * vain. Both have the same size and time, which is to say that nobody has changed the model meanwhile.
     */
    private SessionPool exchanging(Path folder) throws IOException {
        Path modest = Files.copy(
                Fixtures.folder("sd-tiny-onnx").resolve("text_encoder/model.onnx"), temporary.resolve("modest.onnx"));
        Path greedy = folder.resolve("text_encoder/model.onnx");
        // A tag of one byte and a length of four go before the description.
        TestGraphs.describe(greedy, (int) (Files.size(modest) - Files.size(greedy)) - 5);
        assertEquals(Files.size(modest), Files.size(greedy));
        FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        Files.setLastModifiedTime(modest, before);
        Files.setLastModifiedTime(greedy, before);
        var pools = new ArrayList<SessionPool>();
        LongSupplier clock = () -> {
            if (pools.getFirst().count().letGo() > 0 && Files.exists(modest)) {
                replace(greedy, modest);
            }
            return 0;
        };
        pools.add(new SessionPool(device -> 1 << 30, SessionPool.REST, clock, later -> {}));
        return pools.getFirst();
    }

    @Test
    void aTextEncoderThatFindsNoRoomAsTheModelOpensOpensItOnTheCpu() throws Exception {
        Path folder = wordless();
        OrtEngine.Loaded loaded = load(folder, exchanging(folder));
        try (DiffusionModel model = loaded.model()) {
            assertEquals(ExecutionProvider.CPU, loaded.provider());
            Trouble.DeviceUnusable fallback = loaded.fallback().orElseThrow();
            assertEquals("CUDA", fallback.device());
            assertTrue(model.cacheKey().startsWith(model.id() + " CPU CPU "), model::cacheKey);
            assertTrue(DeviceMemoryException.isMeantBy(new IllegalStateException(fallback.said())), fallback::toString);
            Tensor noisy = Kernels.gaussian(model.latentShape(), 1);
            assertEquals(
                    noisy.shape(),
                    model.denoiser(Guidance.NONE).predict(noisy, 1).shape());
        }
        assertEquals(List.of(), notices);
    }

    @Test
    void aModelThatOpensOnTheCpuForLackOfRoomIsCheckedThere() throws Exception {
        Path folder = wordless();
        ModelReport report = ModelCheck.run(folder, Optional.empty(), engine(exchanging(folder)));
        assertTrue(
                report.description().stream()
                        .anyMatch(line -> line.startsWith("runs on CPU (CUDA could not be used: ")),
                report::toString);
    }

    private static void replace(Path file, Path other) {
        try {
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTextEncoderThatFindsNoRoomOnTheCpuEitherIsSaidToLackMemory() throws Exception {
        Path folder = wordless();
        var end = assertThrows(DeviceMemoryException.class, () -> load(folder, SessionPool.ofMachine()));
        assertEquals(Trouble.Known.OUT_OF_MEMORY, end.trouble());
    }

    @Test
    void whereNothingHelpsASentenceSaysSo() throws Exception {
        Tensor picture = Kernels.gaussian(Shape.of(1, 3, 48, 48), 1);
        try (var codec = new FrugalCodec(autoencoder("greedy", 2), Optional.empty(), notices::add)) {
            assertThrows(DeviceMemoryException.class, () -> codec.decode(picture));
        }
    }
}
