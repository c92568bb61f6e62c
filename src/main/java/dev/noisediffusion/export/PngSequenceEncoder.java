package dev.noisediffusion.export;

import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.ProgressMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder of {@code frame-0001.png}, {@code frame-0002.png}, ... with the recipe in each. */
final class PngSequenceEncoder {
    private PngSequenceEncoder() {}

    static Path encode(Film film) throws IOException {
        Path folder = Files.createDirectory(film.work().resolve("frames"));
        List<Integer> order = film.order();
        Map<String, String> texts = film.recipe().isBlank() ? Map.of() : Map.of(Recipes.KEYWORD, film.recipe());
        var written = new HashMap<Integer, Path>();
        ProgressMeter meter = film.meter(order.size());
        for (int i = 0; i < order.size(); i++) {
            film.cancellation().throwIfCancelled();
            Path file = folder.resolve(film.numbering().fileName(i));
            Path same = written.putIfAbsent(order.get(i), file);
            if (same == null) {
                int multiple = film.settings().sizeMultiple();
                PngFile.write(Resampler.upscale(film.spool().read(order.get(i)), multiple), file, texts);
            } else {
                Files.copy(same, file);
            }
            meter.advance(Activity.Work.ENCODING_FILM, 1);
        }
        return folder;
    }
}
