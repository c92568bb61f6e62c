package dev.noisediffusion.morph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an artist has done to one frame.
 *
 * @param removed whether it is left out of the film
 * @param noise its own fresh noise, which no setting changes; empty if it follows the settings
 * @param takes the noises that were tried, oldest first
 * @param favourite the take to come back to
 */
public record FrameEdit(
        boolean removed, Optional<FreshNoise> noise, List<FreshNoise> takes, Optional<FreshNoise> favourite) {
    /** Nothing done. */
    public static final FrameEdit NONE = new FrameEdit(false, Optional.empty(), List.of(), Optional.empty());
    /** More takes than an artist looks through; the oldest go first, but never the favourite. */
    public static final int MOST_TAKES = 12;

    public FrameEdit {
        takes = List.copyOf(takes);
    }

    public FrameEdit withRemoved(boolean gone) {
        return new FrameEdit(gone, noise, takes, favourite);
    }

    /** Shows a take, one more if it is new. */
    public FrameEdit withTake(FreshNoise take) {
        return new FrameEdit(removed, Optional.of(take), with(take), favourite);
    }

    /** Back to what the settings give; the takes stay. */
    public FrameEdit unlocked() {
        return new FrameEdit(removed, Optional.empty(), takes, favourite);
    }

    /** Marks a take as the favourite, and shows it. */
    public FrameEdit withFavourite(FreshNoise take) {
        return new FrameEdit(removed, Optional.of(take), with(take), Optional.of(take));
    }

    public FrameEdit withoutFavourite() {
        return new FrameEdit(removed, noise, takes, Optional.empty());
    }

    private List<FreshNoise> with(FreshNoise take) {
        if (takes.contains(take)) {
            return takes;
        }
        var longer = new ArrayList<>(takes);
        longer.add(take);
        if (longer.size() > MOST_TAKES) {
            longer.remove(favourite.isPresent() && longer.getFirst().equals(favourite.get()) ? 1 : 0);
        }
        return longer;
    }
}
