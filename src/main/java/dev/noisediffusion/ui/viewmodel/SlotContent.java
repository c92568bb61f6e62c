package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture in a slot.
 *
 * @param name for people
 * @param picture the whole of it
 * @param raster for the screen
 * @param sha256 of its size and pixels
 * @param source the file it was read from; none if it was pasted or came from the web
 * @param isExample whether nobody has chosen it: it shows what a morph is, until the user brings pictures of their own
 */
record SlotContent(
        String name, Picture picture, Raster raster, String sha256, Optional<Path> source, boolean isExample) {
    /** Large enough for a slot that is zoomed into. */
    private static final int DISPLAY_SIDE = 1024;

    /** Gets a picture ready for its slot; for background threads. */
    static SlotContent of(String name, Picture picture, Optional<Path> source) {
        return new SlotContent(
                name,
                picture,
                Raster.fitting(picture, DISPLAY_SIDE),
                picture.hash(),
                source.map(Path::toAbsolutePath),
                false);
    }

    /** The same picture as one that nobody has chosen. */
    SlotContent asExample() {
        return new SlotContent(name, picture, raster, sha256, source, true);
    }
}
