package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.project.Cuts;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Words in one line, empty by default. */
public final class TextParameter extends Parameter {
    /** Far more than any model reads. */
    static final int LONGEST = 4000;

    private final ReadOnlyStringWrapper value = new ReadOnlyStringWrapper("");
    private final BooleanBinding changed = value.isNotEmpty();

    TextParameter(String id) {
        super(id);
    }

    public ReadOnlyStringProperty valueProperty() {
        return value.getReadOnlyProperty();
    }

    public String get() {
        return value.get();
    }

    @Override
    public BooleanExpression changed() {
        return changed;
    }

    /** Takes words; ends of lines become blanks, blanks around go, and so does what is beyond all measure. */
    public void set(String words) {
        String line = words.replaceAll("\\R", " ").strip();
        value.set(Cuts.beginning(line, LONGEST).strip());
    }

    @Override
    public void reset() {
        value.set("");
    }
}
