package dev.noisediffusion.ui.viewmodel;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyLongProperty;

/** One axis of a contact sheet: what changes, from where to where, in how many cells. */
public final class SheetAxisViewModel {
    /** Where an axis begins and ends, within the limits of what changes and with its decimals. */
    private record Ends(NumberParameter from, NumberParameter to) {}

    private final ParametersViewModel parameters;
    private final ChoiceParameter<SheetAxis> axis;
    private final Map<SheetAxis, Ends> ends = new EnumMap<>(SheetAxis.class);
    private final NumberParameter count = new NumberParameter("sheetCount", NumberParameter.Range.of(2, 9, 0), 5);
    private final Changes changes = new Changes();

    SheetAxisViewModel(ParametersViewModel parameters, SheetAxis first) {
        this.parameters = parameters;
        axis = new ChoiceParameter<>("sheetAxis", List.of(SheetAxis.values()), first);
        for (SheetAxis each : SheetAxis.values()) {
            NumberParameter.Range range = each.parameter(parameters).range();
            var own = new Ends(
                    new NumberParameter("sheetFrom", range, each.from()),
                    new NumberParameter("sheetTo", range, each.to()));
            ends.put(each, own);
            Changes.on(own.from().valueProperty(), changes::happened);
            Changes.on(own.to().valueProperty(), changes::happened);
        }
        Changes.on(axis.valueProperty(), changes::happened);
        Changes.on(count.valueProperty(), changes::happened);
    }

    public ChoiceParameter<SheetAxis> axis() {
        return axis;
    }

    private Ends ends() {
        return Objects.requireNonNull(ends.get(axis.get()));
    }

    /** The first cell's value; each choice of {@link #axis} has its own. */
    public NumberParameter from() {
        return ends().from();
    }

    /** The last cell's value; each choice of {@link #axis} has its own. */
    public NumberParameter to() {
        return ends().to();
    }

    public NumberParameter count() {
        return count;
    }

    ReadOnlyLongProperty revision() {
        return changes.revision();
    }

    /** The parameter that changes. */
    NumberParameter parameter() {
        return axis.get().parameter(parameters);
    }

    /** Evenly spaced, each a number that the parameter can have; fewer than {@link #count} where there are not so many. */
    List<Double> values() {
        double scale = 1 / parameter().range().step();
        double from = from().get();
        double step = (to().get() - from) / (count.getInt() - 1);
        return IntStream.range(0, count.getInt())
                .mapToObj(i -> Math.round((from + step * i) * scale) / scale)
                .distinct()
                .toList();
    }
}
