package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.Footage;
import dev.noisediffusion.export.FrameSinks;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import java.util.List;

/** Saves films. Called on background threads; what it throws carries a sentence for the user. */
@FunctionalInterface
public interface Exporter {
    /** Writes the whole film, or nothing. */
    void export(ExportRequest request, ProgressListener progress, CancellationToken cancellation) throws Exception;

    /**
     * Says before the work starts whether what encodes a format can be started.
     *
     * @throws ExportException if not, with what to do
     */
    default void checkEncoder(FilmFormat format, CancellationToken cancellation) throws ExportException {}

    /**
     * Says before the work starts whether there is room for a film.
     *
     * @throws ExportException if not, with what to do
     */
    default void checkRoom(Footage film) throws ExportException {
        FrameSinks.checkRoom(List.of(film));
    }
}
