package dev.noisediffusion.export;

import dev.noisediffusion.image.Montage;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.FilmRefusal;
import dev.noisediffusion.job.ProgressMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All frames on one picture, row by row, nearly square; of one frame, that frame.
 *
 * @param columns of the sheet
 * @param width of the whole sheet, in pixels
 * @param height of the whole sheet, in pixels
 */
public record ContactSheet(int columns, long width, long height) {
    /** More would not fit into the memory of small computers. */
    public static final int MAX_PIXELS = 100_000_000;

    private static final int GAP = 4;

    /**
     * The sheet of so many frames.
     *
     * @param frames at least 1
     * @param frameWidth of one frame, in pixels
     * @param frameHeight of one frame, in pixels
     */
    public static ContactSheet of(int frames, int frameWidth, int frameHeight) {
        int columns = 1;
        while (columns < frames && (long) columns * frameWidth < (long) Math.ceilDiv(frames, columns) * frameHeight) {
            columns++;
        }
        int rows = Math.ceilDiv(frames, columns);
        return new ContactSheet(
                columns,
                (long) columns * frameWidth + (columns - 1L) * GAP,
                (long) rows * frameHeight + (rows - 1L) * GAP);
    }

    /**
     * Refuses a sheet that is too large.
     *
     * @param frames that it shows
     * @throws ExportException if it is, with what to do
     */
    void requireFits(int frames) throws ExportException {
        if (width * height > MAX_PIXELS) {
            throw tooLarge(frames, null);
        }
    }

    private ExportException tooLarge(int frames, @Nullable Throwable cause) {
        return new ExportException(
                FilmRefusal.SHEET_TOO_LARGE.with(width, height),
                "A contact sheet of " + frames + " frames, " + width + " x " + height
                        + " pixels, is too large: choose a smaller size multiple or fewer frames.",
                cause);
    }

    static Path encode(Film film) throws IOException {
        ContactSheet sheet = of(film.order().size(), film.width(), film.height());
        sheet.requireFits(film.order().size());
        try {
            return sheet.draw(film);
        } catch (OutOfMemoryError e) {
            // Other films of the same render are whole and stay.
            throw sheet.tooLarge(film.order().size(), e);
        }
    }

    private Path draw(Film film) throws IOException {
        var frames = new ArrayList<Picture>();
        ProgressMeter meter = film.meter(film.order().size());
        for (int index : film.order()) {
            film.cancellation().throwIfCancelled();
            frames.add(
                    Resampler.upscale(film.spool().read(index), film.settings().sizeMultiple()));
            meter.advance(Activity.Work.ENCODING_FILM, 1);
        }
        Map<String, String> texts = film.recipe().isBlank() ? Map.of() : Map.of(Recipes.KEYWORD, film.recipe());
        Path file = film.work().resolve("sheet.png");
        PngFile.write(Montage.grid(List.copyOf(frames), columns, GAP), file, texts);
        return file;
    }
}
