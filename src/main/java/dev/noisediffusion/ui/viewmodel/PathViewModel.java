package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.FramePlan;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import javafx.beans.property.ReadOnlyLongProperty;

/** The ways between the pictures. */
public final class PathViewModel {
    private final KeyframesViewModel keyframes;
    private final ParametersViewModel parameters;
    private final Map<KeyframeViewModel, SegmentViewModel> segments = new WeakHashMap<>();
    private final Changes changes = new Changes();

    PathViewModel(KeyframesViewModel keyframes, ParametersViewModel parameters) {
        this.keyframes = keyframes;
        this.parameters = parameters;
        Changes.on(keyframes.revision(), changes::happened);
        Changes.on(keyframes.segmentsRevision(), changes::happened);
        Changes.on(parameters.revision(), changes::happened);
    }

    ReadOnlyLongProperty revision() {
        return changes.revision();
    }

    /** The way from the picture of a slot to the next. */
    public SegmentViewModel behind(KeyframeViewModel slot) {
        return segments.computeIfAbsent(slot, added -> new SegmentViewModel(added, this));
    }

    Easing sharedEasing() {
        return parameters.easing().get().easing();
    }

    boolean hasWayBehind(KeyframeViewModel slot) {
        List<KeyframeViewModel> onPath = keyframes.onPath();
        int index = onPath.indexOf(slot);
        boolean last = index == onPath.size() - 1;
        return index >= 0
                && onPath.size() > 1
                && (!last || parameters.closedProperty().get());
    }

    int framesBehind(KeyframeViewModel slot) {
        if (!hasWayBehind(slot)) {
            return 0;
        }
        List<KeyframeViewModel> onPath = keyframes.onPath();
        int frames = parameters.settings(onPath.size()).frames();
        return FramePlan.segmentFrames(parameters.path(keyframes.segments()), onPath.size(), frames)
                .get(onPath.indexOf(slot));
    }
}
