package dev.noisediffusion.project;

import dev.noisediffusion.morph.Easing;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Easings as they are written in documents and on the command line: {@code linear}, {@code ease-in}, {@code ease-out},
 * {@code ease-in-out}, {@code constant-speed}, {@code hold(before, after)} and {@code cubic-bezier(x1, y1, x2, y2)}, the
 * last as in CSS. Older documents write {@code EASE_IN}.
 */
public final class EasingText {
    /** What can be written, for people. */
    public static final String FORMS =
            "linear, ease-in, ease-out, ease-in-out, constant-speed, hold(before,after) or cubic-bezier(x1,y1,x2,y2)";

    private static final String CONSTANT_SPEED = "constant-speed";
    private static final Pattern CALL = Pattern.compile("(hold|cubic-bezier)\\(([^()]*)\\)");

    private EasingText() {}

    public static String of(Easing easing) {
        return switch (easing) {
            case Easing.Preset preset -> dashed(preset.name());
            case Easing.ConstantSpeed unmeasured -> CONSTANT_SPEED;
            case Easing.Measured measured -> CONSTANT_SPEED;
            case Easing.Hold hold -> call("hold", hold.before(), hold.after());
            case Easing.Curve curve -> call("cubic-bezier", curve.x1(), curve.y1(), curve.x2(), curve.y2());
        };
    }

    private static String dashed(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** With as many digits as it takes to read the same numbers back. */
    private static String call(String name, double... numbers) {
        return DoubleStream.of(numbers)
                .mapToObj(number ->
                        BigDecimal.valueOf(number).stripTrailingZeros().toPlainString())
                .collect(Collectors.joining(",", name + "(", ")"));
    }

    /** The easing that a text stands for; empty if it is none. */
    public static Optional<Easing> parse(String text) {
        String name = dashed(text.strip());
        if (name.equals(CONSTANT_SPEED)) {
            return Optional.of(new Easing.ConstantSpeed());
        }
        Matcher call = CALL.matcher(name);
        return call.matches()
                ? called(call.group(1), call.group(2))
                : Arrays.stream(Easing.Preset.values())
                        .filter(preset -> dashed(preset.name()).equals(name))
                        .<Easing>map(preset -> preset)
                        .findFirst();
    }

    private static Optional<Easing> called(String name, String arguments) {
        try {
            List<Double> numbers = Arrays.stream(arguments.split(",", -1))
                    .map(number -> Double.valueOf(number.strip()))
                    .toList();
            if (name.equals("hold") && numbers.size() == 2) {
                return Optional.of(new Easing.Hold(numbers.get(0), numbers.get(1)));
            }
            return name.equals("cubic-bezier") && numbers.size() == 4
                    ? Optional.of(new Easing.Curve(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
