package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Mask;
import dev.noisediffusion.morph.MaskTarget;
import dev.noisediffusion.morph.Masks;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;

/** Where in the frame lubrication, boundary and injection act more or less. */
public final class MasksViewModel {
    private final ReadOnlyObjectWrapper<Masks> masks = new ReadOnlyObjectWrapper<>(Masks.NONE);

    ReadOnlyObjectProperty<Masks> masksProperty() {
        return masks.getReadOnlyProperty();
    }

    Masks get() {
        return masks.get();
    }

    void set(Masks others) {
        masks.set(others);
    }

    void set(MaskTarget target, Mask mask) {
        masks.set(masks.get().with(target, mask));
    }

    /** Whether something is painted for a target. */
    public ObservableValue<Boolean> isActive(MaskTarget target) {
        return masks.map(current -> current.isActive(target));
    }

    /** Whether anything is painted. */
    public ObservableValue<Boolean> areActive() {
        return masks.map(current -> !current.areNone());
    }

    /** Everything acts as it is set again, everywhere. */
    public void clearAll() {
        masks.set(Masks.NONE);
    }
}
