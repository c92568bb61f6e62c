package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import java.nio.file.Path;

/** Reads picture files. Called on background threads; what it throws carries a sentence for the user. */
public interface PictureReader {
    /** The picture in a file, upright. */
    Picture read(Path file) throws Exception;

    /**
     * The picture in the bytes of a file.
     *
     * @param name for messages
     */
    Picture read(byte[] bytes, String name) throws Exception;
}
