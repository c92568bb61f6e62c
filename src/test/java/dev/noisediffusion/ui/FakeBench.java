package dev.noisediffusion.ui;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.lab.CallCount;
import dev.noisediffusion.lab.Experiment;
import dev.noisediffusion.lab.ExperimentRunner;
import dev.noisediffusion.lab.Eye;
import dev.noisediffusion.lab.FeatureSpace;
import dev.noisediffusion.lab.Gauges;
import dev.noisediffusion.lab.Instruments;
import dev.noisediffusion.lab.LabBoard;
import dev.noisediffusion.lab.LabException;
import dev.noisediffusion.lab.PictureSet;
import dev.noisediffusion.lab.Shard;
import dev.noisediffusion.ui.viewmodel.LabBench;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The lab itself, with the gauges that need no network and an eye for colours. */
public record FakeBench(DiffusionModel model) implements LabBench {
    @Override
    public long calls(Experiment experiment, int photographs) throws LabException {
        return CallCount.of(model, experiment, photographs);
    }

    @Override
    public Path run(
            Experiment experiment,
            PictureSet photographs,
            Path folder,
            Consumer<LabBoard> news,
            ProgressListener progress,
            CancellationToken cancellation)
            throws Exception {
        var instruments = new Instruments(Gauges.standard(), List.of(new Colours()), List.of("a test"));
        return new ExperimentRunner(model, experiment, photographs, instruments)
                .run(folder, Shard.WHOLE, news, progress, cancellation);
    }

    /** Sees the middle pixel's red, green and blue. */
    private static final class Colours implements Eye {
        @Override
        public FeatureSpace space() {
            return FeatureSpace.BOTTLENECK;
        }

        @Override
        public float[] vector(Picture picture) {
            int rgb = picture.pixel(picture.width() / 2, picture.height() / 2);
            return new float[] {rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff};
        }
    }
}
