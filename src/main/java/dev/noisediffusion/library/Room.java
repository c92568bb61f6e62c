package dev.noisediffusion.library;

import dev.noisediffusion.job.FullDisk;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on the disk of the models. */
final class Room {
    private Room() {}

    /**
     * Refuses what a disk has no room for, if it tells its room.
     *
     * @param what comes, for people
     * @param needed bytes
     * @param root where it comes to; need not be there
     */
    static void require(Object what, long needed, Path root) throws ModelException {
        if (FullDisk.isFull(place(root), needed)) {
            long free = free(root);
            throw new ModelException(
                    ModelRefusal.NO_ROOM.with(what, needed, root, free),
                    what + " needs " + Bytes.text(needed) + " in " + root + ", and the disk has " + Bytes.text(free)
                            + " left.",
                    null);
        }
    }

    /**
     * Bytes free where models are, or will be; 0 where the disk does not tell.
     *
     * @param root need not be there
     */
    static long free(Path root) {
        return place(root).toFile().getUsableSpace();
    }

    private static Path place(Path root) {
        Path there = root.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there == null ? root : there;
    }
}
