package dev.noisediffusion.export;

import dev.noisediffusion.files.Folders;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.FilmRefusal;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Spools the frames in a hidden folder beside the target, encodes them there when the last has come, and moves the
 * result into place.
 */
final class SpooledSink implements FrameSink {
    private final Path target;
    private final ExportSettings settings;
    private final String recipe;
    private final Optional<Numbering> part;
    private final CancellationToken cancellation;
    private final Path work;
    private final FrameSpool spool;
    private boolean finished;

    SpooledSink(
            Path target,
            ExportSettings settings,
            String recipe,
            Optional<Numbering> part,
            CancellationToken cancellation)
            throws IOException {
        this.target = target.toAbsolutePath();
        this.settings = settings;
        this.recipe = recipe;
        this.part = part;
        this.cancellation = cancellation;
        this.work = Files.createTempDirectory(this.target.getParent(), ".noisediffusion-");
        try {
            this.spool = FrameSpool.create(work.resolve("frames.rgb"));
        } catch (IOException e) {
            Folders.delete(work);
            throw e;
        }
    }

    @Override
    public void write(Picture frame) throws IOException {
        cancellation.throwIfCancelled();
        if (spool.count() == 0) {
            FrameSinks.checkSize(frame.width(), frame.height(), settings);
        }
        try {
            spool.write(spool.count(), frame);
        } catch (IOException e) {
            throw ExportException.notWritten(target, e);
        }
    }

    @Override
    public void finish() throws IOException {
        if (finished) {
            return;
        }
        cancellation.throwIfCancelled();
        if (spool.count() == 0) {
            throw new ExportException(
                    ExportException.quote(target) + " was not written: there are no frames to save.", null);
        }
        Path made;
        List<Integer> order = order();
        Numbering numbering = part.orElseGet(() -> Numbering.whole(order.size()));
        var film = new Film(target, work, spool, order, settings, recipe, numbering, cancellation);
        try {
            made = FilmEncoder.of(settings.format()).encode(film);
        } catch (IOException e) {
            throw encodingFailed(e);
        }
        cancellation.throwIfCancelled();
        try {
            moveIntoPlace(made);
        } catch (IOException e) {
            ExportException sentence = ExportException.notWritten(target, e);
            throw sentence.is(FilmRefusal.FOLDER_LOST) && Files.exists(target) ? notReplaced(e) : sentence;
        }
        finished = true;
    }

    private ExportException encodingFailed(IOException cause) {
        ExportException sentence = ExportException.notWritten(target, cause);
        boolean fromFfmpeg = String.valueOf(cause.getMessage()).startsWith("FFmpeg");
        if (!fromFfmpeg || sentence.is(FilmRefusal.DISK_FULL)) {
            return sentence;
        }
        return ExportException.about(
                target,
                FilmRefusal.ENCODER_STOPPED,
                " was not written: the video encoder stopped; try again, or save a PNG sequence.",
                cause);
    }

    private ExportException notReplaced(IOException cause) {
        return ExportException.about(
                target,
                FilmRefusal.NOT_REPLACED,
                " could not be replaced: it may be open in another program; close it there, or choose another name.",
                cause);
    }

    private List<Integer> order() {
        boolean sheet = settings.format() == FilmFormat.CONTACT_SHEET;
        List<Integer> pass = (sheet ? Playback.ONCE : settings.playback()).order(spool.count());
        boolean repeats = settings.format().isVideo() && settings.playback() != Playback.ONCE;
        return repeats
                ? Collections.nCopies(settings.repeats(), pass).stream()
                        .flatMap(List::stream)
                        .toList()
                : pass;
    }

    private void moveIntoPlace(Path made) throws IOException {
        if (settings.format() == FilmFormat.PNG_SEQUENCE) {
            FrameSinks.checkTarget(target, settings.format());
            Files.deleteIfExists(target);
        }
        try {
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(made, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        spool.close();
        Folders.delete(work);
    }
}
