package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.job.CancellationToken;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReadingTurnsTest {
    private final ReadingTurns turns = new ReadingTurns(1);

    private String quick() throws InterruptedException {
        return turns.take(() -> "read", new CancellationToken());
    }

    @Test
    void whatIsGivenUpGivesItsTurnBackThoughItsDiskNeverAnswers() throws Exception {
        var token = new CancellationToken();
        var begun = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        Thread hung = Thread.ofPlatform().daemon().start(() -> {
            try {
                turns.take(
                        () -> {
                            begun.countDown();
                            answer.await();
                            return "late";
                        },
                        token);
            } catch (Exception e) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();
        token.cancel();
        assertEquals("read", quick());
        answer.countDown();
        hung.join();
        assertEquals("read", quick());
    }

    @Test
    void aReadingThatFailsOrIsNotWantedAnyMoreGivesItsTurnBack() throws Exception {
        assertThrows(
                IllegalStateException.class,
                () -> turns.take(
                        () -> {
                            throw new IllegalStateException("damaged");
                        },
                        new CancellationToken()));
        assertEquals("read", quick());
        var cancelled = new CancellationToken();
        cancelled.cancel();
        assertThrows(CancellationException.class, () -> turns.take(() -> "read", cancelled));
        assertEquals("read", quick());
    }
}
