package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.lab.Experiment;
import dev.noisediffusion.lab.LabBoard;
import dev.noisediffusion.lab.LabException;
import dev.noisediffusion.lab.PictureSet;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Runs experiments of the lab with an open model. For background threads; what it throws carries a sentence for the user. */
public interface LabBench {
    /**
     * The network calls of a whole run.
     *
     * @param photographs there are to make pairs of
     * @throws LabException if they are too few
     */
    long calls(Experiment experiment, int photographs) throws LabException;

    /**
     * Runs an experiment, or goes on with what is in the folder.
     *
     * @param news is shown what has been measured, after every result
     * @return the file of the results
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled; what was
     *     measured until then is kept
     */
    Path run(
            Experiment experiment,
            PictureSet photographs,
            Path folder,
            Consumer<LabBoard> news,
            ProgressListener progress,
            CancellationToken cancellation)
            throws Exception;
}
