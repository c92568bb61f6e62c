package dev.noisediffusion.export;

import dev.noisediffusion.image.PngFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Animated PNG: every pixel as it was, the recipe in an iTXt chunk as in a still PNG. */
final class ApngEncoder {
    private ApngEncoder() {}

    static Path encode(Film film) throws IOException {
        int fps = film.settings().shownFps();
        var arguments = new ArrayList<String>(film.rawFormat(fps));
        arguments.addAll(List.of("-i", "pipe:0", "-vf"));
        arguments.add("scale=" + film.width() + ":" + film.height() + ":flags=lanczos+accurate_rnd+full_chroma_int");
        boolean once = film.settings().playback() == Playback.ONCE;
        arguments.addAll(List.of("-c:v", "apng", "-pred", "mixed", "-pix_fmt", "rgb24"));
        arguments.addAll(List.of("-plays", once ? "1" : "0", "-f", "apng", "film.apng"));
        film.encode(arguments);
        Path apng = film.work().resolve("film.apng");
        if (!film.recipe().isBlank()) {
            PngFile.appendText(apng, Recipes.KEYWORD, film.recipe());
        }
        return apng;
    }
}
