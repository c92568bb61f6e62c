package dev.noisediffusion.ui.viewmodel;

import java.util.List;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyLongProperty;

/** One axis of a contact sheet: what changes, from where to where, in how many cells. */
public final class SheetAxisViewModel {
    private final ParametersViewModel parameters;
    private final ChoiceParameter<SheetAxis> axis;
    private final NumberParameter from;
    private final NumberParameter to;
    private final NumberParameter count = new NumberParameter("sheetCount", NumberParameter.Range.of(2, 9, 0), 5);
    private final Changes changes = new Changes();

    SheetAxisViewModel(ParametersViewModel parameters, SheetAxis first) {
        this.parameters = parameters;
        axis = new ChoiceParameter<>("sheetAxis", List.of(SheetAxis.values()), first);
        from = new NumberParameter("sheetFrom", NumberParameter.Range.of(0, 10, 2), first.from());
        to = new NumberParameter("sheetTo", NumberParameter.Range.of(0, 10, 2), first.to());
        Changes.on(axis.valueProperty(), this::axisChanged);
        List.of(from, to, count).forEach(number -> Changes.on(number.valueProperty(), changes::happened));
    }

    private void axisChanged() {
        changes.atOnce(() -> {
            from.set(axis.get().from());
            to.set(axis.get().to());
            changes.happened();
        });
    }

    public ChoiceParameter<SheetAxis> axis() {
        return axis;
    }

    /** The first cell's value. */
    public NumberParameter from() {
        return from;
    }

    /** The last cell's value. */
    public NumberParameter to() {
        return to;
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

    /** Evenly spaced, within the limits of the parameter. */
    List<Double> values() {
        NumberParameter.Range range = parameter().range();
        double scale = 1 / range.step();
        return IntStream.range(0, count.getInt())
                .mapToObj(i -> from.get() + (to.get() - from.get()) * i / (count.getInt() - 1))
                .map(value -> Math.round(Math.clamp(value, range.min(), range.max()) * scale) / scale)
                .toList();
    }
}
