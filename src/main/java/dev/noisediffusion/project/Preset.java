package dev.noisediffusion.project;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A look to begin from: values of the parameters that decide how pictures are mixed. What belongs to the film at hand,
 * such as its length and its seed, a preset leaves as it is.
 *
 * @param name for people
 * @param values some or all of those parameters
 */
public record Preset(String name, ParameterValues values) {
    private static final Set<String> LOOK = Set.of(
            "method",
            "gamma",
            "boundary",
            "placement",
            "gain",
            "mu",
            "nu",
            "depth",
            "steps",
            "travel",
            "endpoints",
            ParameterValues.BOUNDARY_OFF,
            ParameterValues.GAINS_APART);

    /** The look of a studio, under a name. */
    public static Preset of(String name, ParameterValues all) {
        return new Preset(
                name,
                new ParameterValues(
                        only(all.numbers(), LOOK::contains),
                        only(all.choices(), LOOK::contains),
                        only(all.switches(), LOOK::contains)));
    }

    /** Whether a studio that is set so has this look. */
    public boolean matches(ParameterValues all) {
        return all.numbers().entrySet().containsAll(values.numbers().entrySet())
                && all.choices().entrySet().containsAll(values.choices().entrySet())
                && all.switches().entrySet().containsAll(values.switches().entrySet());
    }

    private static <T> Map<String, T> only(Map<String, T> values, Predicate<String> wanted) {
        return values.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
