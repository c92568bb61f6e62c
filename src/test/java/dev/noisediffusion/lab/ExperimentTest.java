package dev.noisediffusion.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.Slerp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentTest {
    private static final String GAMMA = "assets/experiments/gamma.json";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"gamma, 11", "boundary, 8", "injection, 7", "methods, 20", "ablation, 8"})
    void theExperimentsThatComeWithTheStudioAreWhole(String name, int cells) throws LabException {
        Experiment experiment = Experiment.read(Path.of("assets", "experiments", name + ".json"));

        assertEquals(name, experiment.name());
        assertEquals(cells, experiment.cells().size());
        assertTrue(experiment.pairs().natural() >= 60);
        assertTrue(experiment.cells().stream().map(Cell::label).anyMatch(label -> label.equals(experiment.baseline()))
                || experiment.baseline() == null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gamma", "boundary", "injection", "methods", "ablation"})
    void everyCellOfTheStudiosExperimentsCanBeComparedWithTheBaseline(String name) throws LabException {
        Experiment experiment = Experiment.read(Path.of("assets", "experiments", name + ".json"));
        Cell baseline = experiment.cells().stream()
                .filter(cell -> cell.label().equals(experiment.baseline()))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of(),
                experiment.cells().stream()
                        .filter(cell -> !cell.isComparableWith(baseline))
                        .toList());
    }

    private static Cell withFrames(Double... fractions) {
        return new Cell("a cell", MorphSettings.DEFAULT, 1, List.of(fractions));
    }

    @Test
    void cellsAreComparedWhereTheirNumbersAreOfTheSameFrames() {
        Cell wholePath = withFrames(0.0, 0.25, 0.5, 0.75, 1.0);
        Cell middleAndEnds = withFrames(0.0, 0.5, 1.0);
        Cell middle = withFrames(0.5);
        assertTrue(wholePath.isComparableWith(withFrames(0.0, 0.25, 0.5, 0.75, 1.0)));
        assertTrue(middle.isComparableWith(middleAndEnds) && middleAndEnds.isComparableWith(middle));
        assertFalse(wholePath.isComparableWith(middleAndEnds) || middleAndEnds.isComparableWith(wholePath));
        assertFalse(middle.isComparableWith(withFrames(0.25)));
        assertFalse(middleAndEnds.isComparableWith(withFrames(0.0, 0.5)), "one end and both");
        assertFalse(wholePath.isComparableWith(withFrames(0.25, 0.5, 0.75)), "paths of other lengths");
    }

    @Test
    void aBlockIsEveryCombinationOfItsAxes() throws LabException {
        List<Cell> cells =
                Experiment.read(Path.of("assets/experiments/ablation.json")).cells();

        assertEquals("placement=none, gamma=0, injection=0", cells.getFirst().label());
        var last = (NoiseDiffusion) cells.getLast().settings().method();
        assertEquals(BoundaryPlacement.BOTH, last.placement());
        assertEquals(0.2, last.gamma());
        assertEquals(0.7, cells.getLast().settings().depth(), 1e-12);
        assertTrue(Experiment.read(Path.of("assets/experiments/methods.json")).cells().stream()
                .anyMatch(cell -> cell.settings().method() instanceof Slerp && cell.noiseScale() == 1.3));
    }

    @Test
    void aModelAndGainsThatAreSetApartAreTakenOver() throws IOException {
        Path file = folder.resolve("mine.json");
        Files.writeString(file, """
                {
                  "format": "noisediffusion-experiment", "version": 1, "name": "mine", "title": "Mine", "question": "?",
                  "model": "ddpm-cat-256",
                  "pairs": {"natural": 1, "generated": 0, "seed": 1, "generatedSteps": 1},
                  "render": {"fractions": [0.5], "steps": 4, "depth": 0.7},
                  "seeds": [0],
                  "grid": [{"set": {"gain": 1.4, "mu": 1.5}, "axes": {"nu": [0.5, 1]}}, {"set": {"mu": 0.9}}]
                }
                """);

        Experiment experiment = Experiment.read(file);

        assertEquals("ddpm-cat-256", experiment.model());
        assertEquals(
                List.of("nu=0.5", "nu=1", "mu=0.9"),
                experiment.cells().stream().map(Cell::label).toList());
        assertEquals(
                List.of(new Injection(1.5, 0.5), new Injection(1.5, 1), new Injection(0.9, 1.2)),
                experiment.cells().stream()
                        .map(cell -> ((NoiseDiffusion) cell.settings().method()).injection())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"gamma\": [0, ~~~~ \"gama\": [0, ~~~~ gama",
                "0.9, 1] ~~~~ 0.9, 1.5] ~~~~ 1.5",
                "\"steps\": 30 ~~~~ \"steps\": 0 ~~~~ 1 step",
                "\"depth\": 0.7 ~~~~ \"depth\": 1.7 ~~~~ found 1.7",
                "[0.5] ~~~~ [0.5, 0.4] ~~~~ fractions",
                "\"seeds\": [0] ~~~~ \"seeds\": [] ~~~~ at least one seed",
                "\"natural\": 60 ~~~~ \"natural\": -1 ~~~~ pair",
                "\"gamma=0\" ~~~~ \"gamma=7\" ~~~~ gamma=7",
                "\"version\": 1 ~~~~ \"version\": 99 ~~~~ version",
                "\"name\": \"gamma\", ~~~~ ~~~~ name",
                "[0.5] ~~~~ [0.25, \"half\"] ~~~~ fractions",
                "\"seeds\" ~~~~ \"sedes\" ~~~~ seeds",
                "] ~~~~ } ~~~~ JSON"
            })
    void whatIsWrongIsSaid(String change) throws IOException {
        String[] parts = change.split("\\s*~~~~\\s*", -1);
        Path file = folder.resolve("mine.json");
        String whole = Files.readString(Path.of(GAMMA));
        assertTrue(whole.contains(parts[0]), parts[0]);
        Files.writeString(file, whole.replace(parts[0], parts[1]));

        String sentence = Refusals.sentence(LabException.class, () -> Experiment.read(file));

        assertTrue(sentence.contains("mine.json") && sentence.contains(parts[2]), sentence);
    }

    @Test
    void pairsOfOneRoundShareNoPhotographAndNoneIsThereTwice() throws LabException {
        List<PicturePair> pairs = PicturePair.natural(7, 21, 3);

        assertEquals(
                6,
                pairs.subList(0, 3).stream()
                        .flatMap(pair -> List.of(pair.first(), pair.second()).stream())
                        .distinct()
                        .count());
        assertEquals(
                21,
                pairs.stream()
                        .map(pair ->
                                List.of(Math.min(pair.first(), pair.second()), Math.max(pair.first(), pair.second())))
                        .distinct()
                        .count());
        assertEquals(pairs.subList(0, 9), PicturePair.natural(7, 9, 3));
    }

    @ParameterizedTest
    @CsvSource({"100, 8", "7, 7", "3, 5", "1000001, 999"})
    void shardsCutTheWorkWithoutGapOrOverlap(int items, int count) {
        int next = 0;
        for (int number = 1; number <= count; number++) {
            var shard = new Shard(number, count);
            assertEquals(next, shard.from(items));
            next = shard.to(items);
            assertTrue(next - shard.from(items) <= items / count + 1);
        }
        assertEquals(items, next);
    }
}
