package dev.noisediffusion.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * GIF with the 256 colours that fit the clip best, found in small copies of some of its frames, and error diffusion.
 */
final class GifEncoder {
    static final int MAX_SIDE = 65_535;
    private static final int PALETTE_SIDE = 160;
    private static final int PALETTE_FRAMES = 64;

    private GifEncoder() {}

    static Path encode(Film film) throws IOException {
        int fps = film.settings().shownFps();
        findPalette(film, fps);
        var arguments = new ArrayList<String>(film.rawFormat(fps));
        arguments.addAll(List.of("-i", "pipe:0", "-i", "palette.png", "-filter_complex"));
        arguments.add("[0:v]scale=" + film.width() + ":" + film.height()
                + ":flags=lanczos[large];[large][1:v]paletteuse=dither=sierra2_4a");
        boolean once = film.settings().playback() == Playback.ONCE;
        arguments.addAll(List.of("-loop", once ? "-1" : "0", "-f", "gif", "film.gif"));
        film.encode(arguments);
        Path gif = film.work().resolve("film.gif");
        if (!film.recipe().isBlank()) {
            GifBlocks.appendComment(gif, Recipes.PREFIX + film.recipe());
        }
        return gif;
    }

    private static void findPalette(Film film, int fps) throws IOException {
        FrameSpool spool = film.spool();
        double scale = Math.min(1, (double) PALETTE_SIDE / Math.max(spool.width(), spool.height()));
        long width = Math.max(1, Math.round(spool.width() * scale));
        long height = Math.max(1, Math.round(spool.height() * scale));
        int step = Math.ceilDiv(spool.count(), PALETTE_FRAMES);
        var arguments = new ArrayList<String>(film.rawFormat(fps));
        arguments.addAll(List.of("-i", String.valueOf(spool.path().getFileName()), "-vf"));
        arguments.add("select='not(mod(n," + step + "))',scale=" + width + ":" + height
                + ":flags=area,palettegen=reserve_transparent=0:stats_mode=full");
        arguments.addAll(List.of("-frames:v", "1", "-update", "1", "palette.png"));
        try (var ffmpeg = Ffmpeg.start(film.work(), arguments, film.cancellation())) {
            ffmpeg.run((input, sent) -> {}, frames -> {});
        }
    }
}
