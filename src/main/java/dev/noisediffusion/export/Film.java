package dev.noisediffusion.export;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
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
 * @param progress hears how many of the frames are encoded
 */
record Film(
        Path target,
        Path work,
        FrameSpool spool,
        List<Integer> order,
        ExportSettings settings,
        String recipe,
        Numbering numbering,
        ProgressListener progress,
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

    /** Runs FFmpeg on all frames in their order. */
    void encode(List<String> arguments) throws IOException {
        encode(arguments, order);
    }

    /** Runs FFmpeg on every frame once, as they were taken. */
    void encodeSpool(List<String> arguments) throws IOException {
        encode(arguments, Playback.ONCE.order(spool.count()));
    }

    private void encode(List<String> arguments, List<Integer> indices) throws IOException {
        ProgressMeter meter = meter(indices.size());
        try (var ffmpeg = Ffmpeg.start(work, arguments, cancellation)) {
            ffmpeg.run(
                    (input, sent) -> feed(indices, input, sent),
                    frames -> meter.advance(Activity.Work.ENCODING_FILM, frames));
        }
    }

    private void feed(List<Integer> indices, OutputStream out, Runnable sent) throws IOException {
        for (int index : indices) {
            cancellation.throwIfCancelled();
            var bytes = new byte[3 * spool.width() * spool.height()];
            spool.read(index).rgb().get(bytes);
            out.write(bytes);
            sent.run();
        }
    }

    /** Counts so many frames as they are encoded, and what comes after the last as one more. */
    ProgressMeter meter(int frames) {
        return new ProgressMeter(frames + 1L, progress);
    }
}
