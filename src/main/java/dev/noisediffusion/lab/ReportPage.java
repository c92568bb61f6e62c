package dev.noisediffusion.lab;

import dev.noisediffusion.measure.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The report as one HTML page without scripts, which needs no other file and no network.
 *
 * @param charts of the paths that are plotted
 * @param sheet contact sheet, PNG
 */
record ReportPage(Header header, Summary summary, List<PathChart> charts, Optional<byte[]> sheet) {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1d1f23; --quiet: #686d76; --line: #dcdee2; --accent: #b5651d; --paper: #fff; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e4e5e8; --quiet: #989da6; --line: #34373d; --accent: #e79a4f; --paper: #16171a; }
              body { background: var(--paper); }
            }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); max-width: 1040px; margin: 40px auto; padding: 0 20px; }
            h1 { font-size: 26px; margin-bottom: 4px; } h2 { margin-top: 44px; } h3 { margin: 28px 0 2px; font-size: 16px; }
            .quiet { color: var(--quiet); } .plot text { fill: var(--ink); font-size: 12px; }
            .plot .quiet { fill: var(--quiet); } .plot line { stroke: var(--line); }
            .plot .whisker { stroke: var(--accent); stroke-width: 2; } .plot circle { fill: var(--accent); }
            .plot .baseline { stroke: var(--quiet); stroke-dasharray: 3 3; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; }
            th, td { text-align: right; padding: 3px 10px; border-bottom: 1px solid var(--line); }
            th:first-child, td:first-child { text-align: left; } .wide { overflow-x: auto; }
            .paths { display: grid; grid-template-columns: repeat(auto-fill, minmax(225px, 1fr)); gap: 16px; }
            .paths figure { margin: 0; } .paths svg { display: block; border: 1px solid var(--line); border-radius: 4px; }
            .paths figcaption { font-size: 13px; line-height: 1.35; margin-top: 4px; } .path text { fill: var(--ink); font: 600 11px system-ui, sans-serif; stroke: var(--paper); stroke-width: 3; paint-order: stroke; }
            .path { fill: none; stroke-linecap: round; stroke-linejoin: round; }
            .path .cloud { stroke: var(--quiet); stroke-width: 4; opacity: .3; } .path .middles { stroke: var(--accent); stroke-width: 4; opacity: .45; }
            .path .way { stroke: var(--accent); stroke-width: 1.8; } .path .frames { stroke: var(--accent); stroke-width: 6.5; }
            .path .baseline { stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 3 4; opacity: .6; }
            .path .ends { stroke: var(--ink); stroke-width: 9; }
            img { max-width: 100%; } pre { overflow-x: auto; font-size: 12px; } summary { cursor: pointer; margin-top: 12px; }
            """;

    String html() throws LabException {
        Experiment experiment = header.experiment();
        var page = new StringBuilder();
        page.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(text(experiment.title()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n<h1>")
                .append(text(experiment.title()))
                .append("</h1>\n<p>")
                .append(text(experiment.question()))
                .append("</p>\n<p class=\"quiet\">")
                .append(text(made()))
                .append("</p>\n");
        for (Summary.Group group : summary.groups()) {
            page.append("<h2>").append(heading(group)).append("</h2>\n");
            header.metrics().forEach(metric -> metric(page, group, metric));
            for (FeatureSpace space : FeatureSpace.values()) {
                distances(page, group, space);
            }
            for (PathChart chart : charts) {
                if (chart.generated() == group.isGenerated()) {
                    page.append(new PathPanels(header, chart).html());
                }
            }
        }
        sheet.ifPresent(png -> page.append(
                        "<h2>Frames</h2>\n<p class=\"quiet\">The frame in the middle of each morph; ")
                .append("A and B are the pictures.</p>\n<img alt=\"Frames of all cells\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(png))
                .append("\">\n"));
        recipe(page);
        return page.append("</html>\n").toString();
    }

    private String made() {
        String finished = summary.done() < summary.wanted()
                ? "Not finished: " + summary.done() + " of " + summary.wanted() + " measurements. "
                : "";
        String empty = summary.empty() > 0
                ? "Empty measurements: " + summary.empty() + ", where the model overflowed or no metric applies. "
                : "";
        return finished
                + empty
                + "Points are means over pairs, lines 95 % intervals by Student's t; a single pair has none, and where"
                + " a photograph is in several pairs they are widened for it. Model: " + header.model() + ".";
    }

    private String heading(Summary.Group group) {
        int pairs = group.cells().stream()
                .flatMap(cell -> cell.values().values().stream())
                .mapToInt(Interval::count)
                .max()
                .orElse(0);
        return (group.isGenerated() ? "Pictures that the model made" : "Photographs") + ", " + pairs + " pairs";
    }

    private void metric(StringBuilder page, Summary.Group group, Metric metric) {
        List<Summary.CellSummary> cells = group.cells().stream()
                .filter(cell -> cell.values().containsKey(metric.key()))
                .toList();
        if (cells.isEmpty()) {
            return;
        }
        page.append("<h3>")
                .append(text(metric.title()))
                .append("</h3>\n<p class=\"quiet\">")
                .append(text(metric.meaning()))
                .append("</p>\n")
                .append(IntervalPlot.svg(cells, metric, header.experiment().baseline()))
                .append("<details><summary>Numbers</summary><div class=\"wide\"><table>\n")
                .append("<tr><th>cell<th>pairs<th>mean<th>95 %<th>pairs<th>difference<th>95 %\n");
        for (Summary.CellSummary cell : cells) {
            Interval difference = cell.differences().get(metric.key());
            page.append("<tr><td>")
                    .append(text(cell.label()))
                    .append(columns(Present.of(cell.values().get(metric.key()), metric.key()), ""))
                    .append(difference == null ? "<td><td><td>" : columns(difference, "+"))
                    .append('\n');
        }
        page.append("</table></div></details>\n");
    }

    private static String columns(Interval shown, String sign) {
        String range = shown.known() ? number(shown.low(), sign) + " to " + number(shown.high(), sign) : "";
        return "<td>" + shown.count() + "<td>" + number(shown.mean(), sign) + "<td>" + range;
    }

    private static void distances(StringBuilder page, Summary.Group group, FeatureSpace space) {
        if (group.cells().stream().noneMatch(cell -> cell.distances().containsKey(space))) {
            return;
        }
        page.append("<h3>")
                .append(text(space.title()))
                .append("</h3>\n<p class=\"quiet\">")
                .append(text(space.meaning()))
                .append("</p>\n<div class=\"wide\"><table>\n<tr><th>cell<th>frames<th>")
                .append(text(space.kernelTitle()))
                .append("<th>standard error<th>")
                .append(text(space.frechetTitle()))
                .append('\n');
        for (Summary.CellSummary cell : group.cells()) {
            Summary.SetDistance distance = cell.distances().get(space);
            if (distance != null) {
                page.append("<tr><td>")
                        .append(text(cell.label()))
                        .append("<td>")
                        .append(distance.count())
                        .append("<td>")
                        .append(number(distance.kernel(), ""))
                        .append("<td>")
                        .append(number(distance.kernelError(), ""))
                        .append("<td>")
                        .append(number(distance.frechet(), ""))
                        .append('\n');
            }
        }
        page.append("</table></div>\n");
    }

    private void recipe(StringBuilder page) {
        page.append("<h2>Recipe</h2>\n<table>\n")
                .append("<tr><td>Model<td>")
                .append(text(header.model()))
                .append("\n<tr><td>Its hash<td>")
                .append(text(header.modelId()))
                .append('\n');
        header.software()
                .forEach(each ->
                        page.append("<tr><td>Software<td>").append(text(each)).append('\n'));
        page.append("</table>\n<details><summary>The experiment</summary><pre>")
                .append(text(LabJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(header.experiment())))
                .append("</pre></details>\n<details><summary>The photographs</summary><table>\n");
        header.pictures()
                .forEach(picture -> page.append("<tr><td>")
                        .append(text(picture.name()))
                        .append("<td>")
                        .append(text(picture.sha256()))
                        .append('\n'));
        page.append("</table></details>\n");
    }

    /** Four digits that count. */
    static String number(double value, String sign) {
        return (value > 0 ? sign : "") + String.format(Locale.ROOT, "%." + Metric.decimals(value) + "f", value);
    }

    /** A round number, without the digits that computing it has left behind. */
    static String tick(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
