package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.RandomModels;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrtEngineTest {
    @TempDir
    Path temporary;

    private final NativeLedger ledger = new NativeLedger();
    private OrtEngine engine;

    @BeforeEach
    void makeEngine() {
        engine = new OrtEngine(new GraphCache(temporary.resolve("cache")), ledger, ExecutionProvider.CPU);
    }

    @Test
    void theStarterModelPredictsTheSameInABatchAsAlone() throws ModelException {
        try (DiffusionModel model = engine.open(Fixtures.STARTER)) {
            assertEquals(Shape.of(1, 48, 32, 32), model.latentShape());
            Tensor both = Kernels.gaussian(model.latentShape().withBatch(2), 1);
            Tensor predicted = model.denoiser().predict(both, 500);
            for (int i = 0; i < 2; i++) {
                Tensor alone = model.denoiser().predict(both.slice(i), 500);
                double difference = Kernels.maxAbsDifference(alone, predicted.slice(i));
                assertTrue(difference < 1e-4, "differs by " + difference);
            }
            assertTrue(Kernels.norm(predicted) > 0 && Double.isFinite(Kernels.norm(predicted)));
        }
        assertEquals(0, ledger.open());
    }

    @Test
    void theStarterModelSeesCleanPicturesInLittleNoise() throws ModelException {
        try (DiffusionModel model = engine.open(Fixtures.STARTER)) {
            Tensor clean = model.codec().encode(Tensor.zeros(Shape.of(1, 3, 128, 128)));
            int timestep = 50;
            double alphaBar = model.settings().schedule().alphaBar(timestep);
            Tensor noisy = Kernels.linear(
                    Math.sqrt(alphaBar), clean, Math.sqrt(1 - alphaBar), Kernels.gaussian(clean.shape(), 2));
            Tensor seen = new DdimSampler(model.settings()).predictClean(model.denoiser(), noisy, timestep, alphaBar);
            double error = Kernels.norm(seen) / Math.sqrt(seen.size());
            assertTrue(error < Math.sqrt(1 - alphaBar) / 3, "A grey picture came back with an error of " + error);
        }
    }

    @Test
    void aProviderThatDoesNotWorkHereGivesWayToTheCpuAndSaysWhy() throws ModelException {
        Assumptions.assumeTrue(ExecutionProvider.best() == ExecutionProvider.CPU, "This build has CUDA");
        var wishful = new OrtEngine(new GraphCache(temporary.resolve("cache")), ledger, ExecutionProvider.CUDA);
        OrtEngine.Loaded loaded = wishful.load(ModelLayout.read(Fixtures.folder("unet2d-modern")));
        try (DiffusionModel model = loaded.model()) {
            assertEquals(ExecutionProvider.CPU, loaded.provider());
            var trouble = assertInstanceOf(
                    Trouble.DeviceUnusable.class, loaded.fallback().orElseThrow());
            assertEquals("CUDA", trouble.device());
            assertFalse(trouble.said().isBlank());
            assertEquals(4, model.batchSize());
            try (DiffusionModel here = engine.open(Fixtures.folder("unet2d-modern"))) {
                assertEquals(here.id(), model.id());
                assertNotEquals(here.cacheKey(), model.cacheKey());
            }
        }
        assertEquals(0, ledger.open());
    }

    @Test
    void aModelOfTheAdmShapeWithAttentionAtSeveralLevelsRuns() throws IOException, ModelException {
        Path folder = RandomModels.writeAdm(temporary.resolve("adm"), 8, 4, 32);
        try (DiffusionModel model = engine.open(folder)) {
            Tensor noisy = Kernels.gaussian(model.latentShape(), 1);
            Tensor predicted = model.denoiser().predict(noisy, 500);
            assertEquals(noisy.shape(), predicted.shape());
            assertTrue(Kernels.norm(predicted) > 0 && Double.isFinite(Kernels.norm(predicted)));
        }
        assertEquals(0, ledger.open());
    }

    @Test
    void sizesOtherThanThoseOfTrainingRunAndImpossibleOnesAreRefused() throws ModelException {
        try (DiffusionModel model = engine.open(Fixtures.folder("unet2d-modern"))) {
            Tensor wide = Kernels.gaussian(Shape.of(1, 3, 16, 24), 1);
            assertEquals(wide.shape(), model.denoiser().predict(wide, 3).shape());
            for (Shape wrong : List.of(Shape.of(1, 4, 16, 16), Shape.of(1, 3, 15, 16), Shape.of(3, 16, 16))) {
                String message = Refusals.sentence(
                        IllegalArgumentException.class, () -> model.denoiser().predict(Tensor.zeros(wrong), 3));
                assertTrue(message.contains("expects [N, 3, H, W]") && message.contains("found " + wrong), message);
            }
        }
    }

    @Test
    void theIdFollowsTheSchedulerAndTheCodecToo() throws IOException, ModelException {
        Path folder = Fixtures.copy("unet2d-modern", Files.createDirectory(temporary.resolve("model")));
        String id = idOf(folder);
        assertEquals(id, idOf(Fixtures.folder("unet2d-modern")));
        Fixtures.edit(folder.resolve("scheduler/scheduler_config.json"), "0.02", "0.03");
        String rescheduled = idOf(folder);
        assertNotEquals(id, rescheduled);
        Files.writeString(folder.resolve("studio.json"), "{\"image\":{\"width\":32,\"height\":32}}");
        assertNotEquals(rescheduled, idOf(folder));
    }

    private String idOf(Path folder) throws ModelException {
        try (DiffusionModel model = engine.open(folder)) {
            return model.id();
        }
    }

    @Test
    void aModelWithoutAFittingCodecIsRefusedForPictures() {
        String message = Refusals.sentence(ModelException.class, () -> engine.open(Fixtures.folder("unet2d-adm-v")));
        assertTrue(message.contains("expected in_channels and out_channels of 3 for the codec identity"), message);
        assertEquals(0, ledger.open());
    }

    @Test
    void aFileWithAnotherChecksumThanTheManifestSaysIsRefused() throws IOException {
        Path folder = Fixtures.copy("unet2d-modern", Files.createDirectory(temporary.resolve("model")));
        Files.writeString(folder.resolve("studio.json"), "{\"sha256\":{\"unet/config.json\":\"00\"}}");
        String message = Refusals.sentence(ModelException.class, () -> engine.open(folder));
        assertTrue(message.contains("config.json: expected SHA-256 00"), message);
    }

    @Test
    void everyNativeObjectIsClosedAfterTwoHundredRenders() throws ModelException {
        try (DiffusionModel model = engine.open(Fixtures.folder("unet2d-modern"))) {
            var sampler = new DdimSampler(model.settings());
            Timetable timetable = Timetable.full(model.settings(), 4);
            long whileRunning = 0;
            for (int i = 0; i < 200; i++) {
                Tensor noise = Kernels.gaussian(model.latentShape().withBatch(1 + i % 3), i);
                sampler.decode(model.denoiser(), noise, timetable, StepListener.NONE);
                whileRunning = Math.max(whileRunning, ledger.open());
            }
            assertEquals(2, whileRunning, "A session and its options");
        }
        assertEquals(0, ledger.open());
        assertTrue(ledger.total() >= 800 * 3, "Every call's tensors were counted, found " + ledger.total());
    }

    @Test
    void closingEndsARunningCallAndWaitsForIt() throws Exception {
        DiffusionModel model = engine.open(Fixtures.STARTER);
        Tensor noise = Kernels.gaussian(model.latentShape().withBatch(4), 1);
        var started = new CountDownLatch(1);
        try (ExecutorService background = Executors.newSingleThreadExecutor()) {
            Future<?> running = background.submit(() -> {
                while (true) {
                    model.denoiser().predict(noise, 500);
                    started.countDown();
                }
            });
            started.await();
            Assertions.assertTimeout(Duration.ofSeconds(30), model::close);
            assertEquals(0, ledger.open());
            ExecutionException end = assertThrows(ExecutionException.class, running::get);
            assertTrue(
                    String.valueOf(end.getMessage()).contains("The model has been closed and computes no more."),
                    end::toString);
        }
        model.close();
        assertThrows(IllegalStateException.class, () -> model.denoiser().predict(noise, 500));
        assertEquals(0, ledger.open());
    }
}
