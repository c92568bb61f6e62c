package dev.noisediffusion.app;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.lab.CallCount;
import dev.noisediffusion.lab.Experiment;
import dev.noisediffusion.lab.ExperimentRunner;
import dev.noisediffusion.lab.LabBoard;
import dev.noisediffusion.lab.LabException;
import dev.noisediffusion.lab.PictureSet;
import dev.noisediffusion.lab.Shard;
import dev.noisediffusion.ui.viewmodel.LabBench;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The lab with the model that is open in the window.
 *
 * @param opened stays the window's to close
 * @param folder of the model
 */
record StudioBench(Models.Opened opened, Path folder) implements LabBench {
    @Override
    public long calls(Experiment experiment, int photographs) throws LabException {
        return CallCount.of(opened.model(), experiment, photographs);
    }

    @Override
    public Path run(
            Experiment experiment,
            PictureSet photographs,
            Path results,
            Consumer<LabBoard> news,
            ProgressListener progress,
            CancellationToken cancellation)
            throws Exception {
        return cancellation.<Path, Exception>during(() -> {
            try (LabNetworks networks = LabNetworks.open(opened, folder, LabNetworks.Files.NONE)) {
                return new ExperimentRunner(opened.model(), experiment, photographs, networks.instruments())
                        .run(results, Shard.WHOLE, news, progress, cancellation);
            }
        });
    }
}
