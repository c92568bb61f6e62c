package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.library.CatalogueEntry;
import dev.noisediffusion.library.ModelLibrary;
import dev.noisediffusion.library.Tokens;
import java.nio.file.Path;

/**
 * The user's models and how to get more.
 *
 * @param models that are there
 * @param downloads fetches those of the catalogue
 * @param tokens for models whose owners ask for one
 * @param offline whether nothing is fetched
 */
public record LibraryServices(ModelLibrary models, Downloads downloads, Tokens tokens, OfflineViewModel offline) {
    /** Fetches models. Called on background threads; what it throws carries a sentence for the user. */
    @FunctionalInterface
    public interface Downloads {
        /** Fetches a model, or what is missing of it, into its folder. */
        Path download(CatalogueEntry entry, ProgressListener progress, CancellationToken cancellation) throws Exception;
    }
}
