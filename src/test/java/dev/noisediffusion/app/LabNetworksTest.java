package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.PictureGraph;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.measure.Lpips;
import dev.noisediffusion.measure.PixelRange;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.onnx.ExecutionProvider;
import dev.noisediffusion.onnx.SessionPool;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabNetworksTest {
    private static final Path MODEL = Fixtures.folder("unet2d-modern");
    private static final Path LPIPS = Fixtures.folder("measure-networks").resolve("lpips.onnx");

    @TempDir
    Path folder;

    private Models.Resources resources() {
        return new Models.Resources(new GraphCache(folder.resolve("cache")), SessionPool.ofMachine());
    }

    private static LabNetworks networks(Models.Opened opened) throws Exception {
        return LabNetworks.open(opened, MODEL, new LabNetworks.Files(LPIPS, null, PixelRange.UNIT));
    }

    @Test
    void whatMeasuresIsCountedInThePoolOfTheApplication() throws Exception {
        Models.Resources resources = resources();
        try (Models.Opened opened = Models.openSomewhere(MODEL, "cpu", resources, notice -> {})) {
            assertEquals(1, resources.pool().count().open());
            try (LabNetworks networks = networks(opened)) {
                assertEquals(3, resources.pool().count().open(), "The model, its bottleneck and LPIPS");
                List<String> software = networks.instruments().software();
                assertTrue(software.contains("Bottleneck on CPU"), software::toString);
            }
            assertEquals(1, resources.pool().count().open());
        }
    }

    @Test
    void aTrialThatIsCancelledIsNoFaultOfTheNetwork() throws Exception {
        Picture black = Picture.wrap(32, 32, new byte[3 * 32 * 32]);
        var token = new CancellationToken();
        try (Models.Opened opened = Models.openSomewhere(MODEL, "cpu", resources(), notice -> {});
                PictureGraph graph = opened.engine().openPictureGraph(LPIPS).part()) {
            var lpips = new Lpips(graph);
            token.cancel();
            assertThrows(
                    CancellationException.class,
                    () -> token.<Double, Exception>during(
                            () -> LabNetworks.tried(graph, () -> lpips.distance(black, black))));
        }
    }

    @Test
    void whatWasToMeasureOnAGpuThatIsNotThereIsToldAsMeasuringOnTheProcessor() throws Exception {
        Assumptions.assumeTrue(ExecutionProvider.best() == ExecutionProvider.CPU, "This build has CUDA");
        try (Models.Opened opened = Models.openSomewhere(MODEL, "cuda", resources(), notice -> {});
                LabNetworks networks = networks(opened)) {
            List<String> software = networks.instruments().software();
            assertTrue(software.contains("Bottleneck on CPU"), software::toString);
            assertTrue(
                    software.stream()
                            .anyMatch(line -> line.startsWith("Network for LPIPS: lpips.onnx, SHA-256 ")
                                    && line.endsWith(", on CPU")),
                    software::toString);
        }
    }
}
