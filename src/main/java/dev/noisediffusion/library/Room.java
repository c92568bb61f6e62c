package dev.noisediffusion.library;

import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import java.nio.file.Path;

/** Room on the disk of the models. */
final class Room {
    private Room() {}

    /**
     * Refuses what a disk has no room for.
     *
     * @param what comes, for people
     * @param needed bytes
     * @param root where it comes to
     * @param free bytes there
     */
    static void require(Object what, long needed, Path root, long free) throws ModelException {
        if (needed > free) {
            throw new ModelException(
                    ModelRefusal.NO_ROOM.with(what, needed, root, free),
                    what + " needs " + Bytes.text(needed) + " in " + root + ", and the disk has " + Bytes.text(free)
                            + " left.",
                    null);
        }
    }
}
