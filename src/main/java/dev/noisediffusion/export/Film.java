package dev.noisediffusion.export;

import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A film with all its frames, ready to be encoded.
 *
 * @param target what it will be called, for messages
 * @param work a folder for this film alone; the result and all that is needed on the way is put there
 * @param spool the frames
 * @param order indices of the frames as they are shown
 * @param recipe goes into the metadata, unless blank
 * @param numbering of the files of a PNG sequence
 */
record Film(
        Path target,
        Path work,
        FrameSpool spool,
        List<Integer> order,
        ExportSettings settings,
        String recipe,
        Numbering numbering,
        CancellationToken cancellation) {

    /** Of the finished film, in pixels. */
    int width() {
        return spool.width() * settings.sizeMultiple();
    }

    /** Of the finished film, in pixels. */
    int height() {
        return spool.height() * settings.sizeMultiple();
    }

    /** Describes the spooled pixels to FFmpeg. */
    List<String> rawFormat(int fps) {
        return List.of(
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgb24",
                "-video_size",
                spool.width() + "x" + spool.height(),
                "-framerate",
                String.valueOf(fps));
    }

    /** Sends all frames in their order. */
    void feed(OutputStream out) throws IOException {
        feed(order, out);
    }

    /** Sends every frame once, as they were taken. */
    void feedSpool(OutputStream out) throws IOException {
        feed(Playback.ONCE.order(spool.count()), out);
    }

    private void feed(List<Integer> indices, OutputStream out) throws IOException {
        for (int index : indices) {
            cancellation.throwIfCancelled();
            var bytes = new byte[3 * spool.width() * spool.height()];
            spool.read(index).rgb().get(bytes);
            out.write(bytes);
        }
    }
}
