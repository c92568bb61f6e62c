package dev.noisediffusion.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.noisediffusion.job.LabRefusal;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An experiment, declared.
 *
 * @param format always {@value #FORMAT}
 * @param version of this document, now {@value #VERSION}
 * @param name short, as a file's
 * @param title for people
 * @param question that it asks
 * @param model its folder, or its id as the list of models has it; absent for the starter model
 * @param pairs of pictures to morph between
 * @param render how frames are made where a block or cell does not say otherwise
 * @param seeds of the fresh noise, each mixed with the number of the pair, so that pairs do not share their noise, and the cells of
 *     a pair do; each cell is run with each
 * @param grid what is compared: blocks of cells
 * @param metrics by their keys; absent for all that there are
 * @param baseline label of the cell that others are compared with; absent for no comparison
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Experiment(
        String format,
        int version,
        String name,
        String title,
        String question,
        @Nullable String model,
        PairCounts pairs,
        Render render,
        List<Long> seeds,
        List<Block> grid,
        @Nullable List<String> metrics,
        @Nullable String baseline) {
    public static final String FORMAT = "noisediffusion-experiment";
    public static final int VERSION = 1;

    /** More would not be done in a life. */
    static final int MOST_PAIRS = 1_000_000;

    /**
     * How many pairs.
     *
     * @param natural of the user's photographs
     * @param generated of pictures that the model makes itself
     * @param seed of the order in which photographs are paired, and of the pictures that are made
     * @param generatedSteps network calls for each of those
     */
    public record PairCounts(int natural, int generated, long seed, int generatedSteps) {
        public PairCounts {
            if (natural < 0
                    || generated < 0
                    || natural + (long) generated < 1
                    || natural + (long) generated > MOST_PAIRS) {
                throw new IllegalArgumentException("expected at least one pair, natural or generated, and at most "
                        + MOST_PAIRS + "; found " + natural + " and " + generated);
            }
            if (generatedSteps < 1) {
                throw new IllegalArgumentException(
                        "expected at least 1 of \"generatedSteps\", found " + generatedSteps);
            }
        }

        /** So many pairs of each kind that there is one of. */
        public PairCounts of(int count) {
            return new PairCounts(natural > 0 ? count : 0, generated > 0 ? count : 0, seed, generatedSteps);
        }
    }

    /**
     * How frames are made.
     *
     * @param fractions of the frames in the morph, ascending in [0, 1]
     * @param path fractions of the frames that the path plot shows besides, ascending in [0, 1]; they are not measured. Absent
     *     for none
     * @param steps of the whole schedule
     * @param depth 1 - sqrt(abar) where decoding starts, in (0, 1)
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Render(List<Double> fractions, @Nullable List<Double> path, int steps, double depth) {
        public Render {
            fractions = checked(Present.of(fractions, "fractions"));
            path = path == null ? null : checked(path);
        }
    }

    /** Checks what is not checked by the cells. */
    public Experiment {
        if (!FORMAT.equals(format) || version != VERSION) {
            throw new IllegalArgumentException("expected \"format\": \"" + FORMAT + "\" and \"version\": " + VERSION
                    + ", found \"" + format + "\" and " + version);
        }
        if (Present.of(name, "name").isBlank()) {
            throw new IllegalArgumentException("\"name\" is empty");
        }
        Present.of(title, "title");
        Present.of(question, "question");
        Present.of(pairs, "pairs");
        Present.of(render, "render");
        seeds = List.copyOf(Present.of(seeds, "seeds"));
        grid = List.copyOf(Present.of(grid, "grid"));
        metrics = metrics == null ? null : List.copyOf(metrics);
        if (seeds.isEmpty() || grid.isEmpty()) {
            throw new IllegalArgumentException("expected at least one seed, and one block in the grid");
        }
        if (seeds.stream().distinct().count() < seeds.size()) {
            throw new IllegalArgumentException("a seed is there twice: " + seeds);
        }
    }

    static List<Double> checked(List<Double> fractions) {
        double before = -1;
        for (double fraction : fractions) {
            if (!(fraction > before && fraction >= 0 && fraction <= 1)) {
                throw new IllegalArgumentException("expected ascending fractions in [0, 1], found " + fractions);
            }
            before = fraction;
        }
        if (fractions.isEmpty()) {
            throw new IllegalArgumentException("expected at least one fraction");
        }
        return List.copyOf(fractions);
    }

    /**
     * Reads an experiment from its file.
     *
     * @throws LabException with a sentence, if it is none
     */
    public static Experiment read(Path file) throws LabException {
        String json;
        try {
            json = Files.readString(file);
        } catch (MalformedInputException e) {
            throw noExperiment(file, "it is no text", e);
        } catch (IOException e) {
            throw new LabException(
                    LabRefusal.UNREADABLE.with(file),
                    "The experiment " + file + " cannot be read; is the path right?",
                    e);
        }
        return LabJson.read(json, Experiment.class, (reason, cause) -> noExperiment(file, reason, cause))
                .checked(file);
    }

    private static LabException noExperiment(Path file, String reason, @Nullable Throwable cause) {
        return new LabException(
                LabRefusal.NO_EXPERIMENT.with(file, reason), file + " is no experiment: " + reason + ".", cause);
    }

    private Experiment checked(Path file) throws LabException {
        try {
            cells();
            return this;
        } catch (IllegalArgumentException e) {
            throw noExperiment(file, String.valueOf(e.getMessage()), e);
        }
    }

    /** The same with other numbers of pairs. */
    public Experiment withPairs(PairCounts other) {
        return new Experiment(
                format, version, name, title, question, model, other, render, seeds, grid, metrics, baseline);
    }

    /**
     * The cells of the grid, in order.
     *
     * @throws IllegalArgumentException if a setting is unknown or out of range, or two cells have one label
     */
    public List<Cell> cells() {
        var cells = new ArrayList<Cell>();
        grid.forEach(block -> cells.addAll(block.cells(render)));
        var labels = new LinkedHashMap<String, Cell>();
        for (Cell cell : cells) {
            if (labels.put(cell.label(), cell) != null) {
                throw new IllegalArgumentException("two cells of the grid have the label \"" + cell.label() + "\"");
            }
        }
        if (baseline != null && !labels.containsKey(baseline)) {
            throw new IllegalArgumentException(
                    "the baseline \"" + baseline + "\" is no cell; there are " + String.join("; ", labels.keySet()));
        }
        return List.copyOf(cells);
    }
}
