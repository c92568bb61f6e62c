package dev.noisediffusion.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Animated WebP. Each frame is compressed once, by itself, however often the film shows it: in a morph every pixel
 * changes from frame to frame, so that nothing is won by storing differences.
 */
final class WebpEncoder {
    static final int MAX_SIDE = 16_383;

    private WebpEncoder() {}

    static Path encode(Film film) throws IOException {
        var arguments = new ArrayList<String>(film.rawFormat(film.settings().fps()));
        arguments.addAll(List.of("-i", "pipe:0", "-vf"));
        arguments.add("scale=" + film.width() + ":" + film.height()
                + ":flags=lanczos+accurate_rnd+full_chroma_int:out_color_matrix=bt601:out_range=tv,format=yuv420p");
        String quality = String.valueOf(film.settings().quality());
        arguments.addAll(List.of("-c:v", "libwebp", "-lossless", "0", "-compression_level", "4", "-quality", quality));
        arguments.addAll(List.of("-f", "image2", "-start_number", "0", "frame-%06d.webp"));
        film.encodeSpool(arguments);
        List<Path> frames = film.order().stream()
                .map(index -> film.work().resolve(String.format(Locale.ROOT, "frame-%06d.webp", index)))
                .toList();
        Path webp = film.work().resolve("film.webp");
        WebpFile.write(film, frames, webp);
        return webp;
    }
}
