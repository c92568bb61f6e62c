package dev.noisediffusion.ui.viewmodel;

import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Words in one line, empty by default. */
public final class TextParameter implements Parameter {
    /** Far more than any model reads. */
    static final int LONGEST = 4000;

    private final String id;
    private final ReadOnlyStringWrapper value = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper relevant = new ReadOnlyBooleanWrapper(true);
    private final BooleanBinding changed = value.isNotEmpty();

    TextParameter(String id) {
        this.id = id;
    }

    TextParameter relevantWhen(BooleanExpression condition) {
        relevant.bind(condition);
        return this;
    }

    @Override
    public String id() {
        return id;
    }

    public ReadOnlyStringProperty valueProperty() {
        return value.getReadOnlyProperty();
    }

    public String get() {
        return value.get();
    }

    @Override
    public ReadOnlyBooleanProperty relevant() {
        return relevant.getReadOnlyProperty();
    }

    @Override
    public BooleanExpression changed() {
        return changed;
    }

    /** Takes words; ends of lines become blanks, blanks around go, and so does what is beyond all measure. */
    public void set(String words) {
        String line = words.replaceAll("\\R", " ").strip();
        value.set(line.substring(0, Math.min(line.length(), LONGEST)).strip());
    }

    @Override
    public void reset() {
        value.set("");
    }
}
