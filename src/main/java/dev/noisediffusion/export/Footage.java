package dev.noisediffusion.export;

import java.nio.file.Path;

/**
 * The frames of a film that is to be made: they lie beside it as they are until it is finished.
 *
 * @param target the film
 * @param frames how many
 * @param width of one as it is handed to the sink, in pixels
 * @param height of one as it is handed to the sink, in pixels
 */
public record Footage(Path target, int frames, int width, int height) {
    /** What they take on the disk. */
    long bytes() {
        return 3L * width * height * frames;
    }
}
