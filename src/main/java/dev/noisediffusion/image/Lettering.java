package dev.noisediffusion.image;

import java.util.Optional;
import java.util.function.Supplier;

/** Writing on pictures, where it can be done: a system without fonts, as servers may be, makes them without words. */
public final class Lettering {
    private static final System.Logger LOG = System.getLogger(Lettering.class.getName());

    private Lettering() {}

    /**
     * Does what needs fonts.
     *
     * @return empty where there are none
     */
    public static <T> Optional<T> attempt(Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (RuntimeException | LinkageError | InternalError e) {
            LOG.log(System.Logger.Level.WARNING, "No fonts to write with", e);
            return Optional.empty();
        }
    }
}
