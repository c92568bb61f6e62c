package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.FramePlan;
import dev.noisediffusion.morph.Segment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.collections.ListChangeListener;

/** The ways between the pictures. */
public final class PathViewModel {
    private final KeyframesViewModel keyframes;
    private final ParametersViewModel parameters;
    private final Map<KeyframeViewModel, SegmentViewModel> segments = new HashMap<>();
    private List<KeyframeViewModel> known = List.of();

    PathViewModel(KeyframesViewModel keyframes, ParametersViewModel parameters) {
        this.keyframes = keyframes;
        this.parameters = parameters;
        Changes.on(keyframes.revision(), this::picturesChanged);
        Changes.on(keyframes.segmentsRevision(), this::changed);
        Changes.on(parameters.frames().valueProperty(), this::changed);
        Changes.on(parameters.easing().valueProperty(), this::changed);
        Changes.on(parameters.closedProperty(), this::changed);
        keyframes.slots().addListener((ListChangeListener<KeyframeViewModel>) change -> forgetRemoved());
    }

    private void forgetRemoved() {
        segments.keySet().retainAll(keyframes.slots());
    }

    /** Whether a way takes its share of the film's frames; so will those to come while there is none. */
    BooleanExpression framesShared() {
        return anyWay(segment -> segment.frames().isEmpty());
    }

    /** Whether a way moves as the film does; so will those to come while there is none. */
    BooleanExpression movementShared() {
        return anyWay(segment -> segment.noise().isEmpty());
    }

    private BooleanExpression anyWay(Predicate<Segment> shares) {
        return Bindings.createBooleanBinding(
                () -> {
                    List<Segment> ways = keyframes.onPath().stream()
                            .filter(this::hasWayBehind)
                            .map(slot -> slot.segmentProperty().get())
                            .toList();
                    return ways.isEmpty() || ways.stream().anyMatch(shares);
                },
                keyframes.revision(),
                keyframes.segmentsRevision(),
                parameters.closedProperty());
    }

    /** A crop leaves the ways as they are. */
    private void picturesChanged() {
        List<KeyframeViewModel> now = keyframes.onPath();
        if (!now.equals(known)) {
            known = now;
            changed();
        }
    }

    /** Each segment tells its own listeners, so that they go with it when its slot goes. */
    private void changed() {
        List.copyOf(segments.values()).forEach(SegmentViewModel::changed);
    }

    /** The way from the picture of a slot to the next. */
    public SegmentViewModel behind(KeyframeViewModel slot) {
        return segments.computeIfAbsent(slot, added -> new SegmentViewModel(added, this));
    }

    Easing sharedEasing() {
        return parameters.path(List.of()).easing();
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
