package dev.noisediffusion.ui.viewmodel;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.SimpleBooleanProperty;

/**
 * Any number of a few, but never none. The text of a choice is {@code parameter.<id>.<NAME>}.
 *
 * @param <E> the choices
 */
public final class TicksParameter<E extends Enum<E>> extends Parameter {
    private final E defaultChoice;
    private final Map<E, BooleanProperty> ticks;
    private final Changes changes = new Changes();
    private final BooleanBinding changed = Bindings.createBooleanBinding(this::isChanged, changes.revision());

    TicksParameter(String id, Class<E> type, E defaultChoice) {
        super(id);
        this.defaultChoice = defaultChoice;
        this.ticks = new EnumMap<>(type);
        for (E choice : type.getEnumConstants()) {
            var tick = new SimpleBooleanProperty(choice == defaultChoice);
            ticks.put(choice, tick);
            Changes.on(tick, () -> ticked(tick));
        }
    }

    private boolean isChanged() {
        return !chosen().equals(List.of(defaultChoice));
    }

    private void ticked(BooleanProperty tick) {
        if (chosen().isEmpty()) {
            tick.set(true);
        } else {
            changes.happened();
        }
    }

    public List<E> choices() {
        return List.copyOf(ticks.keySet());
    }

    /** Whether a choice is among the chosen; the last one of them cannot be taken out. */
    public BooleanProperty ticked(E choice) {
        return Objects.requireNonNull(ticks.get(choice));
    }

    /** The chosen, in the order of all; at least one. */
    List<E> chosen() {
        return choices().stream().filter(choice -> ticked(choice).get()).toList();
    }

    /** Chooses one alone. */
    public void set(E only) {
        changes.atOnce(() -> {
            ticked(only).set(true);
            choices().forEach(choice -> ticked(choice).set(choice == only));
        });
    }

    @Override
    public BooleanExpression changed() {
        return changed;
    }

    @Override
    public void reset() {
        set(defaultChoice);
    }

    /** Grows with every change. */
    ReadOnlyLongProperty revision() {
        return changes.revision();
    }

    /** Under which the text of a choice is found. */
    public String textKey(E choice) {
        return "parameter." + id() + "." + choice.name();
    }

    /** Under which the text of the default is found. */
    public String defaultKey() {
        return textKey(defaultChoice);
    }
}
