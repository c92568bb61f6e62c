package dev.noisediffusion.export;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.ProgressListener;
import java.io.IOException;

/**
 * Takes the frames of one film in order. Nothing appears under the target's name before {@link #finish}: frames go
 * to a temporary place, which {@link #close()} removes.
 */
public interface FrameSink extends AutoCloseable {
    /**
     * Takes the next frame.
     *
     * @param frame the next frame; all frames of a film have one size
     * @throws IOException with a sentence for the user
     */
    void write(Picture frame) throws IOException;

    /**
     * Encodes the frames, which takes most of the time of a film. To be called once the last has come.
     *
     * @param progress hears how much is encoded, from 0 to less than 1
     * @throws IOException with a sentence for the user
     */
    void encode(ProgressListener progress) throws IOException;

    /**
     * Encodes the frames, if that is not done, and moves the result into place. A film that is encoded already is moved even
     * if it is cancelled by now, so that of several films there are all or none.
     *
     * @param progress hears how much is encoded, from 0 to 1
     * @throws IOException with a sentence for the user
     */
    void finish(ProgressListener progress) throws IOException;

    /**
     * Frees everything; without {@link #finish} before, leaves no trace. What cannot be removed now, as a virus scanner
     * may hold it, is no fault of the film: it goes when the next one is made beside it.
     */
    @Override
    void close();
}
