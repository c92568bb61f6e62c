package dev.noisediffusion.export;

import dev.noisediffusion.image.Picture;
import java.io.IOException;

/**
 * Takes the frames of one film in order. Nothing appears under the target's name before {@link #finish()}: frames go
 * to a temporary place, which {@link #close()} removes if the film was not finished.
 */
public interface FrameSink extends AutoCloseable {
    /**
     * Takes the next frame.
     *
     * @param frame the next frame; all frames of a film have one size
     * @throws IOException with a sentence for the user
     */
    void write(Picture frame) throws IOException;

    /** Completes the file and moves it into place. */
    void finish() throws IOException;

    /** Frees everything; without {@link #finish()} before, leaves no trace. */
    @Override
    void close() throws IOException;
}
