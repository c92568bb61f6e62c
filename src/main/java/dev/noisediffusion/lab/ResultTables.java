package dev.noisediffusion.lab;

import dev.noisediffusion.measure.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Results as tables: CSV (RFC 4180) and JSON. */
final class ResultTables {
    /** What the JSON holds. */
    private record Document(Header run, Summary summary) {}

    /** JSON has no word for what is no number, as the interval of a single pair. */
    private static final class NumberOrNull extends ValueSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            if (value.isNaN()) {
                json.writeNull();
            } else {
                json.writeNumber(value.doubleValue());
            }
        }
    }

    private static final JsonMapper DOCUMENTS = LabJson.MAPPER
            .rebuild()
            .addModule(new SimpleModule().addSerializer(Double.TYPE, new NumberOrNull()))
            .build();

    private ResultTables() {}

    /** Every number that was measured: one line for each pair, cell and seed. */
    static String results(ResultsFile.Content content) throws LabException {
        Header header = content.header();
        WorkPlan plan = header.plan();
        var lines = new ArrayList<String>();
        var names = new ArrayList<>(List.of("pair", "kind", "first", "second", "cell", "seed"));
        header.metrics().forEach(metric -> names.add(metric.key()));
        lines.add(line(names));
        for (Row row : content.rows()) {
            PicturePair pair = plan.pairs().get(row.pair());
            var fields = new ArrayList<>(List.of(
                    String.valueOf(row.pair() + 1),
                    pair.kind(),
                    header.nameOf(pair, pair.first()),
                    header.nameOf(pair, pair.second()),
                    plan.cells().get(row.cell()).label(),
                    String.valueOf(row.seed())));
            header.metrics().forEach(metric -> fields.add(number(row.values().get(metric.key()))));
            lines.add(line(fields));
        }
        return whole(lines);
    }

    /** Means over pairs with their intervals: one line for each kind of pair, cell and metric. */
    static String summary(Header header, Summary summary) {
        var lines = new ArrayList<String>();
        lines.add(line(List.of(
                "kind",
                "cell",
                "metric",
                "pairs",
                "mean",
                "low",
                "high",
                "difference",
                "difference_low",
                "difference_high",
                "difference_pairs")));
        for (Summary.Group group : summary.groups()) {
            for (Summary.CellSummary cell : group.cells()) {
                for (Metric metric : header.metrics()) {
                    Interval value = cell.values().get(metric.key());
                    if (value != null) {
                        var fields = new ArrayList<>(
                                List.of(group.name(), cell.label(), metric.key(), String.valueOf(value.count())));
                        fields.addAll(numbers(value));
                        Interval difference = cell.differences().get(metric.key());
                        fields.addAll(difference == null ? List.of("", "", "") : numbers(difference));
                        fields.add(difference == null ? "" : String.valueOf(difference.count()));
                        lines.add(line(fields));
                    }
                }
                cell.distances()
                        .forEach((space, distance) ->
                                lines.addAll(distances(group.name(), cell.label(), space, distance)));
            }
        }
        return whole(lines);
    }

    private static List<String> distances(String group, String cell, FeatureSpace space, Summary.SetDistance distance) {
        String pairs = String.valueOf(distance.count());
        return List.of(
                line(List.of(
                        group, cell, space.frechetKey(), pairs, number(distance.frechet()), "", "", "", "", "", "")),
                line(List.of(
                        group,
                        cell,
                        space.kernelKey(),
                        pairs,
                        number(distance.kernel()),
                        number(distance.kernelLow()),
                        number(distance.kernelHigh()),
                        "",
                        "",
                        "",
                        "")));
    }

    /** Everything but the single numbers: what was run, on what, and the means. */
    static String json(Header header, Summary summary) {
        return DOCUMENTS.writerWithDefaultPrettyPrinter().writeValueAsString(new Document(header, summary)) + "\n";
    }

    private static List<String> numbers(Interval interval) {
        return interval.known()
                ? List.of(number(interval.mean()), number(interval.low()), number(interval.high()))
                : List.of(number(interval.mean()), "", "");
    }

    private static String number(@org.jspecify.annotations.Nullable Double value) {
        return value == null ? "" : Double.toString(value);
    }

    private static String line(List<String> fields) {
        return fields.stream().map(ResultTables::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String field) {
        return field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + field.replace("\"", "\"\"") + '"'
                : field;
    }

    private static String whole(List<String> lines) {
        return String.join("\r\n", lines) + "\r\n";
    }
}
