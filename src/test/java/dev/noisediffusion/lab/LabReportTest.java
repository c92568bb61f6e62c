package dev.noisediffusion.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.measure.FeatureSet;
import dev.noisediffusion.measure.Interval;
import dev.noisediffusion.measure.KernelDistance;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.morph.MorphFixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabReportTest {
    private static final Metric SHARPNESS = new Metric("sharpness", "Sharpness", "more is sharper");

    @TempDir
    private Path folder;

    private static Experiment generatedPairs(int count) {
        return LabFixtures.experiment().withPairs(new Experiment.PairCounts(0, count, 2, 3));
    }

    private static ResultsFile.Content content(int pairs) {
        return content(generatedPairs(pairs));
    }

    /** Rows of three cells and two seeds, with values that are known. */
    private static ResultsFile.Content content(Experiment experiment) {
        var header = new Header(
                Header.FORMAT,
                Header.VERSION,
                List.of("a, test"),
                "Model",
                "hash",
                experiment,
                0,
                List.of(),
                List.of(SHARPNESS));
        var rows = new ArrayList<Row>();
        for (int item = 0; item < experiment.pairs().generated() * 6; item++) {
            int pair = item / 6;
            int cell = item / 2 % 3;
            // With the pair's own offset, which a difference from the baseline does not have.
            double value = 10 * pair + cell + (item % 2 == 0 ? -0.5 : 0.5);
            rows.add(new Row(item, pair, cell, 7 + item % 2, Map.of("sharpness", value), null, null, null));
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
    void aSeedThatOneCellLacksIsLeftOutOfTheDifferenceInBoth() throws LabException {
        ResultsFile.Content whole = content(5);
        List<Row> rows = whole.rows().stream()
                .map(row -> row.pair() == 0 && row.cell() == 1 && row.seed() == 7
                        ? new Row(row.item(), row.pair(), row.cell(), row.seed(), Map.of(), null, null, null)
                        : row)
                .toList();
        var content = new ResultsFile.Content(whole.header(), rows);

        Summary.CellSummary cell =
                Summary.of(content).groups().getFirst().cells().get(1);

        assertEquals(new Interval(1, 1, 1, 5), cell.differences().get("sharpness"));
        assertEquals(
                21.1, Objects.requireNonNull(cell.values().get("sharpness")).mean(), 1e-12);
        assertEquals(
                cell.differences(),
                new Scoreboard(content).board().lines().get(1).differences());
    }

    @Test
    void aCellWithOtherFramesThanTheBaselineHasNoDifferences() throws LabException {
        Experiment all = generatedPairs(5);
        Experiment experiment = LabFixtures.experiment(
                all.pairs(),
                all.seeds(),
                List.of(
                        new Block(Map.of("method", "slerp"), Map.of(), List.of(0.0, 0.5, 1.0)),
                        new Block(Map.of("method", "crossfade"), Map.of(), List.of(0.0, 0.25, 0.5, 0.75, 1.0)),
                        new Block(Map.of("depth", 0.5), Map.of(), List.of(0.5))),
                null,
                "slerp");

        ResultsFile.Content content = content(experiment);
        List<Summary.CellSummary> cells =
                Summary.of(content).groups().getFirst().cells();

        assertEquals(Map.of(), cells.get(1).differences());
        assertEquals(
                5,
                Objects.requireNonNull(cells.get(1).values().get("sharpness")).count());
        assertEquals(new Interval(2, 2, 2, 5), cells.get(2).differences().get("sharpness"));
        assertEquals(
                List.of(0, 0, 1),
                new Scoreboard(content)
                        .board().lines().stream()
                                .map(line -> line.differences().size())
                                .toList());
    }

    @Test
    void ofASinglePairThereIsNoInterval() throws LabException {
        ResultsFile.Content content = content(1);
        Summary summary = Summary.of(content);

        String table = ResultTables.summary(content.header(), summary);
        String json = ResultTables.json(content.header(), summary).replaceAll("\\s", "");
        String page = new ReportPage(content.header(), summary, List.of(), Optional.empty()).html();

        assertTrue(table.contains("generated,slerp,sharpness,1,0.0,,,,,,\r\n"), table);
        assertTrue(table.contains("generated,gamma=0.4,sharpness,1,2.0,,,2.0,,,1\r\n"), table);
        assertTrue(json.contains("\"low\":null") && json.contains("\"high\":null") && !json.contains("NaN"), json);
        assertTrue(page.contains("<tr><td>gamma=0.4<td>1<td>2.000<td><td>1<td>+2.000<td>\n"), page);
        assertFalse(page.contains("class=\"whisker\"") || page.contains("NaN"), page);
    }

    @Test
    void ofEveryMeanAndDifferenceItIsSaidHowManyPairsItHas() throws LabException {
        ResultsFile.Content whole = content(5);
        List<Row> rows = whole.rows().stream()
                .map(row -> row.pair() == 0 && row.cell() == 0
                        ? new Row(row.item(), row.pair(), row.cell(), row.seed(), Map.of(), null, null, null)
                        : row)
                .toList();
        Summary summary = Summary.of(new ResultsFile.Content(whole.header(), rows));

        List<String> table =
                ResultTables.summary(whole.header(), summary).lines().toList();
        String page = new ReportPage(whole.header(), summary, List.of(), Optional.empty()).html();

        assertTrue(table.getFirst().endsWith(",difference,difference_low,difference_high,difference_pairs"));
        assertTrue(table.get(1).startsWith("generated,slerp,sharpness,4,25.0,"), table.get(1));
        assertTrue(table.get(1).endsWith(",,,,"), table.get(1));
        assertTrue(table.get(2).startsWith("generated,gamma=0,sharpness,5,21.0,"), table.get(2));
        assertTrue(table.get(2).endsWith(",1.0,1.0,1.0,4"), table.get(2));
        assertTrue(page.contains("<tr><td>slerp<td>4<td>25.00<td>"), page);
        assertTrue(page.contains("<tr><td>gamma=0<td>5<td>21.00<td>"), page);
        assertTrue(page.contains("<td>4<td>+1.000<td>+1.000 to +1.000\n"), page);
        assertTrue(page.contains("Empty measurements: 2, where the model overflowed or no metric applies."), page);
        assertFalse(new ReportPage(whole.header(), Summary.of(whole), List.of(), Optional.empty())
                .html()
                .contains("Empty measurements"));
    }

    @Test
    void pairsThatSharePhotographsHaveWiderIntervals() throws LabException {
        Interval apart = sharpnessOf(12);
        Interval shared = sharpnessOf(4);

        assertEquals(apart.mean(), shared.mean());
        assertEquals(6, shared.count());
        // The root of five, and Student's t with three degrees of freedom in place of five.
        assertEquals(
                Math.sqrt(5) * 3.182446 / 2.570582,
                (shared.high() - shared.low()) / (apart.high() - apart.low()),
                1e-5);
    }

    /** Of the baseline, over six natural pairs. */
    private static Interval sharpnessOf(int photographs) throws LabException {
        Summary summary = Summary.of(
                new ResultsFile.Content(sixNaturalPairs(photographs), content(6).rows()));
        return Objects.requireNonNull(
                summary.groups().getFirst().cells().getFirst().values().get("sharpness"));
    }

    private static Header sixNaturalPairs(int photographs) {
        Header plain = content(1).header();
        return new Header(
                plain.format(),
                plain.version(),
                plain.software(),
                plain.model(),
                plain.modelId(),
                plain.experiment().withPairs(new Experiment.PairCounts(6, 0, 2, 3)),
                photographs,
                List.of(),
                plain.metrics());
    }

    /** All six pairs of four photographs. */
    @Test
    void theErrorOfADistanceIsOfPairsThatTakeTheirSharesOfPhotographsAlong() throws LabException {
        Header header = sixNaturalPairs(4);
        List<PicturePair> pairs = header.plan().pairs();
        var rows = new ArrayList<Row>();
        for (Row row : content(6).rows()) {
            PicturePair pair = pairs.get(row.pair());
            List<String> seen = Stream.of(frame(row.pair()), photograph(pair.first()), photograph(pair.second()))
                    .limit(row.cell() == 0 ? 3 : 1)
                    .map(Vectors::text)
                    .toList();
            Map<String, List<String>> vectors = row.seed() == 7 ? Map.of("bottleneck", seen) : null;
            rows.add(new Row(row.item(), row.pair(), row.cell(), row.seed(), row.values(), null, vectors, null));
        }

        Summary.SetDistance distance = Objects.requireNonNull(Summary.of(new ResultsFile.Content(header, rows))
                .groups()
                .getFirst()
                .cells()
                .get(1)
                .distances()
                .get(FeatureSpace.BOTTLENECK));

        List<Integer> numbers = List.of(0, 1, 2, 3);
        KernelDistance expected = KernelDistance.of(
                FeatureSet.of(List.of(frame(0), frame(1), frame(2), frame(3), frame(4), frame(5))),
                pairs.stream().map(pair -> List.of(pair.first(), pair.second())).toList(),
                FeatureSet.of(numbers.stream().map(LabReportTest::photograph).toList()));
        assertEquals(1000 * expected.value(), distance.kernel(), 1e-5);
        assertEquals(1000 * Math.sqrt(5) * expected.error(), distance.kernelError(), 1e-5);
    }

    private static float[] frame(int pair) {
        return new float[] {1, pair, 2};
    }

    private static float[] photograph(int number) {
        return new float[] {number, 3, number * number};
    }

    /** Five pairs, the features of whose first in the second cell are as given. */
    private static ResultsFile.Content withFirstVector(String vector) {
        ResultsFile.Content whole = withPaths(5, 30);
        List<Row> rows = whole.rows().stream()
                .map(row -> row.pair() == 0 && row.cell() == 1 && row.vectors() != null
                        ? new Row(
                                row.item(),
                                row.pair(),
                                row.cell(),
                                row.seed(),
                                row.values(),
                                null,
                                Map.of("bottleneck", List.of(vector)),
                                null)
                        : row)
                .toList();
        return new ResultsFile.Content(whole.header(), rows);
    }

    @Test
    void featuresThatAreNoNumbersAreLeftOutOfTheDistancesOfSets() throws LabException {
        Summary summary = Summary.of(withFirstVector(Vectors.text(new float[] {Float.NaN, 0, 0, 0})));

        Summary.SetDistance distance = Objects.requireNonNull(
                summary.groups().getFirst().cells().get(1).distances().get(FeatureSpace.BOTTLENECK));
        assertTrue(Double.isFinite(distance.frechet()) && Double.isFinite(distance.kernel()), distance::toString);
    }

    @Test
    void theDistancesOfSetsSayOfHowManyFramesTheyAre() throws LabException {
        ResultsFile.Content content = withFirstVector(Row.NONE);
        Summary summary = Summary.of(content);

        assertEquals(
                List.of(5, 4, 5),
                summary.groups().getFirst().cells().stream()
                        .map(cell -> Objects.requireNonNull(cell.distances().get(FeatureSpace.BOTTLENECK))
                                .count())
                        .toList());
        String table = ResultTables.summary(content.header(), summary);
        for (String line : List.of("slerp,set-kernel,5,", "gamma=0,set-kernel,4,", "gamma=0,set-frechet,4,")) {
            assertTrue(table.contains("\ngenerated," + line), line);
        }
        String page = new ReportPage(content.header(), summary, List.of(), Optional.empty()).html();
        assertTrue(page.contains("<th>frames<th>") && page.contains("<tr><td>gamma=0<td>4<td>"), page);
    }

    @Test
    void aLongLabelIsWholeInThePlot() {
        String label = "placement=before, boundary=1.5, gamma=0.25, mu=1.2, nu=0.8, steps=50";
        var cell = new Summary.CellSummary(label, Map.of("sharpness", new Interval(2, 1, 3, 5)), Map.of(), Map.of());

        String svg = IntervalPlot.svg(List.of(cell), SHARPNESS, null);

        double end = number(svg, "<text class=\"\" x=\"([0-9.]+)\"");
        assertTrue(end >= 6.5 * label.length(), svg);
        assertTrue(number(svg, "<line class=\"whisker\" x1=\"([0-9.]+)\"") > end, svg);
        assertTrue(number(svg, "<line class=\"whisker\"[^>]* x2=\"([0-9.]+)\"") <= 1000, svg);
    }

    private static double number(String svg, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(svg);
        assertTrue(found.find(), svg);
        return Double.parseDouble(found.group(1));
    }

    @Test
    void anUnfinishedRunHasAReportThatSaysSo() throws LabException {
        ResultsFile.Content whole = content(5);
        Summary summary =
                Summary.of(new ResultsFile.Content(whole.header(), whole.rows().subList(0, 8)));

        String page = new ReportPage(whole.header(), summary, List.of(), Optional.empty()).html();

        assertTrue(page.contains("Not finished: 8 of 30 measurements."));
    }

    @ParameterizedTest
    @CsvSource({"700000, 2", "400000, 1", "300000, 0"})
    void theContactSheetShowsAsManyPairsAsFit(long pixels, int pairs) throws Exception {
        ResultsFile.Content content = content(2);
        String png = Base64.getEncoder().encodeToString(PngFile.bytes(MorphFixtures.picture(1)));
        // The first frame comes with the pictures of the pair.
        List<Row> rows = content.rows().stream()
                .map(row -> row.seed() != 7
                        ? row
                        : new Row(
                                row.item(),
                                row.pair(),
                                row.cell(),
                                row.seed(),
                                row.values(),
                                Collections.nCopies(row.cell() == 0 ? 3 : 1, png),
                                null,
                                null))
                .toList();

        Optional<Picture> sheet = FrameSheet.of(new ResultsFile.Content(content.header(), rows), pixels);

        assertEquals(pairs, sheet.map(Picture::width).orElse(0) / 256);
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
        String json = Files.readString(folder.resolve("report").resolve("results.json"));
        assertTrue(json.indexOf("\"run\"") < json.indexOf("\"summary\""));
        // Two pairs; the rows are A, three cells and B.
        Picture sheet = new ImageLoader().load(folder.resolve("report").resolve("contact-sheet.png"));
        assertTrue(sheet.height() > 2 * sheet.width(), sheet::toString);
    }

    /** Photographs at the corners of a square, and for the first pair frames in each cell of which one is aside. */
    private static ResultsFile.Content withPaths(int pairs, int rows) {
        ResultsFile.Content plain = content(pairs);
        var seen = new ArrayList<Row>();
        for (Row row : plain.rows().subList(0, rows)) {
            boolean first = row.seed() == 7;
            var vectors = new ArrayList<String>();
            if (first) {
                vectors.add(Vectors.text(new float[] {row.cell(), row.pair(), 9, 0}));
                if (row.cell() == 0) {
                    vectors.add(Vectors.text(new float[] {2 * row.pair(), 0, 0, 0}));
                    vectors.add(Vectors.text(new float[] {2 * row.pair(), 10, 0, 0}));
                }
            }
            List<String> path = first && row.pair() == 0
                    ? List.of(
                            Vectors.text(new float[] {0, 0, 0, 0}),
                            Vectors.text(new float[] {0, 5, 0, 3 * row.cell()}),
                            Vectors.text(new float[] {0, 10, 0, 0}))
                    : null;
            seen.add(new Row(
                    row.item(),
                    row.pair(),
                    row.cell(),
                    row.seed(),
                    row.values(),
                    null,
                    first ? Map.of("bottleneck", vectors) : null,
                    path));
        }
        return new ResultsFile.Content(plain.header(), seen);
    }

    @Test
    void thePathOfEveryCellIsLaidOntoThePlaneOfThePhotographs() throws LabException {
        PathChart chart = PathGatherer.charts(withPaths(5, 30)).getFirst();

        assertTrue(chart.generated() && chart.ofPhotographs());
        assertEquals(FeatureSpace.BOTTLENECK, chart.space());
        assertEquals(1, chart.explained(), 1e-12);
        assertEquals(10, chart.photographs().size());
        assertEquals(0, PathChart.offPlane(chart.photographs()), 1e-6);
        assertEquals(10, Math.abs(chart.second().x() - chart.first().x()), 1e-6);
        for (int cell = 0; cell < 3; cell++) {
            PathChart.Way way = chart.ways().get(cell);
            assertEquals(0, way.frames().getFirst().distance(), 1e-6);
            assertEquals(chart.first().x(), way.frames().getFirst().x(), 1e-6);
            assertEquals(3 * cell, way.frames().get(1).distance(), 1e-6);
            assertEquals(5, way.middles().size());
            assertEquals(9, way.middles().getLast().distance(), 1e-6);
        }
        assertTrue(chart.first().x() < chart.second().x(), "the first picture is on the left");
    }

    @Test
    void wherePhotographsAreFewTheFramesAreOfThePlaneToo() throws LabException {
        PathChart chart = PathGatherer.charts(withPaths(1, 4)).getFirst();

        assertFalse(chart.ofPhotographs());
        assertEquals(2, chart.photographs().size());
        assertEquals(
                3,
                Math.abs(chart.ways().get(1).frames().get(1).y() - chart.first().y()),
                1e-6);
        assertEquals(List.of(), chart.ways().get(2).frames());
        ResultsFile.Content none = content(5);
        assertEquals(List.of(), PathGatherer.charts(none));
    }

    @Test
    void thePageShowsThePathOfEveryCellAndSaysOfWhatFeatures() throws LabException {
        ResultsFile.Content content = withPaths(5, 30);

        String page = new ReportPage(
                        content.header(), Summary.of(content), PathGatherer.charts(content), Optional.empty())
                .html();

        for (String label : List.of("slerp", "gamma=0", "gamma=0.4")) {
            assertTrue(page.contains("aria-label=\"Path, " + label + "\""), label);
            assertTrue(page.contains("<figcaption>" + label + "<br>"), label);
        }
        assertEquals(3, page.split("class=\"way\"", -1).length - 1);
        assertEquals(2, page.split("class=\"baseline\" d=", -1).length - 1);
        assertEquals(1, page.split("<defs>", -1).length - 1);
        assertTrue(page.contains("in the denoiser's own bottleneck features"));
        assertTrue(page.contains("It holds 100\u00a0% of their variance"));
        assertTrue(page.contains("from A (generated 0) to B (generated 1)"));
        assertTrue(page.contains("3.464 off the plane"), "sqrt(6 * 6 / 3)");
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

    /** As docs/lab.md has it. */
    @Test
    void thePathsOf250PairsAreDrawn() {
        assertEquals(250, PathChart.MOST_PAIRS);
    }
}
