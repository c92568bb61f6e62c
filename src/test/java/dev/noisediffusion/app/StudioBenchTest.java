package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.files.Turns;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.lab.Experiment;
import dev.noisediffusion.lab.PictureSet;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.onnx.SessionPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudioBenchTest {
    private static final Path MODEL = Fixtures.folder("unet2d-modern");
    private static final Path EXPERIMENT = Path.of("assets", "experiments", "gamma.json");

    @TempDir
    Path folder;

    /** What is prepared before the first result hears of it too. */
    @Test
    @SuppressWarnings("try") // held, not used
    void aCancelledRunDoesNotWaitForAGraphThatAnotherProcessBuilds() throws Exception {
        Path cache = folder.resolve("cache");
        var resources = new Models.Resources(new GraphCache(cache), SessionPool.ofMachine());
        Experiment experiment = Experiment.read(EXPERIMENT);
        var token = new CancellationToken();
        token.cancel();
        try (Models.Opened opened = Models.openSomewhere(MODEL, "cpu", resources, notice -> {})) {
            List<Path> ofTheModel = locks(cache);
            LabNetworks.open(opened, MODEL, LabNetworks.Files.NONE).close();
            List<Path> ofTheBottleneck = locks(cache).stream()
                    .filter(lock -> !ofTheModel.contains(lock))
                    .toList();
            assertEquals(1, ofTheBottleneck.size());
            var bench = new StudioBench(opened, MODEL);
            try (Turns.Turn ignored = new Turns().await(ofTheBottleneck.getFirst())) {
                assertThrows(
                        CancellationException.class,
                        () -> bench.run(
                                experiment,
                                PictureSet.none(),
                                folder.resolve("results"),
                                board -> {},
                                ProgressListener.NONE,
                                token));
            }
        }
    }

    private static List<Path> locks(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".lock")).toList();
        }
    }
}
