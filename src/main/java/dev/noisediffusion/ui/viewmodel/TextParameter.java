package dev.noisediffusion.ui.viewmodel;

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
        value.set(line.substring(0, end(line)).strip());
    }

    /** Where a line is cut, which is never inside a character of two halves. */
    private static int end(String line) {
        if (line.length() <= LONGEST) {
            return line.length();
        }
        return Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    }

    @Override
    public void reset() {
        value.set("");
    }
}
