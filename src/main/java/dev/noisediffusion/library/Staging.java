package dev.noisediffusion.library;

import dev.noisediffusion.files.Folders;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folders in which models grow until they are whole, {@code .downloads} beside the models.
 *
 * @param root folder of the models
 */
record Staging(Path root) {
    private static final String NAME = ".downloads";

    /** Where a model grows. */
    Path folder(CatalogueEntry entry) {
        return root.resolve(NAME).resolve(entry.id());
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
        try (FileChannel ignored = lock(entry)) {
            Folders.delete(folder(entry));
        } catch (IOException e) {
            throw new ModelException("What has arrived of " + entry.name() + " could not be deleted.", e);
        }
    }

    /** One program at a time fetches a model: closing the channel lets the next one in. */
    FileChannel lock(CatalogueEntry entry) throws IOException, ModelException {
        Path folder = Files.createDirectories(root.resolve(NAME));
        FileChannel turn = FileChannel.open(
                folder.resolve(entry.id() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean mine = false;
        try {
            mine = turn.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            // As good as held by another.
        } finally {
            if (!mine) {
                turn.close();
            }
        }
        if (!mine) {
            throw new ModelException(
                    ModelRefusal.BEING_DOWNLOADED.with(entry.name()),
                    entry.name() + " is being downloaded already, here or by another program.",
                    null);
        }
        return turn;
    }
}
