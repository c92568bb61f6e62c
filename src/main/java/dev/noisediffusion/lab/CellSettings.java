package dev.noisediffusion.lab;

import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.Mask;
import dev.noisediffusion.morph.Masks;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseTravel;
import dev.noisediffusion.project.MethodName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of a cell by name, as JSON has them, on their way to what they mean. */
final class CellSettings {
    private static final String SCALE = "noiseScale";
    private static final List<String> EVERY = List.of("method", "depth", "steps");
    private static final List<String> OWN =
            List.of("gamma", "boundary", "placement", "gain", "mu", "nu", "injection", SCALE);

    private final Map<String, Object> all;
    private final Experiment.Render usual;

    /**
     * Settings.
     *
     * @throws IllegalArgumentException for one that the method does not have
     */
    CellSettings(Map<String, Object> all, Experiment.Render usual) {
        this.all = all;
        this.usual = usual;
        List<String> known = known(name());
        for (String name : all.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is no setting of " + name() + ", which has " + String.join(", ", known));
            }
        }
    }

    private static List<String> known(MethodName method) {
        return switch (method) {
            case NOISE_DIFFUSION -> Stream.concat(EVERY.stream(), OWN.stream()).toList();
            case SLERP -> List.of("method", "depth", "steps", SCALE);
            case NOISE_INTRODUCTION -> EVERY;
            case CROSSFADE -> List.of("method");
        };
    }

    /**
     * The cell of a combination.
     *
     * @param set what all cells of its block have
     * @param chosen what it has of its own
     * @throws IllegalArgumentException if a setting is unknown or out of range
     */
    static Cell cell(
            Map<String, Object> set, Map<String, Object> chosen, List<Double> fractions, Experiment.Render usual) {
        var all = new LinkedHashMap<>(set);
        all.putAll(chosen);
        return new CellSettings(all, usual).cell(label(chosen.isEmpty() ? set : chosen), fractions);
    }

    private static String label(Map<String, Object> chosen) {
        return chosen.entrySet().stream()
                .map(entry -> entry.getKey().equals("method")
                        ? String.valueOf(entry.getValue())
                        : entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private Cell cell(String label, List<Double> fractions) {
        double scale = number(SCALE, 1);
        if (!(scale > 0 && scale <= 10)) {
            throw new IllegalArgumentException("expected a " + SCALE + " above 0 and up to 10, found " + scale);
        }
        double steps = number("steps", usual.steps());
        if (steps != Math.rint(steps)) {
            throw new IllegalArgumentException("expected a whole number of steps, found " + steps);
        }
        var settings = new MorphSettings(
                name().method(this::noiseDiffusion),
                MorphSettings.DEFAULT.frames(),
                (int) steps,
                MorphSettings.signalLevelAt(number("depth", usual.depth())),
                0,
                NoiseTravel.LOCKED,
                Endpoints.METHOD);
        return new Cell(label, settings, scale, fractions);
    }

    private MethodName name() {
        return constant("method", MethodName.NOISE_DIFFUSION);
    }

    private NoiseDiffusion noiseDiffusion() {
        double gain = number("gain", Injection.PAPER.muGain());
        return new NoiseDiffusion(
                number("gamma", NoiseDiffusion.PAPER.gamma()),
                number("boundary", NoiseDiffusion.PAPER.boundary()),
                constant("placement", NoiseDiffusion.PAPER.placement()),
                new Injection(number("mu", gain), number("nu", gain)),
                new Masks(Mask.NEUTRAL, Mask.NEUTRAL, strength(number("injection", 1))));
    }

    private static Mask strength(double strength) {
        if (!(strength >= 0 && strength <= 2)) {
            throw new IllegalArgumentException("expected an injection from 0 (none) to 2, found " + strength);
        }
        return Mask.of(1, 1, new byte[] {(byte) Math.round(strength * Mask.NEUTRAL_STEP)});
    }

    private double number(String name, double usually) {
        Object value = all.getOrDefault(name, usually);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (name.equals("boundary") && "off".equals(value)) {
            return Double.POSITIVE_INFINITY;
        }
        throw new IllegalArgumentException("expected a number for \"" + name + "\", found \"" + value + "\"");
    }

    private <E extends Enum<E>> E constant(String name, E usually) {
        String wanted = String.valueOf(all.getOrDefault(name, text(usually)));
        E[] constants = usually.getDeclaringClass().getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> text(constant).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + wanted + "\" is no " + name + "; there are "
                        + Arrays.stream(constants).map(CellSettings::text).collect(Collectors.joining(", "))));
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
