package dev.noisediffusion.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.Precision;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.model.UNet2DFolder;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.onnx.ExecutionProvider;
import dev.noisediffusion.onnx.NativeLedger;
import dev.noisediffusion.onnx.OrtEngine;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks run by a server in a process of its own. */
class RemoteModelTest {
    private static final Path MODEL = Fixtures.folder("unet2d-modern");
    /** Quick to ask again. An answer is waited for so long that no call which is to be ended ends by itself. */
    private static final RemotePolicy QUICK = new RemotePolicy(
            6,
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofMinutes(1));

    @TempDir
    private static Path shared;

    private static GraphCache cache;
    private static Path export;
    /** For all tests that leave it running as it is. */
    private static ServerProcess common;

    private final NativeLedger ledger = new NativeLedger();
    private final List<DeviceNotice> notices = Collections.synchronizedList(new ArrayList<>());
    private OrtEngine engine;
    private ServerProcess server;

    @BeforeAll
    static void serve() throws IOException, ModelException {
        cache = new GraphCache(shared.resolve("cache"));
        export = Fixtures.leanExport(shared.resolve("export"));
        common = new ServerProcess(graph());
    }

    private static Path graph() throws ModelException {
        UNet2DFolder model = (UNet2DFolder) ModelLayout.read(MODEL);
        return cache.graphOf(model, cache.fingerprint(model), Precision.FULL);
    }

    @AfterAll
    static void serveNoMore() {
        common.close();
    }

    @BeforeEach
    void begin() throws IOException, InterruptedException {
        engine = new OrtEngine(cache, ledger, ExecutionProvider.CPU);
        server = common;
        server.behave();
    }

    @AfterEach
    void end() {
        if (!server.equals(common)) {
            server.close();
        }
        assertEquals(0, ledger.open());
    }

    private DiffusionModel remote(RemotePolicy policy) throws ModelException {
        return RemoteModel.of(engine.open(MODEL), server.device(), policy, notices::add);
    }

    private static List<Picture> frames(DiffusionModel model, CancellationToken token, Consumer<Integer> onFrame) {
        var keyframes = List.of(new Keyframe("a", picture(1)), new Keyframe("b", picture(2)));
        MorphSettings d = MorphSettings.DEFAULT;
        var settings = new MorphSettings(d.method(), 6, 8, d.signalLevel(), d.seed(), d.noiseTravel(), d.endpoints());
        var request = new MorphRequest(keyframes, settings);
        var frames = new ArrayList<Picture>();
        new MorphRenderer(model, new EncodingCache())
                .renderTogether(
                        List.of(request),
                        Optional.empty(),
                        FrameOrder.SEQUENTIAL,
                        frame -> {
                            frames.add(frame.picture());
                            onFrame.accept(frame.index());
                        },
                        ProgressListener.NONE,
                        token);
        return frames;
    }

    private static Picture picture(int seed) {
        return Picture.ofTensor(Kernels.affine(0.4, Kernels.gaussian(Shape.of(1, 3, 16, 16), seed), 0), 0);
    }

    private List<Picture> localFrames() throws ModelException {
        try (DiffusionModel local = engine.open(MODEL)) {
            return frames(local, new CancellationToken(), index -> {});
        }
    }

    @Test
    void aMorphRenderedElsewhereHasTheSameFrames() throws Exception {
        List<Picture> expected = localFrames();
        try (DiffusionModel model = remote(QUICK)) {
            assertEquals(0, ledger.open(), "The network here has been let go");
            int before = server.calls();
            assertEquals(expected, frames(model, new CancellationToken(), index -> {}));
            assertTrue(server.calls() >= before + 12, "It was the server that computed");
        }
    }

    @Test
    void aServerOfHalfPrecisionIsCloseToTheSame() throws Exception {
        Tensor noisy;
        Tensor expected;
        String cacheKey;
        try (DiffusionModel local = engine.open(MODEL)) {
            cacheKey = local.cacheKey();
            noisy = Kernels.gaussian(local.latentShape().withBatch(3), 4);
            expected = local.denoiser().predict(noisy, 321);
        }
        server = new ServerProcess(graph(), "FP16", "-1");
        try (DiffusionModel model = remote(QUICK)) {
            double error = Kernels.maxAbsDifference(expected, model.denoiser().predict(noisy, 321));
            assertTrue(error > 0 && error < 0.02, "differs by " + error);
            assertNotEquals(cacheKey, model.cacheKey());
        }
    }

    /** A server of one picture a call is asked twice under guidance, once for each prediction. */
    @ParameterizedTest
    @CsvSource({"-1, 1", "1, 4"})
    void aGuidedNetworkListensHereAndPaintsThere(String batch, int calls) throws Exception {
        server = new ServerProcess(export.resolve("unet/model.onnx"), "FP32", batch);
        var guidance = new Guidance("a red flower", "rain", 5);
        Tensor noisy;
        Tensor expected;
        try (DiffusionModel local = engine.open(export)) {
            noisy = Kernels.gaussian(local.latentShape().withBatch(2), 4);
            expected = local.denoiser(guidance).predict(noisy, 500);
        }
        try (DiffusionModel model = RemoteModel.of(engine.open(export), server.device(), QUICK, notices::add)) {
            int before = server.calls();
            assertEquals(
                    0,
                    Kernels.maxAbsDifference(expected, model.denoiser(guidance).predict(noisy, 500)),
                    1e-5);
            assertEquals(calls, server.calls() - before);
            assertTrue(model.network().readsPrompts());
        }
    }

    @Test
    void cutConnectionsAndABusyServerAreOutlasted() throws Exception {
        List<Picture> expected = localFrames();
        try (DiffusionModel model = remote(QUICK)) {
            server.misbehave("drop cut busy drop good busy cut");
            assertEquals(expected, frames(model, new CancellationToken(), index -> {}));
            String there = server.device().server().toString();
            assertEquals(
                    List.of(
                            new DeviceNotice.ServerLost(there),
                            new DeviceNotice.ServerBack(there),
                            new DeviceNotice.ServerLost(there),
                            new DeviceNotice.ServerBack(there)),
                    notices);
        }
    }

    @Test
    void aServerThatIsKilledAndStartedAgainInMidRenderCostsNoFrame() throws Exception {
        List<Picture> expected = localFrames();
        server = new ServerProcess(graph(), "FP32", "1");
        String there = server.device().server().toString();
        var patient = new RemotePolicy(
                10_000,
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
        var restarting = new AtomicReference<Future<?>>();
        try (var threads = Executors.newSingleThreadExecutor();
                DiffusionModel model = RemoteModel.of(engine.open(MODEL), server.device(), patient, notice -> {
                    notices.add(notice);
                    if (notice instanceof DeviceNotice.ServerLost) {
                        restarting.set(threads.submit(() -> {
                            server.start();
                            return null;
                        }));
                    }
                })) {
            List<Picture> found = frames(model, new CancellationToken(), index -> {
                // The first that the network has made, and not the last.
                if (index == 1) {
                    kill();
                }
            });
            assertAlike(expected, found);
            assertEquals(List.of(new DeviceNotice.ServerLost(there), new DeviceNotice.ServerBack(there)), notices);
            Future<?> restarted = restarting.get();
            assertNotNull(restarted);
            restarted.get();
        }
    }

    private void kill() {
        try {
            server.kill();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aServerThatStaysAwayIsSaidInASentence() throws Exception {
        server = new ServerProcess(graph());
        try (DiffusionModel model = remote(QUICK)) {
            server.kill();
            Tensor noisy = Kernels.gaussian(model.latentShape(), 1);
            String sentence = Refusals.sentence(
                    RemoteException.class, () -> model.denoiser().predict(noisy, 3));
            assertTrue(
                    sentence.endsWith(
                            "cannot be reached: start the server there, or check the address and the" + " network."),
                    sentence);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fail | could not compute (status 500: out of memory on GPU 0)",
                "promise | bytes announced where",
                "less | numbers for a value of",
                "header | a header of 999999999 bytes",
                "busy busy busy busy busy busy | is busy or still starting (status 503: too many requests)",
                "drop drop drop drop drop drop | was lost and did not hold"
            })
    void whatAServerDoesWrongIsSaidInASentence(String manners, String words) throws Exception {
        try (DiffusionModel model = remote(QUICK)) {
            Tensor noisy = Kernels.gaussian(model.latentShape(), 1);
            server.misbehave(manners);
            String sentence = Refusals.sentence(
                    RemoteException.class, () -> model.denoiser().predict(noisy, 3));
            assertTrue(sentence.startsWith("http") || sentence.startsWith("The "), sentence);
            assertTrue(sentence.contains(words), sentence);
            assertEquals(noisy.shape(), model.denoiser().predict(noisy, 3).shape(), "The next call works again");
        }
    }

    @Test
    void anAnswerMayHaveItsNumbersInJson() throws Exception {
        try (DiffusionModel model = remote(QUICK)) {
            Tensor noisy = Kernels.gaussian(model.latentShape(), 1);
            Tensor expected = model.denoiser().predict(noisy, 3);
            server.misbehave("json");
            assertEquals(0, Kernels.maxAbsDifference(expected, model.denoiser().predict(noisy, 3)), 1e-6);
        }
    }

    @Test
    void aCancelledRenderDoesNotWaitForTheAnswer() throws Exception {
        var token = new CancellationToken();
        try (var threads = Executors.newSingleThreadExecutor();
                DiffusionModel model = remote(QUICK)) {
            int before = server.calls();
            server.misbehave("slow");
            Future<?> render = threads.submit(() -> frames(model, token, index -> {}));
            awaitCall(render, before);
            token.cancel();
            ExecutionException end = assertThrows(ExecutionException.class, () -> render.get(1, TimeUnit.MINUTES));
            assertInstanceOf(CancellationException.class, end.getCause());
            assertEquals(before + 1, server.calls());
        }
    }

    @Test
    void closingEndsACall() throws Exception {
        DiffusionModel model = remote(QUICK);
        try (var threads = Executors.newSingleThreadExecutor()) {
            int before = server.calls();
            server.misbehave("slow");
            Tensor noisy = Kernels.gaussian(model.latentShape(), 1);
            Future<?> call = threads.submit(() -> model.denoiser().predict(noisy, 3));
            awaitCall(call, before);
            try {
                model.close();
                ExecutionException end = assertThrows(ExecutionException.class, () -> call.get(1, TimeUnit.MINUTES));
                assertInstanceOf(IllegalStateException.class, end.getCause());
            } finally {
                call.cancel(true);
            }
        }
        model.close();
    }

    private void awaitCall(Future<?> caller, int before) throws Exception {
        while (server.calls() == before) {
            assertFalse(caller.isDone(), "It ended by itself");
            Thread.sleep(5);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedWhenTheModelOpens() throws Exception {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        requireRefused(MODEL, "http://127.0.0.1:" + free + "/net", "cannot be reached");
        requireRefused(MODEL, server.address() + "work", "has no model 'network' (status 404: Request for unknown");
        requireRefused(Fixtures.folder("unet2d-ddpm-legacy"), server.address(), "does not compute what");
        requireRefused(export, server.address(), "takes the inputs [sample, timestep]");
        requireRefused(Fixtures.STARTER, server.address(), "takes an input 'sample' of FP32 [-1x3x-1x-1]");
    }

    private void requireRefused(Path folder, String address, String words) throws ModelException {
        DiffusionModel local = engine.open(folder);
        String sentence = Refusals.sentence(
                RemoteException.class, () -> RemoteModel.of(local, RemoteDevice.parse(address), QUICK, notices::add));
        assertTrue(sentence.contains(words), sentence);
        assertEquals(0, ledger.open());
    }

    @Test
    void aServerOfOnePictureACallIsGivenOne() throws Exception {
        List<Picture> expected = localFrames();
        server = new ServerProcess(graph(), "FP32", "1");
        try (DiffusionModel model = remote(QUICK)) {
            assertEquals(1, model.batchSize());
            Tensor both = Kernels.gaussian(model.latentShape().withBatch(2), 1);
            assertEquals(both.shape(), model.denoiser().predict(both, 3).shape());
            assertAlike(expected, frames(model, new CancellationToken(), index -> {}));
        }
    }

    private static void assertAlike(List<Picture> expected, List<Picture> found) {
        for (int i = 0; i < expected.size(); i++) {
            double error = Kernels.maxAbsDifference(
                    expected.get(i).toTensor(), found.get(i).toTensor());
            assertTrue(error <= 2 / 255.0 + 1e-6, "Frame " + i + " differs by " + error);
        }
    }

    @Test
    void aServerThatHasNoRoomForSoManyPicturesGetsHalfAsManyUntilItHas() throws Exception {
        List<Picture> expected = localFrames();
        try (DiffusionModel model = remote(QUICK)) {
            server.makeRoomFor(2);
            assertAlike(expected, frames(model, new CancellationToken(), index -> {}));
            assertEquals(List.of(new DeviceNotice.Shrunk(2)), notices);

            int before = server.calls();
            Tensor eight = Kernels.gaussian(model.latentShape().withBatch(8), 1);
            assertEquals(eight.shape(), model.denoiser().predict(eight, 3).shape());
            assertEquals(4, server.calls() - before);
        }
    }

    @Test
    void aServerThatCannotComputeOnePictureEitherIsNotSaidToLackRoom() throws Exception {
        try (DiffusionModel model = remote(QUICK)) {
            server.makeRoomFor(0);
            Tensor four = Kernels.gaussian(model.latentShape().withBatch(4), 1);
            String sentence = Refusals.sentence(
                    RemoteException.class, () -> model.denoiser().predict(four, 3));
            assertTrue(sentence.contains("could not compute (status 500: CUDA error: out of memory)"), sentence);
            server.makeRoomFor(4);
            int before = server.calls();
            assertEquals(four.shape(), model.denoiser().predict(four, 3).shape());
            assertEquals(1, server.calls() - before);
            assertEquals(List.of(), notices);
        }
    }

    @Test
    void addressesAreReadInAllTheirForms() {
        RemoteDevice plain = RemoteDevice.parse("http://gpu:8000/flowers");
        assertEquals("http://gpu:8000/v2/models/flowers/infer", plain.infer().toString());
        assertEquals("http://gpu:8000/v2/health/ready", plain.health().toString());
        assertEquals(plain, RemoteDevice.parse(" http://gpu:8000/v2/models/flowers/ "));
        RemoteDevice version = RemoteDevice.parse("https://gpu/behind/v2/models/sd-1.5/versions/3");
        assertEquals(
                "https://gpu/behind/v2/models/sd-1.5/versions/3",
                version.metadata().toString());
        assertEquals(version, RemoteDevice.parse(version.toString()));
        assertEquals("http://gpu:8000/flowers", plain.toString());
        for (String wrong : List.of(
                "gpu:8000/flowers",
                "http://gpu:8000",
                "http://gpu:8000/",
                "http:///flowers",
                "http://u:p@gpu/flowers",
                "http://gpu/flowers?x=1",
                "http://gpu/a/b",
                "http://gpu/%2e%2e",
                "http://gpu/a b",
                "ftp://gpu/flowers")) {
            String sentence = Refusals.sentence(IllegalArgumentException.class, () -> RemoteDevice.parse(wrong));
            assertTrue(sentence.contains("Expected the address") || sentence.contains("is named with"), sentence);
        }
        assertEquals(
                Map.of(true, 2L, false, 2L),
                Map.of(
                        true,
                                List.of("http:", "HTTPS://x").stream()
                                        .filter(RemoteDevice::isAddress)
                                        .count(),
                        false,
                                List.of("cpu", "cuda").stream()
                                        .filter(text -> !RemoteDevice.isAddress(text))
                                        .count()));
    }
}
