package dev.noisediffusion.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The timesteps of a run between the clean picture and a depth, readable in both directions: encoding climbs them,
 * decoding comes down by the same ones.
 */
public final class Timetable {
    /**
     * One DDIM step: from one noise level to another with one network call.
     *
     * @param timestep what the network is told
     * @param alphaBarFrom abar of the state before
     * @param alphaBarTo abar of the state after
     */
    public record Step(int timestep, double alphaBarFrom, double alphaBarTo) {}

    private final DiffusionSettings settings;
    private final int[] ascending;

    private Timetable(DiffusionSettings settings, int[] ascending) {
        this.settings = settings;
        this.ascending = ascending;
    }

    /**
     * The whole range from clean to pure noise.
     *
     * @param steps number of steps, in [1, train timesteps]
     */
    public static Timetable full(DiffusionSettings settings, int steps) {
        int trained = settings.schedule().length();
        if (steps < 1 || steps > trained) {
            throw new IllegalArgumentException("Expected 1 to " + trained + " steps, found " + steps);
        }
        return new Timetable(settings, settings.spacing().ascending(trained, steps, settings.stepsOffset()));
    }

    /**
     * The lower part of the full range, up to the step whose noise level is nearest to the one asked for. A single step has
     * no range to take a part of: it is at the timestep that is nearest.
     *
     * @param steps number of steps of the full range; the part has fewer. More where so many end far below the level, as
     *     {@linkplain TimestepSpacing#LEADING whole strides} can
     * @param signalLevel sqrt(abar) at the noisy end, in [0, 1]
     */
    public static Timetable toDepth(DiffusionSettings settings, int steps, double signalLevel) {
        if (steps == 1) {
            return new Timetable(settings, new int[] {settings.schedule().nearest(signalLevel)});
        }
        Timetable full = reaching(settings, steps, signalLevel);
        int count = 1;
        for (int candidate = 2; candidate <= full.length(); candidate++) {
            if (full.distance(candidate, signalLevel) < full.distance(count, signalLevel)) {
                count = candidate;
            }
        }
        return new Timetable(settings, Arrays.copyOf(full.ascending, count));
    }

    /** The full range in the fewest steps, though no fewer than asked for, that ends within a step of the level. */
    private static Timetable reaching(DiffusionSettings settings, int steps, double signalLevel) {
        int wanted = settings.schedule().nearest(signalLevel);
        Timetable table = full(settings, steps);
        for (int more = steps + 1; more <= settings.schedule().length() && table.endsBelow(wanted); more++) {
            table = full(settings, more);
        }
        return table;
    }

    private boolean endsBelow(int timestep) {
        int stride = startTimestep() - ascending[length() - 2];
        return timestep > startTimestep() + stride;
    }

    /**
     * Fewer steps between the clean picture and the same depth, evenly spread: for a quick look.
     *
     * @param steps at least 1; where this table has no more, it is its own coarser one
     */
    public Timetable coarser(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("Expected at least 1 step, found " + steps);
        }
        if (steps >= length()) {
            return this;
        }
        var kept = new int[steps];
        for (int i = 0; i < steps; i++) {
            kept[i] = ascending[Math.toIntExact((long) (i + 1) * length() / steps) - 1];
        }
        return new Timetable(settings, kept);
    }

    private double distance(int count, double signalLevel) {
        return settings.schedule().distance(ascending[count - 1], signalLevel);
    }

    /** Number of steps, and so of network calls, in one direction. */
    public int length() {
        return ascending.length;
    }

    /** What the network is told along the way, from the least to the most noisy; with a model's settings it decides all else. */
    public List<Integer> timesteps() {
        // Unlike toList(), this gives a list that List.copyOf does not copy again.
        return Arrays.stream(ascending).boxed().collect(Collectors.toUnmodifiableList());
    }

    /** The timestep at which decoding starts. */
    public int startTimestep() {
        return ascending[ascending.length - 1];
    }

    /** abar of the noisy end, exactly the level at which decoding starts. */
    public double startAlphaBar() {
        return settings.schedule().alphaBar(startTimestep());
    }

    /** From the clean picture up to the noisy end: DDIM inversion. */
    public List<Step> encoding() {
        var steps = new ArrayList<Step>(ascending.length);
        for (int i = 0; i < ascending.length; i++) {
            steps.add(new Step(ascending[i], levelBelow(i), settings.schedule().alphaBar(ascending[i])));
        }
        return List.copyOf(steps);
    }

    /** From the noisy end down to the clean picture: DDIM sampling. */
    public List<Step> decoding() {
        var steps = new ArrayList<Step>(ascending.length);
        for (int i = ascending.length - 1; i >= 0; i--) {
            steps.add(new Step(ascending[i], settings.schedule().alphaBar(ascending[i]), levelBelow(i)));
        }
        return List.copyOf(steps);
    }

    private double levelBelow(int index) {
        return index == 0 ? settings.cleanAlphaBar() : settings.schedule().alphaBar(ascending[index - 1]);
    }
}
