package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.LabColumn;
import dev.noisediffusion.ui.viewmodel.LabLine;
import dev.noisediffusion.ui.viewmodel.LabMark;
import dev.noisediffusion.ui.viewmodel.LabTableViewModel;
import dev.noisediffusion.ui.viewmodel.LabViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A mean and its interval, coloured by how far it is from the baseline: warm above, cool below, faint where it may be chance. */
final class LabTableCell extends TableCell<LabLine, LabMark> {
    /** Words are read on it in the light and in the dark; the legend has the same. */
    private static final double STRONGEST = 0.5;

    private static final double FAINT = 0.25;

    private final LabViewModel lab;
    private final LabColumn column;
    private final Texts texts;
    private final Label mean = Nodes.label("", "lab-mean");
    private final Label range = Nodes.label("", "lab-range");
    private final VBox box = Nodes.styled(new VBox(mean, range), "lab-mark");

    LabTableCell(LabViewModel lab, LabColumn column, Texts texts) {
        this.lab = lab;
        this.column = column;
        this.texts = texts;
        getStyleClass().add("lab-cell");
        hoverProperty().subscribe(this::point);
    }

    private @Nullable LabLine line() {
        return getTableRow() == null ? null : getTableRow().getItem();
    }

    private void point(boolean over) {
        LabLine line = line();
        lab.table().point(over && line != null ? new LabTableViewModel.Spot(line, column) : null);
    }

    @Override
    protected void updateItem(@Nullable LabMark mark, boolean empty) {
        super.updateItem(mark, empty);
        setText(null);
        LabLine line = line();
        if (empty || mark == null) {
            setGraphic(null);
            setAccessibleText(empty || line == null ? "" : name(line, texts.get("lab.cell.waiting")));
            return;
        }
        mean.setText(lab.words().mean(mark));
        range.setText(lab.words().range(mark));
        range.setManaged(!range.getText().isEmpty());
        box.setStyle(colour(mark));
        setGraphic(box);
        if (line != null) {
            setAccessibleText(name(line, lab.words().exactly(mark)));
        }
    }

    private String name(LabLine line, String what) {
        return texts.get("lab.cell", line.label(), column.title(), what);
    }

    private static String colour(LabMark mark) {
        double strength = Math.abs(mark.warmth()) * (mark.sure() ? STRONGEST : FAINT);
        String rgb = mark.warmth() > 0 ? "222, 132, 50" : "64, 134, 208";
        return String.format(Locale.ROOT, "-fx-background-color: rgba(%s, %.3f);", rgb, strength);
    }
}
