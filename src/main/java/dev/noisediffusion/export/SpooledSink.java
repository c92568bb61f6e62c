package dev.noisediffusion.export;

import dev.noisediffusion.files.Turns;
import dev.noisediffusion.files.WorkFolder;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.FilmRefusal;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * Spools the frames in a hidden folder beside the target, encodes them there when the last has come, and moves the
 * result into place.
 */
final class SpooledSink implements FrameSink {
    private static final System.Logger LOG = System.getLogger(SpooledSink.class.getName());
    private static final String WORK = ".noisediffusion-";

    private final Path target;
    private final ExportSettings settings;
    private final String recipe;
    private final Optional<Numbering> part;
    private final boolean replaces;
    private final CancellationToken cancellation;
    private final WorkFolder work;
    private final FrameSpool spool;
    /** The finished file or folder, inside the work folder. */
    private Optional<Path> made = Optional.empty();

    private boolean finished;

    /**
     * Makes the folder for the frames.
     *
     * @param replaces whether a file of this name gives way when the film is finished
     * @param turns of all that make films in this process
     */
    SpooledSink(
            Path target,
            ExportSettings settings,
            String recipe,
            Optional<Numbering> part,
            boolean replaces,
            Turns turns,
            CancellationToken cancellation)
            throws IOException {
        this.target = target.toAbsolutePath();
        this.settings = settings;
        this.recipe = recipe;
        this.part = part;
        this.replaces = replaces;
        this.cancellation = cancellation;
        this.work = WorkFolder.make(this.target.resolveSibling(""), WORK, turns);
        try {
            this.spool = FrameSpool.create(work.path().resolve("frames.rgb"));
        } catch (IOException e) {
            leave(work);
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
            spool.write(frame);
        } catch (IOException e) {
            throw ExportException.notWritten(target, e);
        }
    }

    @Override
    public void encode(ProgressListener progress) throws IOException {
        if (made.isPresent()) {
            return;
        }
        cancellation.throwIfCancelled();
        if (spool.count() == 0) {
            throw new ExportException(
                    ExportException.quote(target) + " was not written: there are no frames to save.", null);
        }
        progress.onProgress(new Progress(Activity.Work.ENCODING_FILM, 0, Optional.empty()));
        List<Integer> order = settings.order(spool.count());
        Numbering numbering = part.orElseGet(() -> Numbering.whole(order.size()));
        var film = new Film(target, work.path(), spool, order, settings, recipe, numbering, progress, cancellation);
        Path encoded;
        try {
            encoded = encoded(film);
        } catch (IOException e) {
            throw encodingFailed(e);
        }
        cancellation.throwIfCancelled();
        made = Optional.of(encoded);
    }

    @Override
    public void finish(ProgressListener progress) throws IOException {
        if (finished) {
            return;
        }
        encode(progress);
        try {
            moveIntoPlace(made.orElseThrow());
        } catch (IOException e) {
            ExportException sentence = ExportException.notWritten(target, e);
            throw sentence.is(FilmRefusal.FOLDER_LOST) && Files.exists(target) ? notReplaced(e) : sentence;
        }
        finished = true;
        progress.onProgress(new Progress(Activity.Work.ENCODING_FILM, 1, Optional.empty()));
    }

    /** The finished file or folder, inside the film's work folder. */
    private static Path encoded(Film film) throws IOException {
        return switch (film.settings().format()) {
            case MP4 -> Mp4Encoder.encode(film);
            case WEBM -> WebmEncoder.encode(film);
            case GIF -> GifEncoder.encode(film);
            case WEBP -> WebpEncoder.encode(film);
            case APNG -> ApngEncoder.encode(film);
            case PNG_SEQUENCE -> PngSequenceEncoder.encode(film);
            case CONTACT_SHEET -> ContactSheet.encode(film);
        };
    }

    private ExportException encodingFailed(IOException cause) {
        ExportException sentence = ExportException.notWritten(target, cause);
        boolean fromFfmpeg = String.valueOf(cause.getMessage()).startsWith("FFmpeg");
        if (!fromFfmpeg || !sentence.is(FilmRefusal.FOLDER_LOST)) {
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

    private void moveIntoPlace(Path encoded) throws IOException {
        if (settings.format() == FilmFormat.PNG_SEQUENCE) {
            FrameSinks.checkExisting(target, settings.format());
            Files.deleteIfExists(target);
        }
        if (replaces) {
            replace(encoded);
        } else {
            try {
                Files.move(encoded, target);
            } catch (FileAlreadyExistsException e) {
                throw FrameSinks.taken(target, e);
            }
        }
    }

    private void replace(Path encoded) throws IOException {
        try {
            Files.move(encoded, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(encoded, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() {
        try {
            spool.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Frames were not let go", e);
        } finally {
            leave(work);
        }
    }

    /** A folder that cannot be deleted is left to a later film: this one may be whole. */
    private static void leave(WorkFolder work) {
        try {
            work.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "A folder stays behind: " + work.path(), e);
        }
    }
}
