package dev.noisediffusion.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** H.264 in MP4: OpenH264 at a constant quantiser, 4:2:0, BT.709, index at the front. */
final class Mp4Encoder {
    /** What the encoder takes. */
    static final int MIN_SIDE = 16;

    static final int MAX_PIXELS = 9_437_184;
    private static final int COARSEST_QUANTISER = 40;
    private static final int FINEST_QUANTISER = 12;

    private Mp4Encoder() {}

    static Path encode(Film film) throws IOException {
        ExportSettings settings = film.settings();
        var arguments = new ArrayList<String>(film.rawFormat(settings.fps()));
        arguments.addAll(List.of("-i", "pipe:0"));
        if (!film.recipe().isBlank()) {
            arguments.addAll(recipe(film));
        }
        String quantiser = String.valueOf(quantiser(settings.quality()));
        arguments.addAll(List.of("-vf", filter(film.width(), film.height())));
        arguments.addAll(List.of("-c:v", "libopenh264", "-profile:v", "high", "-rc_mode", "quality"));
        arguments.addAll(List.of("-qmin", quantiser, "-qmax", quantiser));
        arguments.addAll(List.of("-g", String.valueOf(2 * settings.fps())));
        arguments.addAll(List.of("-movflags", "+faststart", "-f", "mp4", "film.mp4"));
        film.encode(arguments);
        return film.work().resolve("film.mp4");
    }

    /** In a file, as a command line is too short for long recipes on some systems. */
    static List<String> recipe(Film film) throws IOException {
        // Half a character, as names of files can have, becomes a question mark, where writing text would refuse it.
        Files.write(
                film.work().resolve("recipe.ffmeta"), metadata(film.recipe()).getBytes(StandardCharsets.UTF_8));
        return List.of("-f", "ffmetadata", "-i", "recipe.ffmeta", "-map", "0:v", "-map_metadata", "1");
    }

    static int quantiser(int quality) {
        return Math.round(COARSEST_QUANTISER - quality / 100f * (COARSEST_QUANTISER - FINEST_QUANTISER));
    }

    /** Odd sides get one more column or row that repeats the edge: 4:2:0 colour has half the columns and rows. */
    static String filter(int width, int height) {
        String scale = "scale=" + width + ":" + height + ":flags=lanczos+accurate_rnd+full_chroma_int";
        String bt709 = "out_color_matrix=bt709:out_range=tv";
        String tagged =
                ",format=yuv420p," + "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709";
        int right = width % 2;
        int bottom = height % 2;
        if (right + bottom == 0) {
            return scale + ":" + bt709 + tagged;
        }
        return scale + ",format=gbrp,pad=" + (width + right) + ":" + (height + bottom) + ":0:0,fillborders=right="
                + right + ":bottom=" + bottom + ":mode=smear,scale=flags=accurate_rnd+full_chroma_int:" + bt709
                + tagged;
    }

    /** FFmpeg's metadata file: its special characters have a backslash before them. */
    static String metadata(String recipe) {
        var text = new StringBuilder(";FFMETADATA1\ncomment=");
        (Recipes.PREFIX + recipe).chars().forEach(c -> {
            if ("=;#\\\n".indexOf(c) >= 0) {
                text.append('\\');
            }
            text.append((char) c);
        });
        return text.append('\n').toString();
    }
}
