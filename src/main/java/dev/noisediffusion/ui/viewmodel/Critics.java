package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import java.nio.file.Path;
import java.util.Optional;

/** The user's artifact critics, one for each model. Asked on background threads; what they throw carries a sentence for the user. */
public interface Critics {
    /**
     * The critic of a model, good or poor.
     *
     * @return owned by the caller; empty where none has been trained
     */
    Optional<FrameCritic> find(String modelId) throws Exception;

    /**
     * Trains the critic of a model in place of the one there was, and keeps it. Where it turns out poor and the one
     * there was is good, that one is kept, and this fails.
     *
     * @param model its folder
     * @param photographs a folder
     * @return owned by the caller, good or poor
     */
    FrameCritic train(Path model, Path photographs, ProgressListener progress, CancellationToken cancellation)
            throws Exception;
}
