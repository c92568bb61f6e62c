package dev.noisediffusion.morph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers how fast segments change, each in the direction in which its identity has the pictures. Safe for use by many
 * threads.
 */
final class PaceCache {
    /** Each entry is a handful of numbers. */
    private static final int LIMIT = 1000;

    private final LinkedHashMap<FrameIdentity, Easing.Measured> entries = new LinkedHashMap<>(16, 0.75f, true);

    synchronized Optional<Easing.Measured> find(FrameIdentity segment) {
        return Optional.ofNullable(entries.get(segment));
    }

    /** The pace used last between the same pictures, whatever else was set. */
    synchronized Optional<Easing.Measured> findBetween(List<FrameIdentity.Shown> pictures) {
        return entries.reversed().entrySet().stream()
                .filter(entry -> entry.getKey().pictures().equals(pictures))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    synchronized void put(FrameIdentity segment, Easing.Measured measured) {
        entries.put(segment, measured);
        if (entries.size() > LIMIT) {
            entries.pollFirstEntry();
        }
    }
}
