package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseReport;
import dev.noisediffusion.morph.NoiseStatistics;
import dev.noisediffusion.morph.NoiseSuggestion;
import dev.noisediffusion.morph.NoiseVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in plain words what was measured. */
final class HealthWriter {
    /** Below this validity a fault is a bad one: the noise has lost more than half of its way to valid noise. */
    private static final double BAD = 0.45;

    private final Texts texts;

    HealthWriter(Texts texts) {
        this.texts = texts;
    }

    /**
     * The health of a frame.
     *
     * @param letters of the keyframes, in the order of the request
     * @param mixing whether NoiseDiffusion made it, and so its settings can mend it
     */
    NoiseHealth health(NoiseReport report, List<String> letters, boolean mixing) {
        if (!report.hasNoise()) {
            return said(HealthMark.NONE, "noiseless", null, List.of(), false);
        }
        List<NoiseStatistics> encodings = report.encodings().stream()
                .map(NoiseReport.EncodingNoise::statistics)
                .toList();
        List<NoiseChart.Curve> lines =
                encodings.stream().map(NoiseChart.Curve::of).toList();
        // The mixture's, or that of the encodings where only they are clipped, or are all there is.
        Optional<NoiseStatistics> clipped = Stream.concat(report.mixture().stream(), encodings.stream())
                .filter(noise -> noise.boundary() < Double.POSITIVE_INFINITY)
                .findFirst();
        double boundary = clipped.map(NoiseStatistics::boundary).orElse(Double.POSITIVE_INFINITY);
        NoiseChart.Curve filled = report.mixture().map(NoiseChart.Curve::of).orElse(null);
        var chart = new NoiseChart(filled, lines, boundary);
        double natural = clipped.map(NoiseStatistics::natural).orElse(0.0);
        List<NoiseHealth.Row> rows = rows(report, letters, cut(natural, boundary));
        if (report.mixture().isEmpty()) {
            return said(HealthMark.NONE, "original", chart, rows, report.rough());
        }
        NoiseStatistics mixture = report.mixture().get();
        NoiseVerdict verdict = NoiseVerdict.of(mixture);
        HealthMark mark = mark(mixture);
        NoiseHealth health = said(mark, verdict.name(), chart, rows, report.rough());
        return mixing || verdict == NoiseVerdict.HEALTHY
                ? health
                : new NoiseHealth(
                        mark, health.verdict(), texts.get("health.other.advice"), chart, rows, report.rough());
    }

    private NoiseHealth said(
            HealthMark mark, String key, @Nullable NoiseChart chart, List<NoiseHealth.Row> rows, boolean rough) {
        String text = "health.verdict." + key;
        return new NoiseHealth(mark, texts.get(text), texts.get(text + ".advice"), chart, rows, rough);
    }

    private static HealthMark mark(NoiseStatistics noise) {
        if (NoiseVerdict.of(noise) == NoiseVerdict.HEALTHY) {
            return HealthMark.GOOD;
        }
        return noise.validity() < BAD ? HealthMark.BAD : HealthMark.FAIR;
    }

    private List<NoiseHealth.Row> rows(NoiseReport report, List<String> letters, String naturallyCut) {
        var rows = new ArrayList<NoiseHealth.Row>();
        rows.add(new NoiseHealth.Row(
                NoiseHealth.Role.NATURAL,
                texts.get("health.row.natural"),
                "",
                number(1),
                number(0),
                naturallyCut,
                number(1)));
        report.mixture()
                .ifPresent(mixture -> rows.add(row(NoiseHealth.Role.FRAME, texts.get("health.row.frame"), mixture)));
        for (NoiseReport.EncodingNoise encoding : report.encodings()) {
            rows.add(row(NoiseHealth.Role.PICTURE, letters.get(encoding.keyframe()), encoding.statistics()));
        }
        return rows;
    }

    private NoiseHealth.Row row(NoiseHealth.Role role, String name, NoiseStatistics noise) {
        return new NoiseHealth.Row(
                role,
                name,
                texts.get("health.verdict." + NoiseVerdict.of(noise)),
                number(noise.sigma()),
                number(noise.kurtosis()),
                cut(noise.beyond(), noise.boundary()),
                number(noise.length()));
    }

    /** Without the sign of a zero. */
    private String number(double value) {
        return texts.get("health.number", Math.abs(value) < 0.005 ? 0 : value);
    }

    private String cut(double share, double boundary) {
        return boundary == Double.POSITIVE_INFINITY ? texts.get("health.cut.none") : texts.get("health.share", share);
    }

    /** What a suggestion changes, and why. */
    SuggestedNoise suggested(Optional<NoiseSuggestion> found) {
        if (found.isEmpty()) {
            return SuggestedNoise.nothing(texts.get("health.suggest.nowhere"));
        }
        NoiseSuggestion suggestion = found.get();
        NoiseSuggestion.Score was = suggestion.was();
        NoiseSuggestion.Score becomes = suggestion.becomes();
        if (!suggestion.isChange()) {
            return SuggestedNoise.nothing(texts.get("health.suggest.none", was.validity(), was.keeping()));
        }
        String summary = texts.get(
                "health.suggest.summary", was.validity(), becomes.validity(), was.keeping(), becomes.keeping());
        var chart = new NoiseChart(
                NoiseChart.Curve.of(becomes.mixture()),
                List.of(NoiseChart.Curve.of(was.mixture())),
                becomes.mixture().boundary());
        return new SuggestedNoise(summary, reasons(suggestion), chart, suggestion.after());
    }

    private List<String> reasons(NoiseSuggestion suggestion) {
        NoiseDiffusion before = suggestion.before();
        NoiseDiffusion after = suggestion.after();
        NoiseStatistics was = suggestion.was().mixture();
        NoiseStatistics becomes = suggestion.becomes().mixture();
        var reasons = new ArrayList<String>();
        if (after.gamma() != before.gamma()) {
            reasons.add(texts.get(
                    "health.why.gamma." + direction(before.gamma(), after.gamma()),
                    number(before.gamma()),
                    number(after.gamma()),
                    was.sigma(),
                    becomes.sigma()));
        }
        if (after.boundary() != before.boundary()) {
            reasons.add(texts.get(
                    "health.why.boundary." + direction(before.boundary(), after.boundary()),
                    boundary(before.boundary()),
                    boundary(after.boundary()),
                    was.beyond(),
                    becomes.beyond()));
        }
        double gain = before.injection().muGain();
        double newGain = after.injection().muGain();
        if (newGain != gain) {
            reasons.add(texts.get("health.why.gain." + direction(gain, newGain), number(gain), number(newGain)));
        }
        return reasons;
    }

    private static String direction(double before, double after) {
        return after > before ? "more" : "less";
    }

    private String boundary(double boundary) {
        return boundary == Double.POSITIVE_INFINITY ? texts.get("parameter.boundary.off") : number(boundary);
    }
}
