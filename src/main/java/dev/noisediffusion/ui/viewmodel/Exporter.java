package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;

/** Saves films. Called on background threads; what it throws carries a sentence for the user. */
@FunctionalInterface
public interface Exporter {
    /** Writes the whole film, or nothing. */
    void export(ExportRequest request, ProgressListener progress, CancellationToken cancellation) throws Exception;
}
