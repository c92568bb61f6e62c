package dev.noisediffusion.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** VP9 in WebM at a constant quality, 4:2:0, BT.709, the recipe in its COMMENT tag. */
final class WebmEncoder {
    /** What the encoder takes. */
    static final int MAX_SIDE = 16_384;

    private static final int COARSEST_QUANTISER = 50;
    private static final int FINEST_QUANTISER = 6;

    private WebmEncoder() {}

    static Path encode(Film film) throws IOException {
        ExportSettings settings = film.settings();
        var arguments = new ArrayList<String>(film.rawFormat(settings.fps()));
        arguments.addAll(List.of("-i", "pipe:0"));
        if (!film.recipe().isBlank()) {
            arguments.addAll(Mp4Encoder.recipe(film));
        }
        arguments.addAll(List.of("-vf", Mp4Encoder.filter(film.width(), film.height())));
        arguments.addAll(List.of("-c:v", "libvpx-vp9", "-b:v", "0", "-crf", String.valueOf(quantiser(settings))));
        arguments.addAll(List.of("-deadline", "good", "-cpu-used", "4", "-g", String.valueOf(2 * settings.fps())));
        // Without chance in its identifiers: the same frames give the same bytes.
        arguments.addAll(List.of("-fflags", "+bitexact", "-flags:v", "+bitexact", "-f", "webm", "film.webm"));
        film.encode(arguments);
        return film.work().resolve("film.webm");
    }

    private static int quantiser(ExportSettings settings) {
        return Math.round(COARSEST_QUANTISER - settings.quality() / 100f * (COARSEST_QUANTISER - FINEST_QUANTISER));
    }
}
