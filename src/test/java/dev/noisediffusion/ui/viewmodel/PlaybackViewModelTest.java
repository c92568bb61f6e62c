package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.export.Playback;
import dev.noisediffusion.ui.FakeWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlaybackViewModelTest {
    private final FakeWorld.ManualTicker ticker = new FakeWorld.ManualTicker();
    private final PlaybackViewModel playback = new PlaybackViewModel(ticker);

    @BeforeEach
    void fourFramesAtTenASecond() {
        playback.setCount(4);
        playback.fps().set(10);
        playback.seek(0);
    }

    private List<Integer> play(int frames) {
        playback.toggle();
        var shown = new ArrayList<Integer>();
        for (int i = 0; i < frames; i++) {
            ticker.tick(0.1001);
            shown.add(playback.indexProperty().get());
        }
        return shown;
    }

    @Test
    void pingPongShowsNoEndTwice() {
        assertEquals(List.of(1, 2, 3, 2, 1, 0, 1), play(7));
    }

    @Test
    void loopBeginsAgain() {
        playback.mode().set(Playback.LOOP);
        assertEquals(List.of(1, 2, 3, 0, 1), play(5));
    }

    @Test
    void onceStopsAtTheEndAndStartsOver() {
        playback.mode().set(Playback.ONCE);
        assertEquals(List.of(1, 2, 3, 3), play(4));
        assertFalse(playback.playingProperty().get());
        assertEquals(List.of(1), play(1));
    }

    @Test
    void timeIsKeptWhateverThePulse() {
        playback.setCount(100);
        playback.mode().set(Playback.LOOP);
        playback.toggle();
        for (int i = 0; i < 60; i++) {
            ticker.tick(1 / 60.0);
        }
        assertEquals(10, playback.indexProperty().get(), 1);
    }

    @Test
    void steppingStopsAndStaysInTheFilm() {
        playback.toggle();
        playback.step(-1);
        assertFalse(playback.playingProperty().get());
        assertEquals(0, playback.indexProperty().get());
        playback.step(99);
        assertEquals(3, playback.indexProperty().get());
    }

    @Test
    void aFrameThatIsChosenStaysInSight() {
        playback.toggle();
        ticker.tick(0.1001);
        playback.seek(1);
        assertTrue(playback.playingProperty().get(), "it is shown already");
        playback.seek(3);
        assertFalse(playback.playingProperty().get());
        ticker.tick(1);
        assertEquals(3, playback.indexProperty().get());
    }

    @Test
    void aFilmThatGetsAnotherLengthPlaysOn() {
        playback.toggle();
        ticker.tick(0.1001);
        playback.setCount(7);
        assertEquals(2, playback.indexProperty().get());
        assertTrue(playback.playingProperty().get());
    }

    @Test
    void aFilmOfOtherLengthShowsTheSameMoment() {
        playback.seek(1);
        playback.setCount(7);
        assertEquals(2, playback.indexProperty().get());
        playback.setCount(0);
        assertEquals(0, playback.indexProperty().get());
        playback.toggle();
        assertFalse(playback.playingProperty().get());
        playback.setCount(9);
        assertEquals(4, playback.indexProperty().get());
        assertTrue(playback.countProperty().get() == 9);
    }

    @Test
    void aFilmOfOtherLengthIsNeverSeenAtItsFirstFrameInBetween() {
        playback.seek(1);
        var seen = new ArrayList<Integer>();
        Changes.on(
                playback.indexProperty(),
                () -> seen.add(playback.indexProperty().get()));
        playback.setCount(7);
        playback.setCount(4);
        assertEquals(List.of(2, 1), seen);
    }

    @Test
    void theLastFrameOfAFilmThatIsEmptiedIsFollowedByTheFirst() {
        playback.seek(3);
        playback.setCount(0);
        assertEquals(0, playback.indexProperty().get());
    }
}
