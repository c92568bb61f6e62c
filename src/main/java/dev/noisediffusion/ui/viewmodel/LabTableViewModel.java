package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.lab.Cell;
import dev.noisediffusion.lab.LabBoard;
import dev.noisediffusion.lab.PathChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The table of the lab: a line for each setting, a column for each metric, and the cell that is chosen. */
public final class LabTableViewModel {
    /**
     * A cell of the table.
     *
     * @param column null for the name of the setting
     */
    public record Spot(LabLine line, @Nullable LabColumn column) {
        /** What is known of it. */
        public ObservableValue<@Nullable LabMark> mark() {
            return line.marksProperty().map(marks -> column == null ? null : marks.get(column.key()));
        }
    }

    private final LabWords words;
    private final ObservableList<LabLine> lines = FXCollections.observableArrayList();
    private final ObservableList<LabLine> readOnlyLines = FXCollections.unmodifiableObservableList(lines);
    private final ReadOnlyObjectWrapper<List<LabColumn>> columns = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<LabChart>> charts = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<@Nullable LabBoard> board = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Spot> chosen = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<@Nullable Spot> pointed = new SimpleObjectProperty<>();

    private final ObservableValue<@Nullable Spot> shown =
            Bindings.createObjectBinding(() -> pointed.get() == null ? chosen.get() : pointed.get(), pointed, chosen);

    LabTableViewModel(LabWords words) {
        this.words = words;
    }

    public ObservableList<LabLine> lines() {
        return readOnlyLines;
    }

    /** The columns: what has been measured of any setting. */
    public ReadOnlyObjectProperty<List<LabColumn>> columnsProperty() {
        return columns.getReadOnlyProperty();
    }

    /** The paths that are known, one chart for each kind of pair. */
    public ReadOnlyObjectProperty<List<LabChart>> chartsProperty() {
        return charts.getReadOnlyProperty();
    }

    /** What the table shows, null while there is nothing. */
    ReadOnlyObjectProperty<@Nullable LabBoard> boardProperty() {
        return board.getReadOnlyProperty();
    }

    /** The cell that is chosen, null for none. */
    public ReadOnlyObjectProperty<@Nullable Spot> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    public void choose(@Nullable Spot spot) {
        chosen.set(spot);
    }

    /** Says which cell is under the pointer, null for none. */
    public void point(@Nullable Spot spot) {
        pointed.set(spot);
    }

    /** The cell under the pointer, else the chosen one; null for neither. */
    public ObservableValue<@Nullable Spot> shown() {
        return shown;
    }

    void clear() {
        chosen.set(null);
        pointed.set(null);
        lines.clear();
        columns.set(List.of());
        charts.set(List.of());
        board.set(null);
    }

    void show(LabNews news) {
        LabBoard before = board.get();
        LabBoard now = news.board();
        if (before == null || !sameGrid(before, now)) {
            clear();
            boolean bothKinds = now.lines().stream().anyMatch(LabBoard.Line::generated)
                    && !now.lines().stream().allMatch(LabBoard.Line::generated);
            var fresh = new ArrayList<LabLine>();
            now.lines().forEach(line -> fresh.add(new LabLine(words.label(line, bothKinds), line)));
            lines.setAll(fresh);
        }
        List<LabColumn> measured = now.metrics().stream()
                .filter(metric ->
                        now.lines().stream().anyMatch(line -> line.values().containsKey(metric.key())))
                .map(words::column)
                .toList();
        if (!measured.equals(columns.get())) {
            columns.set(measured);
        }
        Map<String, Double> largest = LabLine.largest(now.lines());
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).show(now.lines().get(i), news.frames().get(i).orElse(null), largest);
        }
        charts.set(now.charts().stream()
                .map(chart -> LabChart.of(chart, linesOf(chart), words))
                .toList());
        board.set(now);
    }

    /** Lines of natural pairs are first. */
    private List<LabLine> linesOf(PathChart chart) {
        int cells = chart.ways().size();
        int from = chart.generated() ? lines.size() - cells : 0;
        return List.copyOf(lines.subList(from, from + cells));
    }

    private static boolean sameGrid(LabBoard one, LabBoard other) {
        return one.metrics().equals(other.metrics()) && grid(one).equals(grid(other));
    }

    /** The cells, each with whether it is the baseline: that is all that a line keeps. */
    private static List<Map.Entry<Cell, Boolean>> grid(LabBoard board) {
        return board.lines().stream()
                .map(line -> Map.entry(line.cell(), line.baseline()))
                .toList();
    }
}
