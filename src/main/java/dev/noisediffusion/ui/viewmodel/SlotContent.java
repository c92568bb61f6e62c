package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A picture in a slot.
 *
 * @param name for people
 * @param picture the whole of it
 * @param raster for the screen
 * @param sha256 of its size and pixels
 * @param source the file it was read from; none if it was pasted, came from the web or was inside a project
 * @param places where it may lie as well, as the project says that it was inside; nobody has looked there
 * @param isExample whether nobody has chosen it: it shows what a morph is, until the user brings pictures of their own
 */
record SlotContent(
        String name,
        Picture picture,
        Raster raster,
        String sha256,
        Optional<Path> source,
        List<Path> places,
        boolean isExample) {
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
                List.of(),
                false);
    }

    /** The same picture as one that nobody has chosen. */
    SlotContent asExample() {
        return new SlotContent(name, picture, raster, sha256, source, places, true);
    }

    /** The same picture as one that may lie elsewhere as well. */
    SlotContent perhapsAt(List<Path> others) {
        return new SlotContent(name, picture, raster, sha256, source, others, isExample);
    }

    /** The same picture as one that lies in a file. */
    SlotContent in(Path file) {
        return new SlotContent(name, picture, raster, sha256, Optional.of(file.toAbsolutePath()), List.of(), isExample);
    }
}
