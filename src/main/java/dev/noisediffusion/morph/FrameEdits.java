package dev.noisediffusion.morph;

import java.util.HashMap;
import java.util.Map;

/**
 * What was done to single frames of a segment, its first keyframe included. A moment at which the segment has no frame
 * waits until it has one again.
 *
 * @param byMoment only frames to which something was done
 */
public record FrameEdits(Map<Moment, FrameEdit> byMoment) {
    public static final FrameEdits NONE = new FrameEdits(Map.of());

    public FrameEdits {
        byMoment = Map.copyOf(byMoment);
    }

    public FrameEdit at(Moment moment) {
        return byMoment.getOrDefault(moment, FrameEdit.NONE);
    }

    public FrameEdits with(Moment moment, FrameEdit edit) {
        var edits = new HashMap<>(byMoment);
        if (edit.equals(FrameEdit.NONE)) {
            edits.remove(moment);
        } else {
            edits.put(moment, edit);
        }
        return new FrameEdits(edits);
    }

    /** Brings every frame back that was left out. */
    public FrameEdits withoutRemovals() {
        FrameEdits edits = this;
        for (Map.Entry<Moment, FrameEdit> entry : byMoment.entrySet()) {
            edits = edits.with(entry.getKey(), entry.getValue().withRemoved(false));
        }
        return edits;
    }

    public boolean hasRemovals() {
        return byMoment.values().stream().anyMatch(FrameEdit::removed);
    }
}
