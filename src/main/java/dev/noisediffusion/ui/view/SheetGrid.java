package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.SheetCell;
import dev.noisediffusion.ui.viewmodel.SheetPlan;
import dev.noisediffusion.ui.viewmodel.SheetViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** The cells of a sheet, as large as its place allows, between the labels of its axes. */
final class SheetGrid extends Region {
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");
    private static final PseudoClass IN_USE = PseudoClass.getPseudoClass("in-use");
    private static final double GAP = 4;
    private static final double LABEL_GAP = 8;

    private final SheetViewModel sheet;
    private final Texts texts;
    private final SheetMenu menu;
    private final ReadOnlyStringWrapper pointed = new ReadOnlyStringWrapper("");
    private final List<Label> columns = new ArrayList<>();
    private final List<Label> rows = new ArrayList<>();
    private final List<Button> cells = new ArrayList<>();
    /** The cell that had the keyboard last; null for none of this sheet. */
    private @Nullable Button last;

    SheetGrid(SheetViewModel sheet, Texts texts) {
        this.sheet = sheet;
        this.texts = texts;
        this.menu = new SheetMenu(sheet, texts);
        setMinSize(0, 0);
        getStyleClass().add("sheet-grid");
        Nodes.follow(sheet.planProperty(), this::show);
        Nodes.follow(visibleProperty(), this::comeBack);
    }

    /** The numbers of the cell under the pointer, or with the focus; while one is seen large, of that. */
    ReadOnlyStringProperty pointed() {
        return pointed.getReadOnlyProperty();
    }

    /** While a cell is seen large, which hides the grid, its numbers stay; then the keyboard comes back to it. */
    private void comeBack(boolean seen) {
        SheetPlan plan = sheet.planProperty().get();
        if (last == null || plan == null) {
            return;
        }
        if (seen) {
            last.requestFocus();
        } else {
            pointed.set(plan.cells().get(cells.indexOf(last)).label());
        }
    }

    private void show(@Nullable SheetPlan plan) {
        last = null;
        columns.clear();
        rows.clear();
        cells.clear();
        getChildren().clear();
        pointed.set("");
        if (plan == null) {
            return;
        }
        plan.columns().forEach(text -> columns.add(Nodes.label(text, "sheet-label")));
        plan.rows().forEach(text -> rows.add(Nodes.label(text, "sheet-label")));
        plan.cells().forEach(cell -> cells.add(button(cell, cells.size())));
        getChildren().addAll(columns);
        getChildren().addAll(rows);
        getChildren().addAll(cells);
    }

    private Button button(SheetCell cell, int number) {
        var button = Nodes.styled(new Button(), "sheet-cell");
        button.setId("sheet-cell-" + number);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.setGraphic(new PictureView(cell.rasterProperty(), 3));
        button.setOnAction(event -> sheet.choose(cell));
        button.addEventHandler(KeyEvent.KEY_PRESSED, event -> menu.onKey(event, cell));
        button.setOnContextMenuRequested(event -> {
            menu.of(cell).show(button, event.getScreenX(), event.getScreenY());
            event.consume();
        });
        Nodes.follow(cell.inUseProperty(), used -> {
            button.pseudoClassStateChanged(IN_USE, used);
            button.setAccessibleText(texts.get(used ? "sheet.cell.inUse" : "sheet.cell.name", cell.label()));
        });
        Nodes.follow(cell.doneProperty(), done -> button.pseudoClassStateChanged(WAITING, !done));
        button.hoverProperty().subscribe(over -> point(over, cell));
        button.focusedProperty().subscribe(focused -> {
            if (focused) {
                last = button;
            }
            point(focused, cell);
        });
        return button;
    }

    private void point(boolean at, SheetCell cell) {
        if (at) {
            pointed.set(cell.label());
        } else if (isVisible() && pointed.get().equals(cell.label())) {
            pointed.set("");
        }
    }

    @Override
    protected void layoutChildren() {
        if (cells.isEmpty()) {
            return;
        }
        double rowWidth = widest() + LABEL_GAP;
        double top = columns.getFirst().prefHeight(-1) + LABEL_GAP;
        double side =
                Math.floor(Math.min((getWidth() - 2 * rowWidth) / columns.size(), (getHeight() - top) / rows.size()));
        if (side <= GAP) {
            return;
        }
        double left = Math.floor((getWidth() - columns.size() * side) / 2);
        for (int i = 0; i < columns.size(); i++) {
            Label label = columns.get(i);
            label.autosize();
            label.relocate(left + i * side + (side - GAP - label.getWidth()) / 2, 0);
        }
        for (int i = 0; i < rows.size(); i++) {
            Label label = rows.get(i);
            label.autosize();
            label.relocate(left - LABEL_GAP - label.getWidth(), top + i * side + (side - GAP - label.getHeight()) / 2);
        }
        layOutCells(left, top, side);
    }

    private double widest() {
        return rows.stream().mapToDouble(label -> label.prefWidth(-1)).max().orElse(0);
    }

    private void layOutCells(double left, double top, double side) {
        for (int i = 0; i < cells.size(); i++) {
            Button cell = cells.get(i);
            int column = i % columns.size();
            int row = i / columns.size();
            ((Region) cell.getGraphic()).setPrefSize(side - GAP, side - GAP);
            cell.resizeRelocate(left + column * side, top + row * side, side - GAP, side - GAP);
        }
    }
}
