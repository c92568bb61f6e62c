package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.FramePlan;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.project.ParameterValues;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** One picture of a sheet: first a quick look, then the whole. */
public final class SheetCell {
    private final String label;
    private final MorphRequest request;
    private final FramePlan.Spot spot;
    private final ParameterValues values;
    private final ReadOnlyObjectWrapper<@Nullable Raster> raster = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper done = new ReadOnlyBooleanWrapper();
    private @Nullable Picture picture;

    /**
     * A cell that is empty yet.
     *
     * @param label its numbers, for people
     * @param values that make it; empty where it has no settings of its own
     */
    SheetCell(String label, MorphRequest request, FramePlan.Spot spot, ParameterValues values) {
        this.label = label;
        this.request = request;
        this.spot = spot;
        this.values = values;
    }

    /** Its numbers. */
    public String label() {
        return label;
    }

    /** What there is to see, null while there is nothing. */
    public ReadOnlyObjectProperty<@Nullable Raster> rasterProperty() {
        return raster.getReadOnlyProperty();
    }

    /** Whether it is the whole and not a quick look. */
    public ReadOnlyBooleanProperty doneProperty() {
        return done.getReadOnlyProperty();
    }

    MorphRequest request() {
        return request;
    }

    FramePlan.Spot spot() {
        return spot;
    }

    ParameterValues values() {
        return values;
    }

    /** The finished picture. */
    Optional<Picture> picture() {
        return Optional.ofNullable(picture);
    }

    void glimpse(Raster quick) {
        raster.set(quick);
    }

    void deliver(Picture finished, Raster small) {
        picture = finished;
        raster.set(small);
        done.set(true);
    }
}
