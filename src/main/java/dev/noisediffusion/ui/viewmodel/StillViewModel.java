package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/** Single frames of the film as pictures, in the size that exports have. */
public final class StillViewModel {
    private final StudioServices services;
    private final Texts texts;
    private final FilmstripViewModel film;
    private final Predicate<FrameCell> overtaken;
    private final IntSupplier multiple;
    private final ExportQueueViewModel exports;

    /**
     * The frames of one film.
     *
     * @param overtaken whether a frame is of other settings than what is seen in its place, or is about to be
     * @param multiple how many times the sides of a frame those of its picture are
     * @param exports tells what was saved, and what failed
     */
    StillViewModel(
            StudioServices services,
            FilmstripViewModel film,
            Predicate<FrameCell> overtaken,
            IntSupplier multiple,
            ExportQueueViewModel exports) {
        this.services = services;
        this.texts = services.texts();
        this.film = film;
        this.overtaken = overtaken;
        this.multiple = multiple;
        this.exports = exports;
    }

    /** Whether a frame is one of the film, and has the picture that is seen and that its settings make. */
    public boolean isThere(FrameCell cell) {
        return cell.isDone() && film.version().isPresent() && film.cells().contains(cell) && !overtaken.test(cell);
    }

    /** Asks where to, and saves a frame as a PNG with its recipe. Without its picture nothing happens. */
    public void save(FrameCell cell) {
        if (isThere(cell)) {
            // The film goes on while the dialog is open.
            FilmstripViewModel.Version version = film.version().orElseThrow();
            Picture picture = cell.picture().orElseThrow();
            String extension = FilmFormat.CONTACT_SHEET.extension();
            services.dialogs()
                    .chooseStillTarget(texts.get("still.fileName", number(cell)) + extension, extension)
                    .ifPresent(target -> saveTo(target, picture, version));
        }
    }

    private void saveTo(Path target, Picture picture, FilmstripViewModel.Version version) {
        var request = ExportRequest.still(target, picture, multiple.getAsInt(), version.request(), version.model());
        run(
                (progress, cancellation) -> {
                    // Nobody can call it off, and a window that closes meanwhile waits for its end.
                    services.exporter().export(request, progress, new CancellationToken());
                    return target;
                },
                saved -> exports.note(texts.get("export.saved", saved.getFileName())));
    }

    /**
     * Hands out a frame for the clipboard. Without its picture only that is said.
     *
     * @param board takes it, on the thread of events
     */
    public void copy(FrameCell cell, Consumer<Raster> board) {
        if (isThere(cell)) {
            Picture picture = cell.picture().orElseThrow();
            int factor = multiple.getAsInt();
            run((progress, cancellation) -> Raster.of(Resampler.upscale(picture, factor)), raster -> {
                board.accept(raster);
                exports.note(texts.get("still.copied", number(cell)));
            });
        } else {
            exports.note(texts.get("still.notCopied", number(cell)));
        }
    }

    private <T> void run(Job<T> job, Consumer<T> then) {
        services.jobs().run(job, JobRunner.Observer.of(then, exports::tell));
    }

    /** As people count, and without separators, so that it goes into a file name. */
    private static String number(FrameCell cell) {
        return String.valueOf(cell.index() + 1);
    }
}
