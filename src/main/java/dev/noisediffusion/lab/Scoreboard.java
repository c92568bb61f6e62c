package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        private final PathGatherer paths;
        private final List<Optional<Picture>> frames;
        private final List<LabBoard.Line> lines = new ArrayList<>();

        Half(boolean generated, WorkPlan plan) {
            this.generated = generated;
            this.paths = new PathGatherer(plan, generated);
            this.frames = new ArrayList<>(Collections.nCopies(plan.cells().size(), Optional.empty()));
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
        int cells = plan.cells().size();
        if (pairs.natural() > 0) {
            halves.add(new Half(false, plan));
        }
        if (pairs.generated() > 0) {
            halves.add(new Half(true, plan));
        }
        for (Row row : content.rows()) {
            keep(row);
        }
        for (Half half : halves) {
            for (int cell = 0; cell < cells; cell++) {
                half.lines.add(line(half, cell));
            }
        }
    }

    /** Counts a result. */
    void add(Row row) throws LabException {
        Half half = keep(row);
        if (row.cell() == baseline) {
            for (int cell = 0; cell < half.lines.size(); cell++) {
                half.lines.set(cell, line(half, cell));
            }
        } else {
            half.lines.set(row.cell(), line(half, row.cell()));
        }
    }

    LabBoard board() {
        return new LabBoard(
                header.metrics(),
                done,
                plan.size(),
                halves.stream().flatMap(half -> half.lines.stream()).toList(),
                halves.stream().flatMap(half -> half.paths.chart().stream()).toList());
    }

    private Half keep(Row row) throws LabException {
        boolean generated = plan.pairs().get(row.pair()).generated();
        Half half = generated ? halves.getLast() : halves.getFirst();
        // Numbers only: of pictures, one frame of a cell is enough here, and of features what the charts of paths show.
        half.rows.add(new Row(row.item(), row.pair(), row.cell(), row.seed(), row.values(), null, null, null));
        half.paths.add(row);
        if (half.frames.get(row.cell()).isEmpty() && row.pictures() != null) {
            String frame = row.pictures().getFirst();
            half.frames.set(
                    row.cell(), frame.equals(Row.NONE) ? Optional.empty() : Optional.of(FrameSheet.decoded(frame)));
        }
        done++;
        return half;
    }

    private LabBoard.Line line(Half half, int number) {
        Summary.CellSummary summary = Summary.cell(plan, half.rows, number, baseline, header.metrics());
        return new LabBoard.Line(
                plan.cells().get(number),
                half.generated,
                number == baseline,
                summary.values(),
                summary.differences(),
                half.frames.get(number));
    }
}
