package dev.noisediffusion.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.measure.Interval;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.morph.MorphFixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabReportTest {
    private static final Metric SHARPNESS = new Metric("sharpness", "Sharpness", "more is sharper");

    @TempDir
    private Path folder;

    private static Experiment generatedPairs(int count) {
        return LabFixtures.experiment().withPairs(new Experiment.PairCounts(0, count, 2, 3));
    }

    /** Rows of three cells and two seeds, with values that are known. */
    private static ResultsFile.Content content(int pairs) {
        var header = new Header(
                Header.FORMAT,
                Header.VERSION,
                List.of("a, test"),
                "Model",
                "hash",
                generatedPairs(pairs),
                0,
                List.of(),
                List.of(SHARPNESS));
        var rows = new ArrayList<Row>();
        for (int item = 0; item < pairs * 6; item++) {
            int pair = item / 6;
            int cell = item / 2 % 3;
            // With the pair's own offset, which a difference from the baseline does not have.
            double value = 10 * pair + cell + (item % 2 == 0 ? -0.5 : 0.5);
            rows.add(new Row(item, pair, cell, 7 + item % 2, Map.of("sharpness", value), null, null));
        }
        return new ResultsFile.Content(header, rows);
    }

    @Test
    void meansAreTakenOverSeedsThenOverPairsAndDifferencesPairByPair() throws LabException {
        Summary summary = Summary.of(content(5));

        List<Summary.CellSummary> cells = summary.groups().getFirst().cells();
        assertEquals("generated", summary.groups().getFirst().name());
        Interval second = Objects.requireNonNull(cells.get(1).values().get("sharpness"));
        assertEquals(21, second.mean(), 1e-12);
        assertEquals(5, second.count());
        assertTrue(second.low() < 21 && second.high() > 21);
        assertTrue(cells.getFirst().differences().isEmpty());
        assertEquals(new Interval(2, 2, 2, 5), cells.get(2).differences().get("sharpness"));
        assertEquals(Map.of(), cells.getFirst().distances());
    }

    @Test
    void anUnfinishedRunHasAReportThatSaysSo() throws LabException {
        ResultsFile.Content whole = content(5);
        Summary summary =
                Summary.of(new ResultsFile.Content(whole.header(), whole.rows().subList(0, 8)));

        String page = new ReportPage(whole.header(), summary, Optional.empty()).html();

        assertTrue(page.contains("Not finished: 8 of 30 measurements."));
    }

    @Test
    void tablesAreQuotedWhereTheyMustBe() throws LabException {
        ResultsFile.Content content = content(2);
        String[] lines = ResultTables.results(content).split("\r\n", -1);

        assertEquals("pair,kind,first,second,cell,seed,sharpness", lines[0]);
        assertEquals("1,generated,generated 0,generated 1,slerp,7,-0.5", lines[1]);
        assertEquals(2 * 6 + 2, lines.length);
        assertTrue(ResultTables.summary(content.header(), Summary.of(content))
                .contains("generated,gamma=0.4,sharpness,2,7.0,"));
    }

    @Test
    void thePageNeedsNothingElseAndShowsTextAsText() throws Exception {
        var runner = new ExperimentRunner(
                MorphFixtures.model(MorphFixtures.denoiser(), 1),
                generatedPairs(2),
                PictureSet.none(),
                new Instruments(Gauges.standard(), List.of(new Brightness()), List.of("a test")));
        Path results = runner.run(folder, Shard.WHOLE, ProgressListener.NONE, new CancellationToken());

        String page = Files.readString(LabReport.write(results, folder.resolve("report")));

        assertTrue(page.contains("Small &amp; quick &lt;test&gt;") && !page.contains("<test>"));
        assertTrue(page.contains("<svg") && page.contains("data:image/png;base64,"));
        page = page.replaceAll("base64,[^\"]*", "");
        assertFalse(page.contains("http") || page.contains("<script") || page.contains("<link"));
        assertFalse(page.contains("NaN") || page.contains("Infinity"));
        for (String file : List.of("results.csv", "summary.csv", "results.json")) {
            assertTrue(Files.size(folder.resolve("report").resolve(file)) > 100, file);
        }
        // Two pairs; the rows are A, three cells and B.
        Picture sheet = new ImageLoader().load(folder.resolve("report").resolve("contact-sheet.png"));
        assertTrue(sheet.height() > 2 * sheet.width(), sheet::toString);
    }

    @Test
    void whereThereAreNoWholeResultsItIsSaid() {
        assertTrue(Refusals.sentence(LabException.class, () -> LabReport.resultsIn(folder))
                .contains("merge its shards first"));
    }

    @Test
    void vectorsComeBackAsTheyWereWritten() {
        float[] vector = Vectors.of("AACAPwAAAMA=");
        assertEquals(2, vector.length);
        assertEquals(1, vector[0]);
        assertEquals(-2, vector[1]);
        assertEquals("AACAPwAAAMA=", Vectors.text(vector));
    }

    /** Sees the first pixel's red. */
    private static final class Brightness implements Eye {
        @Override
        public FeatureSpace space() {
            return FeatureSpace.INCEPTION;
        }

        @Override
        public float[] vector(Picture picture) {
            return new float[] {picture.pixel(0, 0) >> 16 & 0xff};
        }
    }
}
