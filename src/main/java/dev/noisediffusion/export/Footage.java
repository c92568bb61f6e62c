package dev.noisediffusion.export;

import java.nio.file.Path;

/**
 * The frames of a film that is to be made: they lie beside it as they are until it is finished, and then what is written of
 * them too.
 *
 * @param target the film
 * @param frames how many
 * @param width of one as it is handed to the sink, in pixels
 * @param height of one as it is handed to the sink, in pixels
 * @param settings how it is written
 */
public record Footage(Path target, int frames, int width, int height, ExportSettings settings) {
    /** PNG seldom takes less than one byte in so many, enlarged pictures included; a GIF has one for the three of a pixel. */
    private static final int BULKY_SAVES = 3;

    /** What they take on the disk, carefully counted: videos and WebP are small beside the frames as they are. */
    long bytes() {
        long frame = 3L * width * height;
        long raw = frame * frames;
        if (!settings.format().isBulky()) {
            return raw;
        }
        long enlarged = frame * settings.sizeMultiple() * settings.sizeMultiple();
        return raw + enlarged * settings.order(frames).size() / BULKY_SAVES;
    }
}
