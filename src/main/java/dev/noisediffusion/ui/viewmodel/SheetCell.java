package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.FrameIdentity;
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
    private final FrameIdentity identity;
    private final ParameterValues values;
    private final ReadOnlyObjectWrapper<@Nullable Raster> raster = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper done = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper inUse = new ReadOnlyBooleanWrapper();
    private @Nullable Picture picture;

    /**
     * A cell that is empty yet.
     *
     * @param label its numbers, for people
     * @param identity of its picture
     * @param values that make it; empty where it has no settings of its own
     */
    SheetCell(String label, MorphRequest request, FramePlan.Spot spot, FrameIdentity identity, ParameterValues values) {
        this.label = label;
        this.request = request;
        this.spot = spot;
        this.identity = identity;
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

    /** Whether the settings of this moment are its own. */
    public ReadOnlyBooleanProperty inUseProperty() {
        return inUse.getReadOnlyProperty();
    }

    MorphRequest request() {
        return request;
    }

    FramePlan.Spot spot() {
        return spot;
    }

    /** What its picture is, or will be. */
    FrameIdentity identity() {
        return identity;
    }

    ParameterValues values() {
        return values;
    }

    /** The finished picture. */
    Optional<Picture> picture() {
        return Optional.ofNullable(picture);
    }

    void use(boolean now) {
        inUse.set(now);
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
