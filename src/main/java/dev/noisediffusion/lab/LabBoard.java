package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.measure.Interval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has measured so far, to be looked at while it goes on.
 *
 * @param metrics that are measured, in order
 * @param done pieces of work that are measured
 * @param wanted pieces of work of the finished run
 * @param lines the cells of the grid, first those of natural pairs, then those of generated ones
 * @param charts of paths, of natural pairs, then of generated ones; those that there are results for
 */
public record LabBoard(List<Metric> metrics, int done, int wanted, List<Line> lines, List<PathChart> charts) {
    /** Version of the results that are written and read: those of another one are never gone on with. */
    public static final int RESULTS_VERSION = Header.VERSION;

    public LabBoard {
        metrics = List.copyOf(metrics);
        lines = List.copyOf(lines);
        charts = List.copyOf(charts);
    }

    /**
     * A cell of the grid with the pairs of one kind.
     *
     * @param generated whether the model made the pictures of the pairs
     * @param baseline whether others are compared with this cell
     * @param values means over pairs, by the key of the metric; those that no pair has yet are left out
     * @param differences from the baseline, pair by pair, likewise; empty for the baseline, where there is none, and
     *     where other frames are measured than there
     * @param frame in the middle of the first morph, once it is made
     */
    public record Line(
            Cell cell,
            boolean generated,
            boolean baseline,
            Map<String, Interval> values,
            Map<String, Interval> differences,
            Optional<Picture> frame) {
        public Line {
            values = Map.copyOf(values);
            differences = Map.copyOf(differences);
        }
    }

    public boolean isWhole() {
        return done == wanted;
    }

    /**
     * What an earlier run has left in a folder.
     *
     * @return empty where there are no results
     * @throws LabException if they cannot be read or are damaged
     */
    public static Optional<LabBoard> in(Path folder) throws LabException {
        Path file = folder.resolve(ResultsFile.NAME);
        return Files.isRegularFile(file)
                ? Optional.of(new Scoreboard(ResultsFile.read(file)).board())
                : Optional.empty();
    }
}
