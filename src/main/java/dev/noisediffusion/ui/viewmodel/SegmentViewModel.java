package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.Segment;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.property.ReadOnlyLongProperty;

/** The way from one picture to the next: its frames, and how noise and pictures move along it. */
public final class SegmentViewModel {
    private static final NumberParameter.Range FRAMES = NumberParameter.Range.of(1, Segment.MOST_FRAMES, 0);

    private final KeyframeViewModel slot;
    private final PathViewModel path;
    private final Changes changes = new Changes();

    SegmentViewModel(KeyframeViewModel slot, PathViewModel path) {
        this.slot = slot;
        this.path = path;
    }

    /** Grows whenever something about the segment may have changed. */
    public ReadOnlyLongProperty revision() {
        return changes.revision();
    }

    void changed() {
        changes.happened();
    }

    private Segment segment() {
        return slot.segmentProperty().get();
    }

    /** Whether there is a next picture to go to. */
    public boolean exists() {
        return path.hasWayBehind(slot);
    }

    /** Frames from the picture on to the next, as the path shares them out. */
    public int frames() {
        return path.framesBehind(slot);
    }

    /** Whether the segment keeps its number of frames whatever the film has. */
    public boolean hasOwnFrames() {
        return segment().frames().isPresent();
    }

    /** Gives the segment frames of its own, the nearest number there may be. */
    public void setFrames(int count) {
        slot.setSegment(segment().withFrames(OptionalInt.of(Math.clamp(count, 1, Segment.MOST_FRAMES))));
    }

    /** Takes frames as they were typed, as every number is. What is not a number changes nothing. */
    public void typeFrames(String typed) {
        var number = new NumberParameter("frames", FRAMES, frames());
        number.type(typed);
        if (number.getInt() != frames()) {
            setFrames(number.getInt());
        }
    }

    /** Takes a share of the film's frames again. */
    public void shareFrames() {
        slot.setSegment(segment().withFrames(OptionalInt.empty()));
    }

    /** Whether the pictures move apart from the noise. */
    public boolean isApart() {
        return segment().image().isPresent();
    }

    public void setApart(boolean apart) {
        if (apart != isApart()) {
            Optional<Easing> image = apart ? Optional.of(easing(CurveLane.NOISE)) : Optional.empty();
            slot.setSegment(segment().withEasing(segment().noise(), image));
        }
    }

    /** Whether anything differs from what the whole path says. */
    public boolean isChanged() {
        return hasOwnFrames() || segment().noise().isPresent() || isApart();
    }

    private Easing easing(CurveLane lane) {
        Easing noise = segment().noise().orElse(path.sharedEasing());
        return lane == CurveLane.NOISE ? noise : segment().image().orElse(noise);
    }

    public Movement movement(CurveLane lane) {
        boolean shared = lane == CurveLane.NOISE && segment().noise().isEmpty();
        return shared ? Movement.SHARED : Movement.of(easing(lane));
    }

    /**
     * Where the morph is.
     *
     * @param time in [0, 1]
     * @return the way, in [0, 1]
     */
    public double at(CurveLane lane, double time) {
        return easing(lane).apply(time);
    }

    /** The handles of the curve; none where the model decides how fast it goes. */
    public Optional<CurveHandles> handles(CurveLane lane) {
        return CurveHandles.of(easing(lane));
    }

    /** Takes a movement; a curve by hand begins as the one there is. */
    public void choose(CurveLane lane, Movement movement) {
        if (movement != Movement.CURVE) {
            set(lane, movement.easing());
        }
    }

    /** Moves a handle, the first or the second. */
    public void moveHandle(CurveLane lane, boolean first, double x, double y) {
        handles(lane).ifPresent(handles -> set(lane, Optional.of(handles.moved(first, x, y))));
    }

    /** Back to what the whole path says; the pictures, to what the noise does. */
    public void reset(CurveLane lane) {
        if (lane == CurveLane.NOISE) {
            set(lane, Optional.empty());
        } else {
            set(lane, Optional.of(easing(CurveLane.NOISE)));
        }
    }

    private void set(CurveLane lane, Optional<Easing> easing) {
        slot.setSegment(
                lane == CurveLane.NOISE
                        ? segment().withEasing(easing, segment().image())
                        : segment().withEasing(segment().noise(), easing));
    }
}
