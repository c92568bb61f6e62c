package dev.noisediffusion.morph;

import dev.noisediffusion.job.CancellationToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Tries boundaries, gains and lubrications on one frame's encodings, without a network call. Of the settings that keep at
 * least {@value #KEPT} of the pictures, the most valid noise wins; where several are as good, within {@value #AS_GOOD},
 * the one that changes least: each value as it is may stay while others change, and so may a boundary that is off. Gains that
 * are set apart stay as they are, and so does where clipping is placed.
 */
final class NoiseAdvisor {
    static final double KEPT = 0.9;
    static final double AS_GOOD = 0.01;
    /** What a change must bring to be worth a word. */
    static final double WORTHWHILE = 0.02;

    private static final double[] BOUNDARIES = {1.4, 1.7, 2, 2.3, 2.6, 3, 4};
    private static final double[] GAINS = {1.1, 1.15, 1.2, 1.25, 1.3};
    private static final double[] GAMMAS = {0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5};
    /** What stands for no boundary when changes are compared. */
    private static final double OFF = 4.5;

    private record Candidate(NoiseDiffusion method, double validity, double keeping) {}

    private final NoiseDiffusion current;
    private final NoiseScale scale;
    private final CancellationToken cancellation;

    NoiseAdvisor(
            NoiseDiffusion current, Mix mix, LatentMethod.Ingredients ingredients, CancellationToken cancellation) {
        this.current = current;
        this.scale = new NoiseScale(mix, ingredients);
        this.cancellation = cancellation;
    }

    NoiseSuggestion suggest() {
        Candidate now = score(current);
        var candidates = new ArrayList<Candidate>(List.of(now));
        for (NoiseDiffusion method : methods()) {
            cancellation.throwIfCancelled();
            candidates.add(score(method));
        }
        double floor = floor(candidates);
        Candidate best = best(candidates, floor);
        boolean worthwhile = now.keeping < floor || best.validity > now.validity + WORTHWHILE;
        NoiseDiffusion after = worthwhile ? best.method : current;
        return new NoiseSuggestion(current, after, scale.score(current), scale.score(after));
    }

    private List<NoiseDiffusion> methods() {
        var methods = new ArrayList<NoiseDiffusion>();
        for (NoiseDiffusion clipping : clippings()) {
            for (Injection injection : injections()) {
                for (double gamma : withCurrent(current.gamma(), GAMMAS)) {
                    methods.add(new NoiseDiffusion(
                            gamma, clipping.boundary(), clipping.placement(), injection, current.masks()));
                }
            }
        }
        return methods;
    }

    /** The setting as it is, and others that differ from it in how they clip. */
    private List<NoiseDiffusion> clippings() {
        BoundaryPlacement placement =
                current.placement() == BoundaryPlacement.NONE ? BoundaryPlacement.BOTH : current.placement();
        var clippings = new ArrayList<NoiseDiffusion>(List.of(current));
        for (double boundary : BOUNDARIES) {
            if (boundary != current.boundary() || placement != current.placement()) {
                clippings.add(
                        new NoiseDiffusion(current.gamma(), boundary, placement, current.injection(), current.masks()));
            }
        }
        return clippings;
    }

    private static double[] withCurrent(double current, double[] others) {
        return DoubleStream.concat(DoubleStream.of(current), Arrays.stream(others))
                .distinct()
                .toArray();
    }

    private List<Injection> injections() {
        Injection injection = current.injection();
        if (injection.muGain() != injection.nuGain()) {
            return List.of(injection);
        }
        var injections = new ArrayList<Injection>();
        for (double gain : withCurrent(injection.muGain(), GAINS)) {
            injections.add(Injection.ofGain(gain));
        }
        return injections;
    }

    /** What must be kept; where no setting keeps enough, nearly as much as any. */
    private static double floor(List<Candidate> candidates) {
        double most = candidates.stream().mapToDouble(Candidate::keeping).max().orElseThrow();
        return most >= KEPT ? KEPT : most * KEPT;
    }

    private Candidate best(List<Candidate> candidates, double floor) {
        List<Candidate> keeping = candidates.stream()
                .filter(candidate -> candidate.keeping >= floor)
                .toList();
        double best = keeping.stream().mapToDouble(Candidate::validity).max().orElseThrow();
        return keeping.stream()
                .filter(candidate -> candidate.validity >= best - AS_GOOD)
                .min(Comparator.comparingDouble(candidate -> change(candidate.method)))
                .orElseThrow();
    }

    private double change(NoiseDiffusion to) {
        return Math.abs(to.gamma() - current.gamma())
                + Math.abs(boundary(to) - boundary(current)) / OFF
                + Math.abs(to.injection().muGain() - current.injection().muGain());
    }

    private static double boundary(NoiseDiffusion method) {
        return method.placement() == BoundaryPlacement.NONE ? OFF : Math.min(OFF, method.boundary());
    }

    private Candidate score(NoiseDiffusion method) {
        NoiseSuggestion.Score score = scale.score(method);
        return new Candidate(method, score.validity(), score.keeping());
    }
}
