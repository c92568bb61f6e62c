package dev.noisediffusion.library;

import dev.noisediffusion.files.Folders;
import dev.noisediffusion.files.Turns;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folders in which models grow until they are whole, {@code .downloads} beside the models.
 *
 * @param root folder of the models
 * @param turns of everybody in this process who works there
 */
record Staging(Path root, Turns turns) {
    private static final String NAME = ".downloads";

    /** Where a model grows. */
    Path folder(CatalogueEntry entry) {
        return root.resolve(NAME).resolve(entry.id());
    }

    /** What its whole files were when they came; not within the folder, which is to become the model's. */
    Arrivals arrivals(CatalogueEntry entry) {
        return new Arrivals(root.resolve(NAME).resolve(entry.id() + ".json"));
    }

    /** How many bytes of a model have arrived; 0 where nothing has been begun. */
    long arrived(CatalogueEntry entry) {
        Path folder = folder(entry);
        long bytes = 0;
        for (CatalogueFile file : entry.files()) {
            bytes += folder.resolve(file.path()).toFile().length();
            bytes += folder.resolve(file.path() + ".part").toFile().length();
        }
        return bytes;
    }

    /** Deletes what has arrived. */
    @SuppressWarnings("try") // held, not used
    void discard(CatalogueEntry entry) throws ModelException {
        try (Turns.Turn ignored = lock(entry)) {
            Folders.delete(folder(entry));
            arrivals(entry).delete();
        } catch (IOException e) {
            throw new ModelException(
                    ModelRefusal.NOT_DELETED.with(folder(entry)),
                    "What has arrived of " + entry.name()
                            + " could not be deleted: close what uses it, and check that you may write there.",
                    e);
        }
    }

    /**
     * One thread of one program at a time fetches a model, or of this program where the file system knows no locks: closing its turn
     * lets the next one in.
     */
    Turns.Turn lock(CatalogueEntry entry) throws IOException, ModelException {
        Path folder = Files.createDirectories(root.resolve(NAME));
        return turns.bestEffort()
                .tryTake(folder.resolve(entry.id() + ".lock"))
                .orElseThrow(() -> new ModelException(
                        ModelRefusal.BEING_DOWNLOADED.with(entry.name()),
                        entry.name() + " is being downloaded already, here or by another program.",
                        null));
    }
}
