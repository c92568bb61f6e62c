package dev.noisediffusion.ui.viewmodel;

import java.util.regex.Pattern;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;

/** A number with limits, to be slid or typed. */
public final class NumberParameter extends Parameter {
    /**
     * The numbers there are.
     *
     * @param min smallest that can be typed
     * @param max largest that can be typed
     * @param sliderMin left end of the slider; above {@code sliderMax} where the slider runs down
     * @param sliderMax right end of the slider
     * @param decimals shown and kept
     */
    public record Range(double min, double max, double sliderMin, double sliderMax, int decimals) {
        /** The same limits for typing and sliding. */
        public static Range of(double min, double max, int decimals) {
            return new Range(min, max, min, max, decimals);
        }

        /** The smallest change. */
        public double step() {
            return Math.pow(10, -decimals);
        }
    }

    /** Far below the smallest change of any number, and above the noise of binary fractions. */
    private static final double NOISE = 1e-9;

    /** A whole number with its thousands apart, as one language or another writes it. */
    private static final Pattern THOUSANDS = Pattern.compile("[1-9]\\d{0,2}([.,'’\\h]\\d{3})+");

    private final Range range;
    private final ReadOnlyDoubleWrapper defaultValue;
    private final ReadOnlyDoubleWrapper value;
    private final BooleanBinding changed;

    NumberParameter(String id, Range range, double defaultValue) {
        super(id);
        this.range = range;
        this.defaultValue = new ReadOnlyDoubleWrapper(defaultValue);
        this.value = new ReadOnlyDoubleWrapper(defaultValue);
        this.changed = Bindings.createBooleanBinding(
                () -> Math.abs(value.get() - this.defaultValue.get()) > range.step() / 2, value, this.defaultValue);
    }

    @Override
    NumberParameter relevantWhen(BooleanExpression condition) {
        super.relevantWhen(condition);
        return this;
    }

    public Range range() {
        return range;
    }

    /** Where it begins, and what {@link #reset} returns to: the studio's number, or one that a model's makers suggest. */
    public ReadOnlyDoubleProperty defaultProperty() {
        return defaultValue.getReadOnlyProperty();
    }

    /** Makes the nearest number within the limits the default; the value stays. */
    void setDefault(double number) {
        defaultValue.set(nearest(number));
    }

    public ReadOnlyDoubleProperty valueProperty() {
        return value.getReadOnlyProperty();
    }

    public double get() {
        return value.get();
    }

    int getInt() {
        return (int) Math.round(value.get());
    }

    @Override
    public BooleanExpression changed() {
        return changed;
    }

    /** Takes the nearest number within the limits. */
    public void set(double number) {
        if (!Double.isNaN(number)) {
            value.set(nearest(number));
        }
    }

    /** Whether its value is a number. */
    boolean has(double number) {
        return Math.abs(value.get() - number) < NOISE;
    }

    private double nearest(double number) {
        double scale = Math.pow(10, range.decimals);
        return Math.clamp(Math.round(number * scale) / scale, range.min, range.max);
    }

    /**
     * Takes what was typed, with a point or a comma; a number without decimals may have its thousands apart, where it
     * can have any. What is not a number changes nothing.
     */
    public void type(String typed) {
        try {
            set(Double.parseDouble(plain(typed.strip())));
        } catch (NumberFormatException e) {
            set(value.get());
        }
    }

    private String plain(String typed) {
        // Where there are no thousands, as of 23.976 frames a second, the mark is the decimal one.
        boolean hasThousands = range.decimals == 0 && range.max >= 1000;
        return hasThousands && THOUSANDS.matcher(typed).matches()
                ? typed.replaceAll("\\D", "")
                : typed.replace(',', '.');
    }

    @Override
    public void reset() {
        value.set(defaultValue.get());
    }
}
