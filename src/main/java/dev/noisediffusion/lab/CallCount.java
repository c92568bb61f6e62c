package dev.noisediffusion.lab;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.morph.Crossfade;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.LatentMethod;
import dev.noisediffusion.morph.MorphProbe;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much work there is, in network calls; a crossfaded frame counts as one. What gauges and eyes ask of networks is left out,
 * but not the frames that are made for the path plot alone.
 */
public final class CallCount {
    private record Encoded(PairPictures.Key key, int steps, double signalLevel) {}

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
        var encoded = new HashSet<Encoded>();
        long calls = 0;
        for (WorkPlan.Item item : items) {
            Cell cell = plan.cells().get(item.cell());
            boolean needsEncodings = cell.settings().method() instanceof LatentMethod method && method.needsEncodings();
            int each = cell.settings().method() instanceof Crossfade ? 1 : probe.calls(cell.settings());
            int frames = cell.fractions().size();
            if (withPaths && plan.hasPath(item)) {
                frames += plan.unmeasured(cell).size();
            }
            calls += (long) each * frames;
            for (PairPictures.Key key : PairPictures.keys(plan.pairs().get(item.pair()))) {
                calls += key.generated() && made.add(key) ? generatedCalls : 0;
                var encoding = new Encoded(
                        key, cell.settings().steps(), cell.settings().signalLevel());
                calls += needsEncodings && encoded.add(encoding) ? each : 0;
            }
        }
        return calls;
    }
}
