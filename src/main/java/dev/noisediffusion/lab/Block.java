package dev.noisediffusion.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some cells of a grid: every combination of the values of the axes.
 *
 * @param set settings that all of them have
 * @param axes settings that change from cell to cell, each with its values; without any there is one cell
 * @param fractions of the frames, where they are not those of the experiment
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Block(
        Map<String, Object> set,
        Map<String, List<Object>> axes,
        @Nullable List<Double> fractions) {
    /** Copies; what is absent is empty. */
    public Block(
            @Nullable Map<String, Object> set,
            @Nullable Map<String, List<Object>> axes,
            @Nullable List<Double> fractions) {
        this.set = Collections.unmodifiableMap(new LinkedHashMap<>(set == null ? Map.of() : set));
        this.axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes == null ? Map.of() : axes));
        this.fractions = fractions == null ? null : Experiment.checked(fractions);
        this.axes.forEach((name, values) -> {
            if (Present.of(values, name).isEmpty()) {
                throw new IllegalArgumentException("the axis \"" + name + "\" has no values");
            }
        });
        if (this.set.isEmpty() && this.axes.isEmpty()) {
            throw new IllegalArgumentException("a block of the grid is empty");
        }
    }

    /**
     * Its cells, the last axis changing fastest.
     *
     * @throws IllegalArgumentException if a setting is unknown or out of range
     */
    List<Cell> cells(Experiment.Render usual) {
        List<Map<String, Object>> combinations = List.of(Map.of());
        for (Map.Entry<String, List<Object>> axis : axes.entrySet()) {
            var longer = new ArrayList<Map<String, Object>>();
            for (Map<String, Object> combination : combinations) {
                for (Object value : axis.getValue()) {
                    var next = new LinkedHashMap<>(combination);
                    next.put(axis.getKey(), value);
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        List<Double> frames = fractions == null ? usual.fractions() : fractions;
        return combinations.stream()
                .map(combination -> CellSettings.cell(set, combination, frames, usual))
                .toList();
    }
}
