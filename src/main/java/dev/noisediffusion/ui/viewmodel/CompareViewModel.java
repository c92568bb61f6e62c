package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.Slerp;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/** The morph beside slerp: the same pictures, seed, depth and frames. */
public final class CompareViewModel {
    private final ObjectProperty<CompareMode> mode = new SimpleObjectProperty<>(CompareMode.OFF);
    private final FilmstripViewModel film = new FilmstripViewModel();

    public ObjectProperty<CompareMode> modeProperty() {
        return mode;
    }

    public FilmstripViewModel film() {
        return film;
    }

    public boolean isOn() {
        return mode.get() != CompareMode.OFF;
    }

    public void toggle() {
        mode.set(isOn() ? CompareMode.OFF : CompareMode.SIDE_BY_SIDE);
    }

    /** What to render beside a morph. */
    MorphRequest rival(MorphRequest request) {
        return request.withMethod(new Slerp());
    }
}
