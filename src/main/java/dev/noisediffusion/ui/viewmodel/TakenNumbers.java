package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.project.ParameterValues;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells of numbers that the window could not take as they were. */
final class TakenNumbers {
    /** Of a number as it was: more say nothing to people. */
    private static final int MOST_DECIMALS = 9;

    private TakenNumbers() {}

    /** Those of the values that were just applied, each as it was and as it is now; empty where all were taken as they were. */
    static String otherwise(ParametersViewModel parameters, ParameterValues wanted, Texts texts) {
        Map<String, Double> numbers = wanted.numbers();
        return parameters.takenOtherwise(wanted).stream()
                .map(number -> texts.get(
                        "project.note.number",
                        texts.get("parameter." + number.id()),
                        whole(numbers.getOrDefault(number.id(), number.get()), number, texts),
                        texts.number(number)))
                .collect(Collectors.joining(", "));
    }

    /** A number with the decimals that it has, also where the parameter has fewer. */
    private static String whole(double value, NumberParameter parameter, Texts texts) {
        int own = BigDecimal.valueOf(value).stripTrailingZeros().scale();
        int decimals = parameter.range().decimals();
        return texts.number(value, Math.clamp(own, decimals, MOST_DECIMALS));
    }
}
