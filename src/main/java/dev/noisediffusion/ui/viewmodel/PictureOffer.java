package dev.noisediffusion.ui.viewmodel;

import java.net.URI;
import java.nio.file.Path;

/** A picture that the user handed over, not read yet. */
public sealed interface PictureOffer {
    /** A file, dropped or chosen. */
    record File(Path path) implements PictureOffer {}

    /** An address dragged out of a browser: {@code http}, {@code https}, {@code file} or {@code data}. */
    record Web(URI address) implements PictureOffer {}

    /** Pixels from the clipboard. */
    record Pixels(Raster raster) implements PictureOffer {}
}
