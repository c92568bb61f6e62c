package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the {@link LabBoard} of a run: with each result only the cells are reckoned anew that it belongs to. */
final class Scoreboard {
    private final Header header;
    private final WorkPlan plan;
    private final int baseline;
    private final List<Half> halves = new ArrayList<>();
    private int done;

    /** Pairs of one kind. */
    private static final class Half {
        private final boolean generated;
        private final List<Row> rows = new ArrayList<>();
        private final List<LabBoard.Line> lines = new ArrayList<>();

        Half(boolean generated) {
            this.generated = generated;
        }
    }

    /**
     * A board with what there is already.
     *
     * @throws LabException if a frame in the results is damaged
     */
    Scoreboard(ResultsFile.Content content) throws LabException {
        header = content.header();
        plan = header.plan();
        baseline = Summary.baseline(header, plan);
        Experiment.PairCounts pairs = header.experiment().pairs();
        if (pairs.natural() > 0) {
            halves.add(new Half(false));
        }
        if (pairs.generated() > 0) {
            halves.add(new Half(true));
        }
        for (Half half : halves) {
            for (int cell = 0; cell < plan.cells().size(); cell++) {
                half.lines.add(new LabBoard.Line(
                        plan.cells().get(cell),
                        half.generated,
                        cell == baseline,
                        Map.of(),
                        Map.of(),
                        Optional.empty()));
            }
        }
        for (Row row : content.rows()) {
            keep(row);
        }
        for (Half half : halves) {
            for (int cell = 0; cell < half.lines.size(); cell++) {
                reckon(half, cell);
            }
        }
    }

    /** Counts a result. */
    void add(Row row) throws LabException {
        Half half = keep(row);
        reckon(half, row.cell());
        for (int cell = 0; row.cell() == baseline && cell < half.lines.size(); cell++) {
            reckon(half, cell);
        }
    }

    LabBoard board() {
        return new LabBoard(
                header.metrics(),
                done,
                plan.size(),
                halves.stream().flatMap(half -> half.lines.stream()).toList());
    }

    private Half keep(Row row) throws LabException {
        boolean generated = plan.pairs().get(row.pair()).generated();
        Half half = generated ? halves.getLast() : halves.getFirst();
        // Numbers only: of pictures and features, one frame of a cell is enough here.
        half.rows.add(new Row(row.item(), row.pair(), row.cell(), row.seed(), row.values(), null, null));
        LabBoard.Line line = half.lines.get(row.cell());
        if (line.frame().isEmpty() && row.pictures() != null) {
            Picture frame = FrameSheet.decoded(row.pictures().getFirst());
            half.lines.set(
                    row.cell(),
                    new LabBoard.Line(
                            line.cell(),
                            line.generated(),
                            line.baseline(),
                            line.values(),
                            line.differences(),
                            Optional.of(frame)));
        }
        done++;
        return half;
    }

    private void reckon(Half half, int cell) {
        LabBoard.Line line = half.lines.get(cell);
        Summary.CellSummary summary = Summary.cell(line.cell().label(), half.rows, cell, baseline, header.metrics());
        half.lines.set(
                cell,
                new LabBoard.Line(
                        line.cell(),
                        line.generated(),
                        line.baseline(),
                        summary.values(),
                        summary.differences(),
                        line.frame()));
    }
}
