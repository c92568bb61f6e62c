package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Progress as a terminal shows it, and what is said beside it. */
class ConsoleProgressTest {
    private final StringWriter shown = new StringWriter();
    private final PrintWriter err = new PrintWriter(new OverwrittenLine(shown), true);
    private final ConsoleProgress progress = new ConsoleProgress(err, true);

    private void at(double fraction) {
        progress.onProgress(
                new Progress(Activity.Work.RENDERING_FRAMES, fraction, Optional.of(Duration.ofSeconds(200))));
    }

    private List<String> lines() {
        return List.of(shown.toString().split(System.lineSeparator(), -1));
    }

    @Test
    void whatIsSaidNextBeginsOnALineOfItsOwn() {
        at(0.45);
        err.println("Memory is short.");
        at(0.5);
        err.println("Cancelled; nothing was left behind.");
        assertEquals(5, lines().size(), lines()::toString);
        assertTrue(lines().get(0).startsWith("\r 45 %"), lines()::toString);
        assertEquals("Memory is short.", lines().get(1));
        assertTrue(lines().get(2).startsWith("\r 50 %"), lines()::toString);
        assertEquals("Cancelled; nothing was left behind.", lines().get(3));
    }

    @Test
    void theEndOfTheWorkEndsTheLine() {
        at(0.45);
        at(1);
        err.println("Done.");
        assertEquals(List.of("Done.", ""), lines().subList(1, lines().size()));
    }

    @Test
    void whatWouldLookTheSameIsNotWrittenAgain() {
        at(0.451);
        String before = shown.toString();
        at(0.452);
        assertEquals(before, shown.toString());
    }
}
