package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.NoiseHealth;
import dev.noisediffusion.ui.viewmodel.NoiseHealth.Role;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The numbers behind the charts, a line each; the colours of its names are the charts' legend. */
final class HealthTable extends GridPane {
    private static final List<String> COLUMNS = List.of("spread", "tails", "cut", "length");

    private final List<Label> cells = new ArrayList<>();
    private List<Role> roles = List.of();

    HealthTable(Texts texts) {
        getStyleClass().add("health-table");
        var names = new ColumnConstraints();
        names.setHgrow(Priority.ALWAYS);
        getColumnConstraints().add(names);
        for (int column = 0; column < COLUMNS.size(); column++) {
            String key = "health.column." + COLUMNS.get(column);
            Label title = Nodes.label(texts.get(key), "health-column");
            title.setMinWidth(USE_PREF_SIZE);
            Nodes.tooltip(title, texts.get(key + ".tooltip"));
            var numbers = new ColumnConstraints();
            numbers.setHalignment(HPos.RIGHT);
            getColumnConstraints().add(numbers);
            add(title, column + 1, 0);
        }
    }

    /** Writes the numbers. The labels stay where they can, as this happens with each move of a slider. */
    void show(List<NoiseHealth.Row> rows) {
        List<Role> next = rows.stream().map(NoiseHealth.Row::role).toList();
        if (!next.equals(roles)) {
            rebuild(next);
        }
        int at = 0;
        for (NoiseHealth.Row row : rows) {
            Label name = cells.get(at);
            name.getTooltip().setText(row.verdict().isEmpty() ? row.name() : row.name() + ": " + row.verdict());
            for (String text : List.of(row.name(), row.spread(), row.tails(), row.cut(), row.length())) {
                cells.get(at++).setText(text);
            }
        }
    }

    private void rebuild(List<Role> next) {
        roles = next;
        getChildren().removeAll(cells);
        cells.clear();
        int pictures = 0;
        for (int row = 0; row < roles.size(); row++) {
            Label name = Nodes.label("", "health-name");
            name.setGraphic(swatch(roles.get(row), roles.get(row) == Role.PICTURE ? pictures++ : 0));
            Nodes.tooltip(name, "");
            cells.add(name);
            add(name, 0, row + 1);
            for (int column = 1; column <= COLUMNS.size(); column++) {
                Label value = Nodes.label("", "health-value");
                cells.add(value);
                add(value, column, row + 1);
            }
        }
    }

    private static Node swatch(Role role, int number) {
        return Nodes.styled(
                new Region(),
                "swatch",
                switch (role) {
                    case NATURAL -> "swatch-natural";
                    case FRAME -> "swatch-frame";
                    case PICTURE -> "swatch-" + number % 2;
                });
    }
}
