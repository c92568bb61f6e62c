package dev.noisediffusion.lab;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.morph.Crossfade;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.LatentMethod;
import dev.noisediffusion.morph.MorphProbe;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How much work there is, in network calls; a crossfaded frame counts as one. What gauges and eyes ask of networks is left out,
 * but not the frames that are made for the path plot alone.
 */
public final class CallCount {
    /** A state on the way to an encoding, or that itself: one call behind the state before it. */
    private record State(PairPictures.Key key, List<Integer> timesteps) {}

    private final MorphProbe probe;
    private final WorkPlan plan;
    private final int generatedCalls;
    private final boolean withPaths;

    /** @param withPaths whether there is an eye that sees the frames of paths */
    CallCount(MorphProbe probe, WorkPlan plan, int generatedSteps, boolean withPaths) {
        this.probe = probe;
        this.plan = plan;
        this.generatedCalls = probe.generatedCalls(generatedSteps);
        this.withPaths = withPaths;
    }

    /**
     * The calls of a whole run whose paths are plotted.
     *
     * @param photographs there are to make pairs of
     * @throws LabException if they are too few
     */
    public static long of(DiffusionModel model, Experiment experiment, int photographs) throws LabException {
        var plan = new WorkPlan(experiment, photographs);
        return new CallCount(
                        new MorphProbe(model, new EncodingCache()),
                        plan,
                        experiment.pairs().generatedSteps(),
                        true)
                .of(IntStream.range(0, plan.size()).mapToObj(plan::item).toList());
    }

    /** The calls of some items that are done in one go. */
    long of(List<WorkPlan.Item> items) {
        var made = new HashSet<PairPictures.Key>();
        var passed = new HashSet<State>();
        long calls = 0;
        for (WorkPlan.Item item : items) {
            Cell cell = plan.cells().get(item.cell());
            boolean needsEncodings = cell.settings().method() instanceof LatentMethod method && method.needsEncodings();
            List<Integer> timesteps = probe.timesteps(cell.settings());
            int each = cell.settings().method() instanceof Crossfade ? 1 : timesteps.size();
            int frames = cell.fractions().size();
            if (withPaths && plan.hasPath(item)) {
                frames += plan.unmeasured(cell).size();
            }
            calls += (long) each * frames;
            for (PairPictures.Key key : PairPictures.keys(plan.pairs().get(item.pair()))) {
                calls += key.generated() && made.add(key) ? generatedCalls : 0;
                if (needsEncodings) {
                    pass(passed, key, timesteps);
                }
            }
        }
        return calls + passed.size();
    }

    /** Adds the states of an encoding, from its end down to the first that is known, before which all are. */
    private static void pass(Set<State> passed, PairPictures.Key key, List<Integer> timesteps) {
        int length = timesteps.size();
        while (length > 0 && passed.add(new State(key, timesteps.subList(0, length)))) {
            length--;
        }
    }
}
