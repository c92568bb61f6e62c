package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the eyes of a run see, as it lies in rows.
 *
 * @param eyes by their spaces
 */
record Sight(List<Eye> eyes, WorkPlan plan) {
    Sight {
        eyes = eyes.stream().sorted(Comparator.comparing(Eye::space)).toList();
    }

    /**
     * The frame in the middle and, in the first cell, the pictures of the pair; null where they are not kept.
     *
     * @param frame null where there is none
     */
    @Nullable
    Map<String, List<String>> vectors(WorkPlan.Item item, @Nullable Picture frame, Picture first, Picture second) {
        if (eyes.isEmpty() || !plan.hasFirstSeed(item)) {
            return null;
        }
        List<Picture> pair = item.cell() == 0 ? List.of(first, second) : List.of();
        var vectors = new TreeMap<String, List<String>>();
        for (Eye eye : eyes) {
            var texts = new ArrayList<String>();
            texts.add(frame == null ? Row.NONE : Vectors.text(eye.vector(frame)));
            texts.addAll(seen(eye, pair));
            vectors.put(eye.space().key(), texts);
        }
        return vectors;
    }

    /** Whether all frames of an item are kept. */
    boolean seesPath(WorkPlan.Item item) {
        return !eyes.isEmpty() && plan.hasPath(item);
    }

    /** The frames of a path, in the first space that there is an eye for. */
    List<String> path(List<Picture> frames) {
        return seen(eyes.getFirst(), frames);
    }

    private static List<String> seen(Eye eye, List<Picture> pictures) {
        return pictures.stream().map(eye::vector).map(Vectors::text).toList();
    }
}
