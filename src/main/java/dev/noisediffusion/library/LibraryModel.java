package dev.noisediffusion.library;

import dev.noisediffusion.job.Trouble;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model that is there.
 *
 * @param id what it is called on the command line; no two have the same
 * @param name for people
 * @param folder where it lies
 * @param origin how it came there
 * @param licence of the weights, empty where it is not known
 * @param description may be empty
 * @param bytes on disk; 0 for the root of a drive that is no model
 * @param problem why it cannot be opened, a sentence in English; empty where its folder is recognised
 * @param trouble the same as data
 */
public record LibraryModel(
        String id,
        String name,
        Path folder,
        Origin origin,
        String licence,
        String description,
        long bytes,
        String problem,
        Optional<Trouble> trouble) {
    /** Whether the folder is recognised as a model that the studio opens. */
    public boolean isUsable() {
        return problem.isEmpty();
    }

    /** Whether the studio may take it off its list. */
    public boolean isRemovable() {
        return origin == Origin.INSTALLED || origin == Origin.LINKED;
    }
}
