package dev.noisediffusion.morph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers how fast segments change, each in the direction in which its key has the pictures; of many the ones used last. Safe
 * for use by many threads.
 */
final class PaceCache {
    /** Each entry is a handful of numbers. */
    private static final int LIMIT = 1000;

    private final int limit;
    private final LinkedHashMap<Key, Easing.Measured> entries = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * What decides how fast a segment changes.
     *
     * @param middle the frame in its middle, which knows no direction
     * @param drifts how far noise that travels has come at each place of the segment, in the direction in which the middle has
     *     the pictures; empty where no noise travels
     */
    record Key(FrameIdentity middle, List<Double> drifts) {
        Key {
            drifts = List.copyOf(drifts);
        }
    }

    PaceCache() {
        this(LIMIT);
    }

    /** @param limit segments that it remembers at most */
    PaceCache(int limit) {
        this.limit = limit;
    }

    synchronized Optional<Easing.Measured> find(Key segment) {
        return Optional.ofNullable(entries.get(segment));
    }

    /** The pace used last between the same pictures, whatever else was set. */
    synchronized Optional<Easing.Measured> findBetween(List<FrameIdentity.Shown> pictures) {
        return entries.reversed().entrySet().stream()
                .filter(entry -> entry.getKey().middle().pictures().equals(pictures))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    synchronized void put(Key segment, Easing.Measured measured) {
        entries.put(segment, measured);
        if (entries.size() > limit) {
            entries.pollFirstEntry();
        }
    }
}
