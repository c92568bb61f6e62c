package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.lab.Experiment;
import dev.noisediffusion.lab.LabBoard;
import dev.noisediffusion.lab.Metric;
import dev.noisediffusion.lab.PathChart;
import dev.noisediffusion.measure.Interval;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the lab says, in the user's language. Experiments and metrics that the studio does not know keep their own words. */
public final class LabWords {
    private final Texts texts;

    LabWords(Texts texts) {
        this.texts = texts;
    }

    /** An experiment of the studio. */
    LabExperiment ofStudio(Experiment experiment) {
        String key = "lab.experiment." + experiment.name();
        return new LabExperiment(
                texts.find(key).orElse(experiment.title()),
                texts.find(key + ".question").orElse(experiment.question()),
                experiment);
    }

    /** A metric. */
    LabColumn column(Metric metric) {
        String key = "lab.metric." + metric.key();
        return new LabColumn(
                metric.key(),
                texts.find(key).orElse(metric.title()),
                texts.find(key + ".meaning").orElse(metric.meaning()));
    }

    /** A setting: the parts of its label, each in words. */
    String label(LabBoard.Line line, boolean bothKinds) {
        String words =
                Arrays.stream(line.cell().label().split(", ")).map(this::part).collect(Collectors.joining(" · "));
        return bothKinds && line.generated() ? texts.get("lab.generated", words) : words;
    }

    private String part(String part) {
        int equals = part.indexOf('=');
        if (equals < 0) {
            return choice("method", part);
        }
        String name = part.substring(0, equals);
        String value = part.substring(equals + 1);
        String title = texts.find("lab.setting." + name)
                .or(() -> texts.find("parameter." + name))
                .orElse(name);
        return texts.get("lab.setting", title, choice(name, value));
    }

    private String choice(String name, String value) {
        String constant = value.toUpperCase(Locale.ROOT).replace('-', '_');
        return texts.find("lab.setting." + name + "." + constant)
                .or(() -> texts.find("parameter." + name + "." + constant))
                .orElseGet(() -> localNumber(value));
    }

    private String localNumber(String value) {
        int point = value.indexOf('.');
        try {
            return texts.number(Double.parseDouble(value), point < 0 ? 0 : value.length() - point - 1);
        } catch (NumberFormatException e) {
            return value;
        }
    }

    /** The mean. */
    public String mean(LabMark mark) {
        return number(mark.value().mean());
    }

    /** Four digits that count. */
    private String number(double value) {
        return texts.number(value, Metric.decimals(value));
    }

    String title(PathChart chart) {
        return texts.get(chart.generated() ? "lab.paths.generated" : "lab.paths.photographs");
    }

    /** What a path plot shows. */
    String plane(PathChart chart) {
        return texts.get(
                chart.ofPhotographs() ? "lab.paths.plane" : "lab.paths.plane.few",
                texts.get("lab.paths.features." + chart.space().name()),
                texts.number(100 * chart.explained(), 0));
    }

    /** What it hides of a way. */
    String hidden(PathChart chart, PathChart.Way way) {
        return texts.get(
                "lab.paths.hidden",
                number(PathChart.offPlane(way.frames())),
                number(PathChart.offPlane(chart.photographs())));
    }

    /** Where a mean probably lies; empty for one pair, of which nobody knows. */
    public String range(LabMark mark) {
        return range(mark.value());
    }

    private String range(Interval interval) {
        return interval.known() ? texts.get("lab.range", number(interval.low()), number(interval.high())) : "";
    }

    /** All that is known of a number. */
    public String exactly(LabMark mark) {
        Interval value = mark.value();
        String own = texts.get(
                value.known() ? "lab.exactly" : "lab.exactly.one", number(value.mean()), range(value), value.count());
        Interval difference = mark.difference();
        if (difference == null) {
            return own;
        }
        String key =
                !difference.known() ? "lab.difference.one" : mark.sure() ? "lab.difference" : "lab.difference.chance";
        String sign = difference.mean() > 0 ? "+" : "";
        return own + "\n" + texts.get(key, sign + number(difference.mean()), range(difference));
    }
}
