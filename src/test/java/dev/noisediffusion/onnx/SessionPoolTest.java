package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.OperatingSystemMXBean;
import dev.noisediffusion.Latches;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.model.ElementType;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.model.SafetensorsFiles;
import dev.noisediffusion.model.StableDiffusion.Part;
import dev.noisediffusion.model.StableDiffusionOnnx;
import dev.noisediffusion.model.TestGraphs;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPoolTest {
    private static final Duration REST = Duration.ofMinutes(10);
    private static final Guidance ROSE = new Guidance("a rose", "blur", 4);

    @TempDir
    private static Path shared;

    private static Path export;

    @TempDir
    Path temporary;

    private final NativeLedger ledger = new NativeLedger();
    private final AtomicLong nanos = new AtomicLong();
    private final List<Runnable> later = new ArrayList<>();

    @BeforeAll
    static void makeExport() throws IOException, ModelException {
        export = Fixtures.leanExport(shared.resolve("export"));
    }

    @AfterEach
    void nothingNativeIsLeft() {
        assertEquals(0, ledger.open());
    }

    private SessionPool pool(long bytes) {
        return new SessionPool(device -> bytes, REST, nanos::get, later::add);
    }

    private GraphCache cache() {
        return new GraphCache(temporary.resolve("cache"));
    }

    private OrtEngine engine(SessionPool pool) {
        return new OrtEngine(cache(), ledger, pool, ExecutionProvider.CPU, notice -> {});
    }

    /** A picture through everything that a model has. */
    private static List<Tensor> journey(DiffusionModel model) {
        Tensor latent = model.codec().encode(Kernels.gaussian(Shape.of(1, 3, model.height(), model.width()), 5));
        Tensor predicted = model.denoiser(ROSE).predict(latent, 301);
        return List.of(latent, predicted, model.codec().decode(predicted));
    }

    private List<Tensor> journeyWithRoom(Path folder) throws ModelException {
        try (DiffusionModel model = engine(SessionPool.ofMachine()).open(folder)) {
            return journey(model);
        }
    }

    @Test
    void whereThereIsRoomEachGraphIsOpenedOnceAndStays() throws ModelException {
        SessionPool pool = pool(1 << 30);
        try (DiffusionModel model = engine(pool).open(export)) {
            for (int i = 0; i < 3; i++) {
                journey(model);
            }
            SessionPool.Count count = pool.count();
            assertEquals(4, count.open());
            assertEquals(4, count.opened());
            assertEquals(0, count.letGo());
            assertEquals(weight(Part.values()), count.bytes());
        }
        assertEquals(0, pool.count().open());
    }

    private static long weight(Part... parts) throws ModelException {
        var model = (StableDiffusionOnnx) ModelLayout.read(export);
        long bytes = 0;
        for (Part part : parts) {
            bytes += part == Part.TEXT_ENCODER_2 ? 0 : GraphFiles.weight(model.graph(part));
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"sd-tiny-onnx,,16", "sdxl-tiny,diffusers,22"})
    void withoutRoomOneSessionIsOpenAtATimeAndAllValuesAreTheSame(String fixture, String form, int values)
            throws ModelException {
        Path home = Fixtures.folder(fixture);
        Path folder = form == null ? export : home.resolve(form);
        SessionPool pool = pool(1);
        ModelReport report = ModelCheck.run(folder, Optional.of(home.resolve("expected.safetensors")), engine(pool));
        Agreement.require(report);
        assertEquals(values, report.comparisons().size());
        assertEquals(0, pool.count().open());
        assertTrue(pool.count().letGo() >= 4, () -> pool.count().toString());
        try (DiffusionModel model = engine(pool).open(folder)) {
            assertEquals(journeyWithRoom(folder), journey(model));
            assertEquals(1, pool.count().open());
        }
    }

    @Test
    void theTextEncoderIsLetGoForTheRestOnceItHasReadThePrompts() throws ModelException {
        SessionPool pool = pool(weight(Part.UNET, Part.VAE_ENCODER, Part.VAE_DECODER));
        try (DiffusionModel model = engine(pool).open(export)) {
            List<Tensor> first = journey(model);
            assertEquals(first, journey(model));
            long opened = pool.count().opened();
            assertEquals(3, pool.count().open());
            assertEquals(first, journey(model));
            assertEquals(opened, pool.count().opened(), "Prompts that have been read are not read again");
        }
    }

    @Test
    void whatHasRestedIsLetGoAndComesBack() throws ModelException {
        SessionPool pool = pool(1 << 30);
        try (DiffusionModel model = engine(pool).open(export)) {
            List<Tensor> before = journey(model);
            assertEquals(1, later.size(), "One look at a time is asked for");
            nanos.addAndGet(REST.toNanos() / 2);
            model.codec().decode(before.get(1));
            nanos.addAndGet(REST.toNanos() / 2);
            later.removeFirst().run();
            assertEquals(1, pool.count().open(), "The decoder was used");
            nanos.addAndGet(REST.toNanos());
            later.removeFirst().run();
            assertEquals(0, pool.count().open());
            assertEquals(4, pool.count().letGo());
            assertEquals(List.of(), later, "Where nothing is open nothing looks");
            assertEquals(before, journey(model));
        }
    }

    @Test
    void aGraphThatWasSweptFromTheCacheIsBuiltAgain() throws IOException, ModelException {
        SessionPool pool = pool(1 << 30);
        try (DiffusionModel model = engine(pool).open(Fixtures.folder("sd-tiny-diffusers"))) {
            List<Tensor> before = journey(model);
            nanos.addAndGet(REST.toNanos());
            pool.sweep();
            cache().clear();
            assertEquals(before, journey(model));
        }
    }

    private void letGoOfAll(SessionPool pool) {
        nanos.addAndGet(REST.toNanos());
        pool.sweep();
    }

    @Test
    void anAutoencoderStaysTheOneThatWasOpenedWhateverBecomesOfItsFile() throws IOException, ModelException {
        Path folder = Fixtures.copy("ldm-vq", Files.createDirectory(temporary.resolve("model")));
        Path weights = folder.resolve("vqvae/diffusion_pytorch_model.safetensors");
        SessionPool pool = pool(1 << 30);
        try (DiffusionModel model = engine(pool).open(folder)) {
            List<Tensor> before = journey(model);
            Path away = Files.move(weights, temporary.resolve("away"));
            letGoOfAll(pool);
            assertEquals(before, journey(model), "Its graph is in the cache");
            SafetensorsFiles.convert(away, weights, ElementType.F16);
            letGoOfAll(pool);
            cache().clear();
            String message = Refusals.sentence(UnopenedException.class, () -> journey(model));
            assertEquals(
                    weights + ": expected the weights that the model was opened with, found others; open the model"
                            + " again.",
                    message);
            Files.move(away, weights, StandardCopyOption.REPLACE_EXISTING);
            assertEquals(before, journey(model));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unet", "vae_encoder", "vae_decoder"})
    void anExportWhoseNetworkWasReplacedWhileItsSessionsRestedIsRefusedUntilTheModelIsOpenedAgain(String part)
            throws IOException, ModelException {
        Path folder = Fixtures.leanExport(temporary.resolve("model"));
        Path graph = folder.resolve(part).resolve("model.onnx");
        Path opened = Files.copy(graph, temporary.resolve("opened.onnx"));
        SessionPool pool = pool(1 << 30);
        try (DiffusionModel model = engine(pool).open(folder)) {
            List<Tensor> before = journey(model);
            TestGraphs.describe(graph, 1);
            letGoOfAll(pool);
            String message = Refusals.sentence(UnopenedException.class, () -> journey(model));
            assertEquals(
                    graph + ": expected the weights that the model was opened with, found others; open the model"
                            + " again.",
                    message);
            try (DiffusionModel again = engine(pool).open(folder)) {
                assertNotEquals(model.cacheKey(), again.cacheKey());
                assertEquals(before, journey(again));
            }
            Files.copy(opened, graph, StandardCopyOption.REPLACE_EXISTING);
            assertEquals(before, journey(model));
        }
    }

    @Test
    void whatCannotBeOpenedAgainIsToldInASentenceAndMayComeBack() throws IOException, ModelException {
        Path folder = Fixtures.leanExport(temporary.resolve("model"));
        Path decoder = folder.resolve("vae_decoder/model.onnx");
        SessionPool pool = pool(1 << 30);
        try (DiffusionModel model = engine(pool).open(folder)) {
            List<Tensor> before = journey(model);
            nanos.addAndGet(REST.toNanos());
            pool.sweep();
            Path away = Files.move(decoder, temporary.resolve("away"));
            String message = Refusals.sentence(IllegalStateException.class, () -> journey(model));
            assertTrue(message.contains("vae_decoder"), message);
            assertEquals(2, pool.count().open());
            Files.move(away, decoder);
            assertEquals(before, journey(model));
        }
    }

    @Test
    void manyThreadsOnTwoModelsWithoutRoomGetTheirValues() throws Exception {
        SessionPool pool = pool(1);
        List<Tensor> expected = journeyWithRoom(export);
        try (DiffusionModel one = engine(pool).open(export);
                DiffusionModel other = engine(pool).open(export);
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            var journeys = new ArrayList<Future<List<Tensor>>>();
            for (int i = 0; i < 7; i++) {
                DiffusionModel model = i % 3 == 0 ? other : one;
                journeys.add(threads.submit(() -> journey(model)));
            }
            for (Future<List<Tensor>> journey : journeys) {
                assertEquals(expected, journey.get());
            }
            assertEquals(1, pool.count().open());
            assertEquals(pool.count().opened(), pool.count().letGo() + 1);
        }
        assertEquals(0, pool.count().open());
    }

    private GuardedSession session(SessionPool pool, Part part) throws OrtException, ModelException {
        return GuardedSession.open(
                pool, ledger, new GuardedSession.Claim(ExecutionProvider.CPU, 2), () -> ledger.own(graph(part)));
    }

    private static OrtSession graph(Part part) throws OrtException {
        return OrtEnvironment.getEnvironment()
                .createSession(export.resolve(part.name().toLowerCase(Locale.ROOT))
                        .resolve("model.onnx")
                        .toString());
    }

    @Test
    void aSessionInUseStaysAndWhatIsOverTheBudgetGoesWhenItRests() throws Exception {
        SessionPool pool = pool(3);
        GuardedSession busy = session(pool, Part.VAE_DECODER);
        var inCall = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Boolean> call = thread.submit(() -> busy.call((opened, options) -> {
                inCall.countDown();
                Latches.await(end);
                return !opened.getInputNames().isEmpty();
            }));
            inCall.await();
            GuardedSession second = session(pool, Part.VAE_ENCODER);
            assertFalse(busy.letGo());
            assertFalse(pool.clear(second));
            assertEquals(new SessionPool.Count(2, 4, 2, 0), pool.count());
            end.countDown();
            assertTrue(call.get());
            assertEquals(new SessionPool.Count(1, 2, 2, 1), pool.count());
            second.close();
            busy.close();
            busy.close();
        }
        assertEquals(new SessionPool.Count(0, 0, 2, 1), pool.count());
        assertThrows(IllegalStateException.class, () -> busy.call((opened, options) -> opened));
    }

    private static Tensor decoded(OrtSession opened, OrtSession.RunOptions options) throws OrtException {
        try (OnnxTensor latent = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), new float[1][4][4][4]);
                OrtSession.Result result = opened.run(Map.of("latent_sample", latent), Set.of("sample"), options)) {
            return NativeValues.tensor(result.get(0));
        }
    }

    @Test
    void aCallThatRunsWhenItsModelIsClosedDoesNotComeToItsEnd() throws Exception {
        GuardedSession session = session(pool(1 << 30), Part.VAE_DECODER);
        Thread closer = Thread.ofPlatform().unstarted(session::close);
        String message = Refusals.sentence(
                IllegalStateException.class,
                () -> session.call((opened, options) -> {
                    closer.start();
                    // Until it waits for this call.
                    while (closer.isAlive() && closer.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                    return decoded(opened, options);
                }));
        assertEquals("The model has been closed and computes no more.", message);
        closer.join();
    }

    @Test
    void cancellingEndsACallInProgressAndNoOther() throws Exception {
        GuardedSession session = session(pool(1 << 30), Part.VAE_DECODER);
        Tensor expected = session.call(SessionPoolTest::decoded);
        var token = new CancellationToken();
        assertThrows(
                CancellationException.class,
                () -> token.during(() -> session.call((opened, options) -> {
                    token.cancel();
                    return decoded(opened, options);
                })));
        assertEquals(expected, session.call(SessionPoolTest::decoded));
        var later = new CancellationToken();
        assertEquals(expected, later.during(() -> session.call(SessionPoolTest::decoded)));
        later.cancel();
        assertEquals(expected, session.call(SessionPoolTest::decoded));
        session.close();
    }

    @Test
    void aCallThatWaitsForAnotherEndsBeforeThatOneWhenItIsCancelled() throws Exception {
        GuardedSession session = session(pool(1 << 30), Part.VAE_DECODER);
        var inCall = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        Callable<Boolean> calling = () -> session.<Boolean>call((opened, options) -> {
            inCall.countDown();
            Latches.await(end);
            return true;
        });
        assertTrue(
                whileAnotherIsCancelled(calling, () -> session.<Boolean>call((opened, options) -> true), inCall, end));
        session.close();
    }

    /**
     * Has another wait for the first and cancels it, which ends it before the first.
     *
     * @param inCall is down once the first is at work
     * @param end lets the first go on
     * @return what the first gives
     */
    private static <T> T whileAnotherIsCancelled(
            Callable<T> first, Callable<T> other, CountDownLatch inCall, CountDownLatch end) throws Exception {
        var token = new CancellationToken();
        var waiting = new FutureTask<T>(() -> token.during(() -> other.call()));
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<T> calling = threads.submit(first);
            inCall.await();
            try {
                Thread thread = Thread.ofPlatform().start(waiting);
                while (thread.getState() != Thread.State.TIMED_WAITING) {
                    assertFalse(waiting.isDone(), "It did not wait");
                    Thread.onSpinWait();
                }
                token.cancel();
                ExecutionException cancelled = assertThrows(ExecutionException.class, waiting::get);
                assertInstanceOf(CancellationException.class, cancelled.getCause());
            } finally {
                end.countDown();
            }
            return calling.get();
        }
    }

    @Test
    void whoWaitsForTheWordsOfAnotherEndsBeforeThatOneWhenItIsCancelled() throws Exception {
        var busy = new AtomicBoolean();
        var inCall = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        // Every call asks what time it is.
        LongSupplier clock = () -> {
            if (busy.getAndSet(false)) {
                inCall.countDown();
                Latches.await(end);
            }
            return 0;
        };
        var pool = new SessionPool(device -> 1 << 30, REST, clock, later::add);
        try (DiffusionModel model = engine(pool).open(export)) {
            Callable<Denoiser> reading = () -> model.denoiser(ROSE);
            busy.set(true);
            assertNotNull(whileAnotherIsCancelled(reading, reading, inCall, end));
        }
    }

    @Test
    void whereMemoryRunsOutAllTheSameOthersAreLetGoFirst() throws Exception {
        SessionPool pool = pool(1 << 30);
        GuardedSession other = session(pool, Part.VAE_DECODER);
        var tries = new AtomicInteger();
        GuardedSession opened =
                GuardedSession.open(pool, ledger, new GuardedSession.Claim(ExecutionProvider.CPU, 2), () -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new OrtException("Failed to allocate memory for requested buffer");
                    }
                    return ledger.own(graph(Part.VAE_ENCODER));
                });
        assertEquals(new SessionPool.Count(1, 2, 2, 1), pool.count());
        assertEquals(Set.of("latent_sample"), other.<Set<String>>call((session, options) -> session.getInputNames()));
        var calls = new AtomicInteger();
        assertEquals(Set.of("sample"), opened.<Set<String>>call((session, options) -> {
            if (calls.incrementAndGet() == 1) {
                throw new OrtException("out of memory");
            }
            return session.getInputNames();
        }));
        assertEquals(new SessionPool.Count(1, 2, 3, 2), pool.count());
        assertThrows(
                DeviceMemoryException.class,
                () -> opened.call((session, options) -> {
                    throw new OrtException("out of memory");
                }));
        other.close();
        opened.close();
    }

    @Test
    void aSessionThatDoesNotOpenLeavesNothingBehind() {
        SessionPool pool = pool(1 << 30);
        assertThrows(
                OrtException.class,
                () -> GuardedSession.open(pool, ledger, new GuardedSession.Claim(ExecutionProvider.CPU, 2), () -> {
                    throw new OrtException("no graph");
                }));
        assertEquals(new SessionPool.Count(0, 0, 1, 0), pool.count());
    }

    @Test
    void theUsualRestIsTenMinutes() {
        assertEquals(Duration.ofMinutes(10), SessionPool.REST);
    }

    @Test
    void theBudgetIsAShareOfTheMachine() {
        long most = MemoryBudget.ofMachine().bytes(ExecutionProvider.CPU);
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        assertEquals(memory / 100 * 70, most);
        assertEquals(24576L << 20, MemoryBudget.smallest("81559\n24576\n"));
        assertEquals(Long.MAX_VALUE, MemoryBudget.smallest("[N/A]\n"));
        assertEquals(Long.MAX_VALUE, MemoryBudget.smallest(""));
    }
}
