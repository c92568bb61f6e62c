package dev.noisediffusion.library;

import dev.noisediffusion.files.Turns;
import dev.noisediffusion.files.WorkFolder;
import dev.noisediffusion.job.FullDisk;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Puts models into the studio's own folder.
 *
 * @param root of the models; made when it is needed
 */
record Installer(Path root, Turns turns) {
    /** Writes the files of a model into a folder. */
    @FunctionalInterface
    interface Filler {
        void fill(Path growing) throws IOException, ModelException;
    }

    /**
     * A model grows in a hidden folder and moves into place when it is whole. Nothing is left of one that fails.
     *
     * @param from where it comes from, for people
     * @param name that its folder is named after
     * @return its folder
     * @throws ModelException with a sentence, if it is no model, is there already, the disk becomes full, or it cannot be
     *     written
     */
    Path install(Path from, String name, Filler filler) throws ModelException {
        Path target = root.resolve(FileNames.idOf(name));
        if (Files.exists(target)) {
            throw new ModelException(
                    ModelRefusal.ALREADY_THERE.with(target),
                    target + " is there already; remove it first, or rename what you add.",
                    null);
        }
        try {
            Files.createDirectories(root);
            try (WorkFolder growing = WorkFolder.make(root, ModelLibrary.WORK, turns)) {
                fill(from, filler, growing.path());
                ModelLayout.read(growing.path());
                Files.move(growing.path(), target, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new ModelException(
                    ModelRefusal.UNWRITABLE.with(target), from + " could not be copied to " + target + ".", e);
        }
        return target;
    }

    /** Asks why it fails as long as what is there takes its room. */
    private void fill(Path from, Filler filler, Path growing) throws IOException, ModelException {
        try {
            filler.fill(growing);
        } catch (IOException e) {
            if (!FullDisk.caused(e, growing)) {
                throw e;
            }
            throw new ModelException(
                    ModelRefusal.DISK_FILLED.with(from, root),
                    from + " could not be copied to " + root
                            + ": the disk became full, so nothing of it stays there. Free"
                            + " some space and try again.",
                    e);
        }
    }
}
