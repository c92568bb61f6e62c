package dev.noisediffusion.export;

import static dev.noisediffusion.export.ExportException.about;
import static dev.noisediffusion.export.ExportException.name;
import static dev.noisediffusion.export.ExportException.quote;

import dev.noisediffusion.files.Turns;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.FilmRefusal;
import dev.noisediffusion.job.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens films for writing, and says beforehand what would go wrong. All that write films in one process share one of these, as
 * it locks what it writes into.
 */
public final class FrameSinks {
    private static final long LEAST_SPACE = 16 << 20;
    /** Of folders that are there. */
    private static final Set<String> NO_NAMES = Set.of(".", "..");

    private final Turns turns;
    private final Ffmpeg.Program encoder;
    private volatile boolean encoderStarts;

    public FrameSinks() {
        this(new Turns());
    }

    /** @param turns at the folders in which films are made */
    FrameSinks(Turns turns) {
        this(turns, Ffmpeg::executable);
    }

    /** @param encoder that takes the place of the bundled one where it is asked whether it starts */
    FrameSinks(Turns turns, Ffmpeg.Program encoder) {
        this.turns = turns;
        this.encoder = encoder;
    }

    /**
     * Opens a film. An existing file is replaced when the film is finished; a PNG sequence needs a folder that is empty
     * or not there.
     *
     * @param recipeJson goes into the metadata of each file; blank for none
     * @param cancellation ends the encoder; this, {@code write}, {@code encode} and {@code finish} then throw a
     *     {@link java.util.concurrent.CancellationException}
     * @throws ExportException if the target cannot be written, or the format needs an encoder that does not start
     */
    public FrameSink open(Path target, ExportSettings settings, String recipeJson, CancellationToken cancellation)
            throws ExportException {
        return open(target, settings, recipeJson, Optional.empty(), true, cancellation);
    }

    /**
     * Opens a film under a name that is to be free, now and when the film is finished: whatever came there meanwhile stays, and
     * {@code finish} refuses.
     *
     * @param recipeJson goes into the metadata of each file; blank for none
     * @param cancellation as in {@link #open}
     * @throws ExportException as in {@link #open}, or if the target is there already
     */
    public FrameSink openNew(Path target, ExportSettings settings, String recipeJson, CancellationToken cancellation)
            throws ExportException {
        if (settings.format() != FilmFormat.PNG_SEQUENCE && Files.exists(target)) {
            throw taken(target, null);
        }
        return open(target, settings, recipeJson, Optional.empty(), false, cancellation);
    }

    /** What is told of a name that is not free. */
    static ExportException taken(Path target, @Nullable IOException cause) {
        return about(
                target,
                FilmRefusal.TAKEN,
                " was not written: there is a file of this name already; rename or move it, or choose another name.",
                cause);
    }

    /**
     * Opens a part of a film, to be put together with the others afterwards: its files are numbered as in the whole.
     *
     * @param settings of a PNG sequence that is played once: only its files stand alone
     * @throws ExportException if the target cannot be written
     */
    public FrameSink openPart(
            Path target,
            ExportSettings settings,
            String recipeJson,
            Numbering numbering,
            CancellationToken cancellation)
            throws ExportException {
        if (settings.format() != FilmFormat.PNG_SEQUENCE || settings.playback() != Playback.ONCE) {
            throw new IllegalArgumentException("Only a PNG sequence that is played once can be written in parts");
        }
        return open(target, settings, recipeJson, Optional.of(numbering), true, cancellation);
    }

    private FrameSink open(
            Path target,
            ExportSettings settings,
            String recipeJson,
            Optional<Numbering> part,
            boolean replaces,
            CancellationToken cancellation)
            throws ExportException {
        checkTarget(target, settings.format());
        checkEncoder(settings.format(), cancellation);
        try {
            return new SpooledSink(target, settings, recipeJson, part, replaces, turns, cancellation);
        } catch (IOException e) {
            throw ExportException.notWritten(target, e);
        }
    }

    /**
     * Says before the work starts whether the encoder that a format needs can be started here. It is started for this until it
     * has done so once. For background threads, as it may have to be unpacked first.
     *
     * @param cancellation ends it; this then throws a {@link java.util.concurrent.CancellationException}
     * @throws ExportException if not, with what to do
     */
    public void checkEncoder(FilmFormat format, CancellationToken cancellation) throws ExportException {
        if (format.isTimed() && !encoderStarts) {
            Ffmpeg.requireStarts(encoder.path(), cancellation);
            encoderStarts = true;
        }
    }

    /**
     * Says before the work starts whether a film can be put there.
     *
     * @throws ExportException if not, with what to do
     */
    public static void checkTarget(Path target, FilmFormat format) throws ExportException {
        Path folder = target.toAbsolutePath().getParent();
        Path fileName = target.getFileName();
        if (folder == null || fileName == null || NO_NAMES.contains(fileName.toString())) {
            throw about(target, FilmRefusal.NO_NAME, " is no name for a film: choose a file name.", null);
        }
        if (!Files.exists(folder)) {
            throw new ExportException(
                    FilmRefusal.NO_FOLDER.with(name(target), folder),
                    quote(target) + " cannot be saved: the folder \"" + folder + "\" does not exist; create it first.",
                    null);
        }
        if (!Files.isDirectory(folder)) {
            throw new ExportException(
                    FilmRefusal.FOLDER_IS_A_FILE.with(name(target), folder),
                    quote(target) + " cannot be saved: \"" + folder + "\" is a file, not a folder.",
                    null);
        }
        try {
            checkExisting(target, format);
            Files.delete(Files.createTempFile(folder, ".noisediffusion-", ".check"));
            checkName(target);
            requireRoom(target, folder, LEAST_SPACE);
        } catch (ExportException e) {
            throw e;
        } catch (IOException e) {
            throw new ExportException(
                    FilmRefusal.FOLDER_FORBIDDEN.with(name(target), folder),
                    quote(target) + " cannot be saved: you may not write to the folder \"" + folder
                            + "\"; choose another one.",
                    e);
        }
    }

    /**
     * Says before the work starts whether frames of a size fit the format.
     *
     * @param width of one frame, in pixels, before the size multiple
     * @param height of one frame, in pixels, before the size multiple
     * @throws ExportException if not, with what to do
     */
    public static void checkSize(int width, int height, ExportSettings settings) throws ExportException {
        long w = (long) width * settings.sizeMultiple();
        long h = (long) height * settings.sizeMultiple();
        boolean video = settings.format().isVideo();
        boolean tooLarge = switch (settings.format()) {
            case MP4 -> (w + w % 2) * (h + h % 2) > Mp4Encoder.MAX_PIXELS;
            case WEBM -> Math.max(w, h) > WebmEncoder.MAX_SIDE;
            case GIF -> Math.max(w, h) > GifEncoder.MAX_SIDE;
            case WEBP -> Math.max(w, h) > WebpEncoder.MAX_SIDE;
            case APNG, PNG_SEQUENCE -> 3 * w * h > Integer.MAX_VALUE;
            case CONTACT_SHEET -> w * h > ContactSheet.MAX_PIXELS;
        };
        if (tooLarge) {
            String title = settings.format().title();
            throw new ExportException(
                    settings.format() == FilmFormat.CONTACT_SHEET
                            ? FilmRefusal.SHEET_TOO_LARGE.with(w, h)
                            : FilmRefusal.TOO_LARGE.with(w, h, title),
                    "A film of " + w + " x " + h + " pixels is too large for " + title
                            + ": choose a smaller size multiple.",
                    null);
        }
        if (video && Math.min(w, h) < Mp4Encoder.MIN_SIDE) {
            String title = settings.format().title();
            throw new ExportException(
                    FilmRefusal.TOO_SMALL.with(w, h, title, Mp4Encoder.MIN_SIDE),
                    "A film of " + w + " x " + h + " pixels is too small for " + title + ", which begins at "
                            + Mp4Encoder.MIN_SIDE + " x " + Mp4Encoder.MIN_SIDE + ": choose a larger size multiple.",
                    null);
        }
    }

    /**
     * Says before the work starts whether so many frames of a size fit the format: a contact sheet grows with their number.
     *
     * @param frames at least 1
     * @param width of one frame, in pixels, before the size multiple
     * @param height of one frame, in pixels, before the size multiple
     * @throws ExportException if not, with what to do
     */
    public static void checkSize(int frames, int width, int height, ExportSettings settings) throws ExportException {
        checkSize(width, height, settings);
        if (settings.format() == FilmFormat.CONTACT_SHEET) {
            ContactSheet.of(frames, width * settings.sizeMultiple(), height * settings.sizeMultiple())
                    .requireFits(frames);
        }
    }

    /**
     * Says before the work starts whether there is room for the frames of films that are made at the same time, and for what is
     * written of them where that is not small, as GIF and PNG. What else is written meanwhile is not known.
     *
     * @throws ExportException about the first that finds none, with what to do
     */
    public static void checkRoom(List<Footage> together) throws ExportException {
        var needed = new HashMap<Object, Long>();
        for (Footage film : together) {
            Path folder = film.target().toAbsolutePath().resolveSibling("");
            Object disk = disk(folder);
            long bytes = needed.getOrDefault(disk, 0L) + film.bytes();
            needed.put(disk, bytes);
            requireRoom(film.target(), folder, bytes);
        }
    }

    /** What tells the disk of a folder from others; the folder itself where the system does not know. */
    private static Object disk(Path folder) {
        try {
            return Files.getFileStore(folder);
        } catch (IOException e) {
            return folder;
        }
    }

    private static void requireRoom(Path target, Path folder, long bytes) throws ExportException {
        if (FullDisk.isFull(folder, bytes)) {
            throw about(
                    target,
                    FilmRefusal.DISK_FULL,
                    " cannot be saved: the disk has too little room; free some space or choose another place.",
                    null);
        }
    }

    /** Names that a file system refuses are known by trying only. */
    private static void checkName(Path target) throws ExportException {
        try {
            if (!Files.exists(target)) {
                Files.delete(Files.createFile(target));
            }
        } catch (IOException e) {
            throw about(
                    target, FilmRefusal.NAME_REFUSED, " is a name that cannot be used there; choose another one.", e);
        }
    }

    /** Says whether what is there gives way to a film. */
    static void checkExisting(Path target, FilmFormat format) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (format != FilmFormat.PNG_SEQUENCE) {
            if (Files.isDirectory(target)) {
                throw about(target, FilmRefusal.IS_A_FOLDER, " is a folder: choose a file name for the film.", null);
            }
            if (!Files.isWritable(target)) {
                throw about(target, FilmRefusal.PROTECTED, " is protected against writing: choose another name.", null);
            }
            return;
        }
        if (!Files.isDirectory(target)) {
            throw about(
                    target,
                    FilmRefusal.IS_A_FILE,
                    " is a file, and a PNG sequence needs a folder: choose another name.",
                    null);
        }
        try (Stream<Path> entries = Files.list(target)) {
            if (entries.findAny().isPresent()) {
                throw about(
                        target,
                        FilmRefusal.FOLDER_IN_USE,
                        " is a folder with files in it, which a PNG sequence would mix with: choose a new name.",
                        null);
            }
        }
    }
}
