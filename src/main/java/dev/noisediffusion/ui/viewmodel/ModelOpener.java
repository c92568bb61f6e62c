package dev.noisediffusion.ui.viewmodel;

import java.nio.file.Path;

/**
 * Opens model folders. Called on background threads, under the token of the job; what it throws carries a sentence for the
 * user.
 */
@FunctionalInterface
public interface ModelOpener {
    /** The model in a folder. */
    OpenModel open(Path folder) throws Exception;
}
