package dev.noisediffusion.app;

import dev.noisediffusion.critic.Critic;
import dev.noisediffusion.critic.CriticException;
import dev.noisediffusion.critic.CriticFile;
import dev.noisediffusion.critic.CriticReport;
import dev.noisediffusion.critic.CriticSettings;
import dev.noisediffusion.critic.CriticTrainer;
import dev.noisediffusion.critic.Judgement;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.ui.viewmodel.Critics;
import dev.noisediffusion.ui.viewmodel.FrameCritic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The critics of the window: those of the command line, asked and trained in the background. */
final class StudioCritics implements Critics {
    private static final System.Logger LOG = System.getLogger(StudioCritics.class.getName());

    /** Opens the model in a folder where the user wants it to run. */
    interface Opener {
        DiffusionModel open(Path folder) throws ModelException;
    }

    private final CriticFile files;
    private final CriticSettings settings;
    private final Opener models;

    /** @param models opens one more session for a training, so that the window's own stays free */
    StudioCritics(CriticFile files, CriticSettings settings, Opener models) {
        this.files = files;
        this.settings = settings;
        this.models = models;
    }

    @Override
    public Optional<FrameCritic> find(String modelId) throws CriticException {
        return files.load(modelId).map(Known::new);
    }

    @Override
    public FrameCritic train(Path model, Path photographs, ProgressListener progress, CancellationToken cancellation)
            throws Exception {
        return cancellation.during(() -> trained(model, photographs, progress, cancellation));
    }

    private FrameCritic trained(Path model, Path photographs, ProgressListener progress, CancellationToken cancellation)
            throws Exception {
        files.requireWritable();
        try (DiffusionModel opened = models.open(model)) {
            List<Picture> pictures = PhotoFolder.load(
                    photographs,
                    opened.width(),
                    opened.height(),
                    settings.photographs(),
                    skipped -> LOG.log(System.Logger.Level.INFO, skipped),
                    cancellation);
            Critic critic = new CriticTrainer(settings).train(opened, pictures, progress, cancellation);
            try {
                Optional<CriticException> objection = files.keep(critic);
                if (objection.isPresent()) {
                    throw objection.get();
                }
            } catch (CriticException e) {
                critic.close();
                throw e;
            }
            return new Known(critic);
        }
    }

    /** A critic as the window knows it. */
    private record Known(Critic critic) implements FrameCritic {
        @Override
        public Grade grade() {
            CriticReport report = critic.report();
            return new Grade(
                    report.photographs(),
                    report.accuracy(),
                    report.auc().mean(),
                    report.auc().low(),
                    report.auc().high(),
                    report.calibrationError(),
                    report.refusal().isEmpty());
        }

        @Override
        public Verdict judge(Picture frame) throws CriticException {
            Judgement judgement = critic.judge(frame);
            return new Verdict(judgement.score(), judgement::heatAt);
        }

        @Override
        public void close() {
            critic.close();
        }
    }
}
