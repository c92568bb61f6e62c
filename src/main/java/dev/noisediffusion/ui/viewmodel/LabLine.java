package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.lab.Cell;
import dev.noisediffusion.lab.LabBoard;
import dev.noisediffusion.measure.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** A setting in the table of the lab, with the numbers that are known of it. */
public final class LabLine {
    private final String label;
    private final boolean baseline;
    private final Cell cell;
    private final ReadOnlyObjectWrapper<Map<String, LabMark>> marks = new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyObjectWrapper<@Nullable Raster> frame = new ReadOnlyObjectWrapper<>();

    LabLine(String label, LabBoard.Line line) {
        this.label = label;
        this.baseline = line.baseline();
        this.cell = line.cell();
    }

    /** The setting, for people. */
    public String label() {
        return label;
    }

    /** Whether others are compared with this one. */
    public boolean isBaseline() {
        return baseline;
    }

    Cell cell() {
        return cell;
    }

    /** The numbers by the key of their metric; what is not measured yet is left out. */
    public ReadOnlyObjectProperty<Map<String, LabMark>> marksProperty() {
        return marks.getReadOnlyProperty();
    }

    /** A frame made with the setting, null while there is none. */
    public ReadOnlyObjectProperty<@Nullable Raster> frameProperty() {
        return frame.getReadOnlyProperty();
    }

    /**
     * Shows what is measured.
     *
     * @param picture made with the setting, null while there is none
     * @param largest differences from the baseline by metric
     */
    void show(LabBoard.Line line, @Nullable Raster picture, Map<String, Double> largest) {
        var fresh = new HashMap<String, LabMark>();
        line.values()
                .forEach((key, value) ->
                        fresh.put(key, LabMark.of(value, line.differences().get(key), largest.getOrDefault(key, 0.0))));
        marks.set(Map.copyOf(fresh));
        frame.set(picture);
    }

    /** The largest differences among some lines, by metric. */
    static Map<String, Double> largest(List<LabBoard.Line> lines) {
        var largest = new HashMap<String, Double>();
        for (LabBoard.Line line : lines) {
            line.differences().forEach((key, value) -> largest.merge(key, size(value), Math::max));
        }
        return largest;
    }

    private static double size(Interval difference) {
        return Math.abs(difference.mean());
    }
}
