package dev.noisediffusion.export;

import java.util.Collections;
import java.util.List;

/**
 * How a film is written.
 *
 * @param format of the file
 * @param fps frames a second, 1 to 120; a GIF knows hundredths of a second, and some formats are slower than they are asked to be
 *     beyond {@link FilmFormat#mostFps}
 * @param quality of a video or WebP, 0 (small) to 100 (no loss to be seen); GIF and PNG have one quality
 * @param sizeMultiple 1 to 8: the sides of the film are so many times those of the frames
 * @param playback order of the frames; a contact sheet shows each once
 * @param repeats of a video: how many passes are written one after the other, 1 to 100, as a video cannot ask its
 *     player to loop; not used with {@link Playback#ONCE} and by the other formats
 */
public record ExportSettings(
        FilmFormat format, int fps, int quality, int sizeMultiple, Playback playback, int repeats) {
    public static final int MAX_FPS = 120;
    public static final int MAX_SIZE_MULTIPLE = 8;
    public static final int MAX_REPEATS = 100;

    public ExportSettings {
        require("frames a second", fps, 1, MAX_FPS);
        require("quality", quality, 0, 100);
        require("size multiple", sizeMultiple, 1, MAX_SIZE_MULTIPLE);
        require("repeats", repeats, 1, MAX_REPEATS);
    }

    /**
     * What the command line begins with: 12 frames a second, quality 80, four times the size, there and back once; of a PNG
     * sequence, which goes on to other programs, each frame once. The window begins with those of a video whatever the format,
     * but with the speed and the order in which its film plays.
     */
    public static ExportSettings defaults(FilmFormat format) {
        Playback playback = format == FilmFormat.PNG_SEQUENCE ? Playback.ONCE : Playback.PING_PONG;
        return new ExportSettings(format, 12, 80, 4, playback, 1);
    }

    /** What {@link #fps} is in the film: as many as its format is shown with. */
    int shownFps() {
        return Math.min(fps, format.mostFps());
    }

    /** The indices of the frames of a film in the order in which they are written, those that are written again included. */
    List<Integer> order(int frames) {
        Playback pass = format == FilmFormat.CONTACT_SHEET ? Playback.ONCE : playback;
        boolean repeated = format.isVideo() && playback != Playback.ONCE;
        return Collections.nCopies(repeated ? repeats : 1, pass.order(frames)).stream()
                .flatMap(List::stream)
                .toList();
    }

    public ExportSettings withSizeMultiple(int value) {
        return new ExportSettings(format, fps, quality, value, playback, repeats);
    }

    private static void require(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("Expected " + what + " of " + min + " to " + max + ", found " + value);
        }
    }
}
