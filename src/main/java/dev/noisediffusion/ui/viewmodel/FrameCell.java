package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.FrameIdentity;
import dev.noisediffusion.morph.FramePlan;
import dev.noisediffusion.morph.FreshNoise;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** One frame of the film. Until its new picture comes it keeps the one from before. */
public final class FrameCell {
    private final ReadOnlyObjectWrapper<FrameState> state = new ReadOnlyObjectWrapper<>(FrameState.PENDING);
    private final ReadOnlyObjectWrapper<@Nullable Raster> thumbnail = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<FrameMarks> marks = new ReadOnlyObjectWrapper<>(FrameMarks.NONE);
    private final ReadOnlyObjectWrapper<@Nullable Double> score = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<FramePlan.Spot> spot;
    private FrameIdentity identity;
    private @Nullable Picture picture;
    private Optional<FreshNoise> noise = Optional.empty();

    FrameCell(FramePlan.Spot spot, FrameIdentity identity, @Nullable FrameCell before) {
        this.spot = new ReadOnlyObjectWrapper<>(spot);
        this.identity = identity;
        if (before != null) {
            picture = before.picture;
            noise = before.noise;
            thumbnail.set(before.thumbnail.get());
        }
    }

    public ReadOnlyObjectProperty<FrameState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** A small picture for the filmstrip, of the render before where this one's has not come. */
    public ReadOnlyObjectProperty<@Nullable Raster> thumbnailProperty() {
        return thumbnail.getReadOnlyProperty();
    }

    /** What the artist did to the frame. */
    public ReadOnlyObjectProperty<FrameMarks> marksProperty() {
        return marks.getReadOnlyProperty();
    }

    /** How probably the frame has artifacts, in [0, 1]; null while nobody knows. */
    public ReadOnlyObjectProperty<@Nullable Double> scoreProperty() {
        return score.getReadOnlyProperty();
    }

    void score(@Nullable Double next) {
        score.set(next);
    }

    void mark(FrameMarks next) {
        marks.set(next);
    }

    public int index() {
        return spot.get().index();
    }

    /** Where in the morph the frame lies, in [0, 1]. */
    public double position() {
        return spot.get().position();
    }

    /** That place, which is another where the path is. */
    public ObservableValue<Double> positionProperty() {
        return spot.map(FramePlan.Spot::position);
    }

    /** Whether the path passes exactly through one of the pictures here. */
    public boolean isKeyframe() {
        return isKeyframe(spot.get());
    }

    private static boolean isKeyframe(FramePlan.Spot spot) {
        return spot.mix().soleKeyframe().isPresent();
    }

    /** Whether it does, which may change with the path. */
    public ObservableValue<Boolean> keyframeProperty() {
        return spot.map(next -> isKeyframe(next));
    }

    /** The keyframe that has most of the weight; of two alike the earlier one. */
    int nearestKeyframe() {
        List<Double> weights = spot.get().weights().values();
        return weights.indexOf(Collections.max(weights));
    }

    boolean isDone() {
        return state.get() == FrameState.DONE;
    }

    Optional<Picture> picture() {
        return Optional.ofNullable(picture);
    }

    /** The fresh noise in its picture, be that of the render before; empty where there is none. */
    Optional<FreshNoise> noise() {
        return noise;
    }

    FramePlan.Spot spot() {
        return spot.get();
    }

    /** What its picture is, or will be. */
    FrameIdentity identity() {
        return identity;
    }

    Optional<FrameCache.Finished> finished() {
        return isDone() && picture != null && thumbnail.get() != null
                ? Optional.of(new FrameCache.Finished(picture, thumbnail.get()))
                : Optional.empty();
    }

    void restart(FramePlan.Spot next, FrameIdentity wanted) {
        identity = wanted;
        spot.set(next);
        state.set(FrameState.PENDING);
    }

    void mark(FrameState next) {
        state.set(next);
    }

    void deliver(FrameCache.Finished finished) {
        picture = finished.picture();
        noise = identity.noise();
        thumbnail.set(finished.thumbnail());
        state.set(FrameState.DONE);
    }
}
