package dev.noisediffusion.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one pair in one cell with one seed: one line of a results file.
 *
 * @param item its number in the plan
 * @param pair its number in the plan
 * @param cell its number in the plan
 * @param seed of the fresh noise, as {@link WorkPlan.Item} has it
 * @param values by the keys of their metrics
 * @param pictures of a pair on the contact sheet, PNG in Base64: the frame in the middle, and in the first line of the pair
 *     the two pictures after it; {@link #NONE} for a frame that has overflowed; absent for other pairs
 * @param vectors by {@link FeatureSpace#key}, as {@link Vectors} writes them, of the same three pictures in every pair, with
 *     the first seed; absent without eyes
 * @param path of a pair whose path is plotted: the vectors of the frames at {@link WorkPlan#path}, in the first space of those;
 *     absent for other pairs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Row(
        int item,
        int pair,
        int cell,
        long seed,
        Map<String, Double> values,
        @Nullable List<String> pictures,
        @Nullable Map<String, List<String>> vectors,
        @Nullable List<String> path) {
    /** Stands for the picture and the vector of a frame that there is none of. */
    static final String NONE = "";

    Row {
        values = Collections.unmodifiableMap(new TreeMap<>(Present.of(values, "values")));
        pictures = pictures == null ? null : List.copyOf(pictures);
        vectors = vectors == null ? null : Collections.unmodifiableMap(new TreeMap<>(vectors));
        path = path == null ? null : List.copyOf(path);
    }
}
