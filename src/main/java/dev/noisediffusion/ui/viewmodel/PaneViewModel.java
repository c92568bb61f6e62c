package dev.noisediffusion.ui.viewmodel;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** One of the pictures that are compared. */
public final class PaneViewModel {
    private final ReadOnlyObjectWrapper<@Nullable Raster> raster = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper stale = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper outdated = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper caption = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper covered = new ReadOnlyBooleanWrapper();
    private @Nullable Raster own;
    private @Nullable Raster cover;

    PaneViewModel() {}

    /** What is shown, null while there is nothing. */
    public ReadOnlyObjectProperty<@Nullable Raster> rasterProperty() {
        return raster.getReadOnlyProperty();
    }

    /** Whether it stands in for what has not arrived, or was not asked for yet. */
    public ReadOnlyBooleanProperty staleProperty() {
        return stale.getReadOnlyProperty();
    }

    /** Whether it is of other settings than those of this moment, and stays so until a render is asked for. */
    public ReadOnlyBooleanProperty outdatedProperty() {
        return outdated.getReadOnlyProperty();
    }

    /** Whether a preview of what the settings make is shown until the frame itself has come. */
    public ReadOnlyBooleanProperty coveredProperty() {
        return covered.getReadOnlyProperty();
    }

    /** What it is. */
    public ReadOnlyStringProperty captionProperty() {
        return caption.getReadOnlyProperty();
    }

    /**
     * Says what is shown.
     *
     * @param old whether it is of other settings, and its successor not on the way
     * @param standsIn whether it stands in for something else, for that reason or another
     */
    void describe(String text, boolean old, boolean standsIn) {
        caption.set(text);
        outdated.set(old);
        stale.set(standsIn);
    }

    void show(@Nullable Raster picture) {
        own = picture;
        refresh();
    }

    /** Shows something in place of the picture, until it is taken off again with null. */
    void cover(@Nullable Raster picture) {
        cover = picture;
        refresh();
    }

    private void refresh() {
        covered.set(cover != null);
        raster.set(cover == null ? own : cover);
    }
}
