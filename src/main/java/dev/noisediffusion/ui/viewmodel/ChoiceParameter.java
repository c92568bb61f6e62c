package dev.noisediffusion.ui.viewmodel;

import java.util.List;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * One of a few. The text of a choice is {@code parameter.<id>.<NAME>}.
 *
 * @param <E> the choices
 */
public final class ChoiceParameter<E extends Enum<E>> extends Parameter {
    private final List<E> choices;
    private final E defaultValue;
    private final ReadOnlyObjectWrapper<E> value;
    private final BooleanBinding changed;

    ChoiceParameter(String id, List<E> choices, E defaultValue) {
        super(id);
        this.choices = List.copyOf(choices);
        this.defaultValue = defaultValue;
        this.value = new ReadOnlyObjectWrapper<>(defaultValue);
        this.changed = value.isNotEqualTo(defaultValue);
    }

    @Override
    ChoiceParameter<E> relevantWhen(BooleanExpression condition) {
        super.relevantWhen(condition);
        return this;
    }

    public List<E> choices() {
        return choices;
    }

    public ReadOnlyObjectProperty<E> valueProperty() {
        return value.getReadOnlyProperty();
    }

    public E get() {
        return value.get();
    }

    @Override
    public BooleanExpression changed() {
        return changed;
    }

    public void set(E choice) {
        value.set(choice);
    }

    /** Takes the choice of a name; where there is none, nothing changes. */
    void choose(String name) {
        choices.stream()
                .filter(choice -> choice.name().equals(name))
                .findFirst()
                .ifPresent(value::set);
    }

    @Override
    public void reset() {
        value.set(defaultValue);
    }

    /** Under which the text of a choice is found. */
    public String textKey(E choice) {
        return "parameter." + id() + "." + choice.name();
    }

    /** Under which the text of the default is found. */
    public String defaultKey() {
        return textKey(defaultValue);
    }
}
