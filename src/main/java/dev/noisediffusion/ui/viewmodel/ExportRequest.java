package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.MorphRequest;
import java.nio.file.Path;
import java.util.List;

/**
 * A film to be saved.
 *
 * @param target a file, or a folder for pictures
 * @param choices how
 * @param frames in order of time, once each; {@link Choices#playback} says how they are played
 * @param rival the comparison's frames to set beside them, as many; empty for none
 * @param recipe what the frames were rendered from, to be written into the file
 */
public record ExportRequest(
        Path target, Choices choices, List<Picture> frames, List<Picture> rival, MorphRequest recipe) {
    /**
     * What the user chose.
     *
     * @param format kind of file
     * @param fps frames a second
     * @param quality in [0, 100]
     * @param scale whole multiple of the model's size
     * @param playback order in which the frames are written
     */
    public record Choices(ExportFormat format, int fps, int quality, int scale, PlaybackMode playback) {}

    public ExportRequest {
        frames = List.copyOf(frames);
        rival = List.copyOf(rival);
    }
}
