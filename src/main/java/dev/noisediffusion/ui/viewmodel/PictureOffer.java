package dev.noisediffusion.ui.viewmodel;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A picture that the user handed over, not read yet. */
public sealed interface PictureOffer {
    /** How the names of files with pictures end, in small letters. */
    List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff");

    /** A file, dropped or chosen. */
    record File(Path path) implements PictureOffer {}

    /** A file that comes with the studio, put in to show what a morph is; it gives way to a picture of the user's own. */
    record Example(Path path) implements PictureOffer {}

    /** An address dragged out of a browser: {@code http}, {@code https}, {@code file} or {@code data}. */
    record Web(URI address) implements PictureOffer {}

    /** Pixels from the clipboard. */
    record Pixels(Raster raster) implements PictureOffer {}

    /** Where it lies, if it is a file. */
    default Optional<Path> place() {
        return switch (this) {
            case File file -> Optional.of(file.path());
            case Example example -> Optional.of(example.path());
            case Web address -> Optional.empty();
            case Pixels pixels -> Optional.empty();
        };
    }
}
