package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.LabelledSheet;
import dev.noisediffusion.image.Picture;
import java.util.List;

/**
 * A sheet: its cells and what its axes mean.
 *
 * @param across what changes from column to column; blank for nothing
 * @param down what changes from row to row; blank for nothing
 * @param columns a label for each
 * @param rows a label for each
 * @param cells row by row
 */
public record SheetPlan(String across, String down, List<String> columns, List<String> rows, List<SheetCell> cells) {
    public SheetPlan {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        cells = List.copyOf(cells);
    }

    boolean isComplete() {
        return finished() == cells.size();
    }

    /** How many cells have their pictures. */
    long finished() {
        return cells.stream().filter(cell -> cell.doneProperty().get()).count();
    }

    /** The finished sheet with its labels. */
    LabelledSheet labelled() {
        List<Picture> pictures =
                cells.stream().flatMap(cell -> cell.picture().stream()).toList();
        return new LabelledSheet(across, down, columns, rows, pictures);
    }
}
