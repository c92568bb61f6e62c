package dev.noisediffusion.app;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.lab.CallCount;
import dev.noisediffusion.lab.Experiment;
import dev.noisediffusion.lab.ExperimentRunner;
import dev.noisediffusion.lab.LabBoard;
import dev.noisediffusion.lab.LabException;
import dev.noisediffusion.lab.PictureSet;
import dev.noisediffusion.lab.Shard;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.onnx.OrtEngine;
import dev.noisediffusion.ui.viewmodel.LabBench;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The lab with the model that is open in the window.
 *
 * @param model stays the window's to close
 * @param computedBy the device and precision that its numbers depend on
 * @param folder of the model
 * @param graphs that of the window
 */
record StudioBench(DiffusionModel model, String computedBy, Path folder, GraphCache graphs) implements LabBench {
    @Override
    public long calls(Experiment experiment, int photographs) throws LabException {
        return CallCount.of(model, experiment, photographs);
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
        try (LabNetworks networks =
                LabNetworks.open(new OrtEngine(graphs), folder, model, computedBy, LabNetworks.Files.NONE)) {
            return new ExperimentRunner(model, experiment, photographs, networks.instruments())
                    .run(results, Shard.WHOLE, news, progress, cancellation);
        }
    }
}
