package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.Playback;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/** Which frame is shown, and the clock that moves it. */
public final class PlaybackViewModel {
    /** A film plays as it is exported. */
    private static final ExportSettings USUAL = ExportSettings.defaults(FilmFormat.MP4);

    private final Ticker ticker;
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper index = new ReadOnlyIntegerWrapper();
    private final ReadOnlyBooleanWrapper playing = new ReadOnlyBooleanWrapper();
    private final NumberParameter fps = new NumberParameter("fps", NumberParameter.Range.of(1, 60, 0), USUAL.fps());
    private final ChoiceParameter<Playback> mode =
            new ChoiceParameter<>("playback", List.of(Playback.values()), USUAL.playback());
    private double owed;
    private int direction = 1;

    PlaybackViewModel(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Frames in the film. */
    public ReadOnlyIntegerProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    /** The frame shown, from 0. */
    public ReadOnlyIntegerProperty indexProperty() {
        return index.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty playingProperty() {
        return playing.getReadOnlyProperty();
    }

    /** Frames a second. */
    public NumberParameter fps() {
        return fps;
    }

    /** What happens at the end of the film. */
    public ChoiceParameter<Playback> mode() {
        return mode;
    }

    /** How long the film plays until its end, or until it begins again, in seconds. */
    public double seconds() {
        return mode.get().order(count.get()).size() / fps.get();
    }

    void setCount(int frames) {
        if (frames == count.get()) {
            return;
        }
        int shown = among(frames);
        if (frames < count.get()) {
            index.set(Math.max(0, shown));
            count.set(frames);
        } else {
            count.set(frames);
            show(shown);
        }
        if (frames < 2) {
            pause();
        }
    }

    /** The number that the frame shown would have among so many: at the same share of them, of no film the middle one. */
    int among(int frames) {
        int now = count.get();
        return now > 1 ? Math.round(index.get() * (frames - 1f) / (now - 1)) : (frames - 1) / 2;
    }

    /**
     * Shows a frame, the nearest there is, and stops there: it was chosen by hand. The frame that is shown already stops
     * nothing, so that what follows the film may say which that is.
     */
    public void seek(int frame) {
        if (frame != index.get()) {
            pause();
            show(frame);
        }
    }

    private void show(int frame) {
        index.set(Math.clamp(frame, 0, Math.max(0, count.get() - 1)));
    }

    /** Shows the frame so many after the one shown, and stops there. */
    public void step(int by) {
        pause();
        show(index.get() + by);
    }

    /** Plays, or stops. */
    public void toggle() {
        if (playing.get()) {
            pause();
        } else {
            play();
        }
    }

    private void play() {
        if (count.get() < 2) {
            return;
        }
        owed = 0;
        if (mode.get() != Playback.PING_PONG) {
            direction = 1;
        }
        if (mode.get() == Playback.ONCE && index.get() == count.get() - 1) {
            index.set(0);
        }
        playing.set(true);
        ticker.start(this::tick);
    }

    /** Stands still at the frame shown. */
    public void pause() {
        if (playing.get()) {
            playing.set(false);
            ticker.stop();
        }
    }

    private void tick(double seconds) {
        owed += seconds * fps.get();
        int frames = (int) owed;
        owed -= frames;
        for (int i = 0; i < Math.min(frames, count.get()) && playing.get(); i++) {
            advance();
        }
    }

    private void advance() {
        int last = count.get() - 1;
        switch (mode.get()) {
            case LOOP -> index.set(index.get() >= last ? 0 : index.get() + 1);
            case PING_PONG -> {
                if (index.get() + direction < 0 || index.get() + direction > last) {
                    direction = -direction;
                }
                index.set(index.get() + direction);
            }
            case ONCE -> {
                index.set(Math.min(last, index.get() + 1));
                if (index.get() == last) {
                    pause();
                }
            }
        }
    }
}
