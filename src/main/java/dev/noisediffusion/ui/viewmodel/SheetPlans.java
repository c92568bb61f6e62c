package dev.noisediffusion.ui.viewmodel;

import static dev.noisediffusion.ui.viewmodel.KeyframesViewModel.letter;

import dev.noisediffusion.morph.BilinearGrid;
import dev.noisediffusion.morph.FramePlan;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.project.ParameterValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lays sheets out. */
final class SheetPlans {
    /** A morph grid takes no more pictures. */
    static final int CORNERS = 4;

    private final ParametersViewModel parameters;
    private final Texts texts;

    SheetPlans(ParametersViewModel parameters, Texts texts) {
        this.parameters = parameters;
        this.texts = texts;
    }

    /** One frame in many settings. */
    SheetPlan contactSheet(ShownFrame frame, SheetAxisViewModel across, SheetAxisViewModel down) {
        var cells = new ArrayList<SheetCell>();
        for (double y : down.values()) {
            for (double x : across.values()) {
                cells.add(cell(frame, across, x, down, y));
            }
        }
        return new SheetPlan(name(across), name(down), labels(across), labels(down), cells);
    }

    private SheetCell cell(ShownFrame frame, SheetAxisViewModel across, double x, SheetAxisViewModel down, double y) {
        ParameterValues values = values(across, x, down, y);
        MorphRequest morph = frame.request();
        MorphRequest request = new MorphRequest(
                morph.keyframes(),
                morph.path(),
                parameters.settingsOf(values, morph.keyframes().size()));
        String label = texts.get("sheet.cell", name(across), text(across, x), name(down), text(down, y));
        return cell(frame, label, request, frame.spot(), values);
    }

    private static SheetCell cell(
            ShownFrame frame, String label, MorphRequest request, FramePlan.Spot spot, ParameterValues values) {
        return new SheetCell(
                label, request, spot, frame.lease().open().renderer().identity(request, spot), values);
    }

    /** What a cell changes: the method too, where another one has no such parameter. */
    private static ParameterValues values(SheetAxisViewModel across, double x, SheetAxisViewModel down, double y) {
        List<SheetAxis> axes = List.of(across.axis().get(), down.axis().get());
        return new ParameterValues(
                Map.of(across.parameter().id(), x, down.parameter().id(), y),
                axes.stream().anyMatch(SheetAxis::isOfNoiseDiffusion)
                        ? Map.of("method", MethodName.NOISE_DIFFUSION.name())
                        : Map.of(),
                axes.stream()
                        .flatMap(axis -> switchOff(axis).stream())
                        .collect(Collectors.toMap(name -> name, name -> false)));
    }

    private static List<String> switchOff(SheetAxis axis) {
        return switch (axis) {
            case BOUNDARY -> List.of(ParameterValues.BOUNDARY_OFF);
            case GAIN -> List.of(ParameterValues.GAINS_APART);
            case GAMMA, DEPTH, SEED, GUIDANCE -> List.of();
        };
    }

    private String name(SheetAxisViewModel axis) {
        return texts.get(axis.axis().textKey(axis.axis().get()));
    }

    private List<String> labels(SheetAxisViewModel axis) {
        return axis.values().stream().map(value -> text(axis, value)).toList();
    }

    private String text(SheetAxisViewModel axis, double value) {
        return texts.number(value, axis.parameter().range().decimals());
    }

    /** Morphs between the first three or four pictures. */
    SheetPlan morphGrid(ShownFrame frame, int side) {
        List<Keyframe> pictures = frame.request().keyframes();
        List<Keyframe> corners = pictures.subList(0, Math.min(CORNERS, pictures.size()));
        var request = new MorphRequest(corners, frame.request().settings());
        List<SheetCell> cells = new BilinearGrid(corners.size(), side)
                .spots().stream()
                        .map(spot -> cell(frame, shares(spot), request, spot, ParameterValues.NONE))
                        .toList();
        List<String> blank = Collections.nCopies(side - 2, "");
        List<String> columns = new ArrayList<>(blank);
        columns.addFirst(letter(0));
        columns.addLast(letter(1));
        List<String> rows = new ArrayList<>(blank);
        rows.addFirst("");
        rows.addLast(corners.size() == 3 ? letter(2) : texts.get("sheet.corners", letter(2), letter(3)));
        return new SheetPlan("", "", columns, rows, cells);
    }

    private String shares(FramePlan.Spot spot) {
        return IntStream.range(0, spot.weights().count())
                .filter(i -> spot.weights().get(i) > 0)
                .mapToObj(i -> texts.get("sheet.share", spot.weights().get(i), letter(i)))
                .collect(Collectors.joining(" · "));
    }
}
