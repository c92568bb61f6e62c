package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.LabColumn;
import dev.noisediffusion.ui.viewmodel.LabLine;
import dev.noisediffusion.ui.viewmodel.LabMark;
import dev.noisediffusion.ui.viewmodel.LabTableViewModel;
import dev.noisediffusion.ui.viewmodel.LabViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.Arrays;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TablePosition;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/** A line for each setting, a column for each metric. Cells fill in while the experiment runs. */
final class LabTable extends TableView<LabLine> {
    private static final PseudoClass BASELINE = PseudoClass.getPseudoClass("baseline");
    private static final double ROW_HEIGHT = 40;
    private static final double SETTING_WIDTH = 210;
    private static final double COLUMN_WIDTH = 128;
    private static final double MARGIN = 24;
    private static final double HEAD_SIZE = 11;

    private final LabViewModel lab;
    private final LabTableViewModel table;
    private final Texts texts;
    private boolean selecting;

    LabTable(LabViewModel lab, Texts texts) {
        this.lab = lab;
        this.table = lab.table();
        this.texts = texts;
        setId("lab-table");
        getStyleClass().add("lab-table");
        setAccessibleText(texts.get("lab.table"));
        setFixedCellSize(ROW_HEIGHT);
        setItems(table.lines());
        setMinHeight(0);
        Label empty = Nodes.label(texts.get("lab.empty"), "hint");
        Nodes.wrap(empty);
        setPlaceholder(empty);
        getSelectionModel().setCellSelectionEnabled(true);
        Nodes.follow(table.columnsProperty(), this::build);
        getSelectionModel().getSelectedCells().addListener((Observable cells) -> choose());
        Nodes.follow(table.chosenProperty(), this::select);
    }

    /** Selects what was chosen elsewhere. */
    private void select(LabTableViewModel.@Nullable Spot chosen) {
        if (chosen == null || chosen.column() != null || getColumns().isEmpty()) {
            return;
        }
        int row = table.lines().indexOf(chosen.line());
        TableColumn<LabLine, ?> setting = getColumns().getFirst();
        if (row >= 0 && !getSelectionModel().isSelected(row, setting)) {
            selecting = true;
            getSelectionModel().clearAndSelect(row, setting);
            selecting = false;
            scrollTo(row);
        }
    }

    private void choose() {
        if (selecting) {
            return;
        }
        var cells = getSelectionModel().getSelectedCells();
        table.choose(cells.isEmpty() ? null : spot(cells.getFirst()));
    }

    private LabTableViewModel.@Nullable Spot spot(TablePosition<?, ?> position) {
        int row = position.getRow();
        if (row < 0 || row >= table.lines().size()) {
            return null;
        }
        Object column = position.getTableColumn() == null
                ? null
                : position.getTableColumn().getUserData();
        return new LabTableViewModel.Spot(table.lines().get(row), column instanceof LabColumn metric ? metric : null);
    }

    private void build(List<LabColumn> columns) {
        getColumns().clear();
        var setting = new TableColumn<LabLine, LabLine>();
        head(setting, texts.get("lab.setting.title"), "", SETTING_WIDTH);
        setting.setCellValueFactory(features -> new SimpleObjectProperty<>(features.getValue()));
        setting.setCellFactory(column -> new SettingCell());
        getColumns().add(setting);
        for (LabColumn metric : columns) {
            var column = new TableColumn<LabLine, LabMark>();
            column.setUserData(metric);
            column.setId("lab-column-" + metric.key());
            head(
                    column,
                    metric.title(),
                    metric.meaning(),
                    Math.max(COLUMN_WIDTH, longestWord(metric.title()) + MARGIN));
            column.setCellValueFactory(features -> new LabTableViewModel.Spot(features.getValue(), metric).mark());
            column.setCellFactory(made -> new LabTableCell(lab, metric, texts));
            getColumns().add(column);
        }
    }

    /** A word that does not fit would be broken anywhere. */
    private static double longestWord(String title) {
        return Arrays.stream(title.split("[ -]"))
                .map(Text::new)
                .peek(word -> word.setFont(Font.font(HEAD_SIZE)))
                .mapToDouble(word -> word.getLayoutBounds().getWidth())
                .max()
                .orElse(0);
    }

    private static void head(TableColumn<LabLine, ?> column, String title, String meaning, double width) {
        Label label = Nodes.label(title, "lab-head");
        label.setWrapText(true);
        label.setPrefWidth(width - MARGIN);
        if (!meaning.isEmpty()) {
            Nodes.tooltip(label, title + ": " + meaning);
        }
        column.setGraphic(label);
        column.setPrefWidth(width);
        column.setMinWidth(60);
        column.setSortable(false);
        column.setReorderable(false);
    }

    /** The name of a setting. */
    private final class SettingCell extends TableCell<LabLine, LabLine> {
        private final Label name = new Label();
        private final Label mark = Nodes.label(texts.get("lab.baseline"), "pill");

        SettingCell() {
            getStyleClass().add("lab-setting");
            Nodes.wrap(name);
            mark.setMinWidth(USE_PREF_SIZE);
            name.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(name, javafx.scene.layout.Priority.ALWAYS);
            hoverProperty().subscribe(over -> {
                LabLine line = getItem();
                table.point(over && line != null ? new LabTableViewModel.Spot(line, null) : null);
            });
        }

        @Override
        protected void updateItem(@Nullable LabLine line, boolean empty) {
            super.updateItem(line, empty);
            setText(null);
            if (empty || line == null) {
                setGraphic(null);
                return;
            }
            name.setText(line.label());
            pseudoClassStateChanged(BASELINE, line.isBaseline());
            setAccessibleText(line.label());
            setGraphic(Nodes.styled(line.isBaseline() ? new HBox(name, mark) : new HBox(name), "parameter-line"));
        }
    }
}
