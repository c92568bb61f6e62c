package dev.noisediffusion.app;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Progress on the error stream: one line that is written over on a terminal, an {@link OverwrittenLine}; a line every tenth
 * elsewhere.
 */
final class ConsoleProgress implements ProgressListener {
    private static final int WIDTH = 72;

    private final PrintWriter out;
    private final boolean terminal;
    private int tenths = -1;
    private @Nullable Activity last;
    private String shown = "";

    ConsoleProgress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** For the terminal the program was started in, if it was. */
    static ConsoleProgress on(PrintWriter out) {
        return new ConsoleProgress(out, Launcher.isInTerminal());
    }

    @Override
    public void onProgress(Progress progress) {
        int now = (int) (progress.fraction() * 10);
        String line = "%3.0f %%  %s%s"
                .formatted(
                        100 * progress.fraction(),
                        words(progress.activity()),
                        progress.remaining()
                                .map(left -> ", " + text(left) + " left")
                                .orElse(""));
        if (terminal) {
            String text = "\r" + line + " ".repeat(Math.max(0, WIDTH - line.length()))
                    + (progress.fraction() == 1 ? System.lineSeparator() : "");
            // The error stream may be a file all the same.
            if (!text.equals(shown)) {
                out.print(text);
                shown = text;
            }
        } else if (now > tenths || !progress.activity().equals(last)) {
            out.println(line);
        }
        out.flush();
        tenths = now;
        last = progress.activity();
    }

    private static String words(Activity activity) {
        return switch (activity) {
            case Activity.Work work ->
                switch (work) {
                    case MEASURING_SPEED -> "Measuring the speed";
                    case MIXING_FRAMES -> "Mixing frames";
                    case RENDERING_FRAMES -> "Rendering frames";
                    case FILLING_SHEET -> "Filling the sheet";
                    case WRITING_FRAMES -> "Writing frames";
                    case ENCODING_FILM -> "Encoding the film";
                    case MAKING_EXAMPLES -> "Making pictures with and without artifacts";
                    case TRAINING_CRITIC -> "Training the critic";
                    case WAITING -> "Waiting";
                    case CHECKING_FILES -> "Checking the files";
                };
            case Activity.EncodingPicture(int number, int count) -> "Encoding picture " + number + " of " + count;
            case Activity.Named(String name) -> name;
        };
    }

    private static String text(Duration left) {
        long seconds = Math.max(1, left.toSeconds());
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
