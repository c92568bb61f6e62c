package dev.noisediffusion.lab;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.morph.Crossfade;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.LatentMethod;
import dev.noisediffusion.morph.MorphProbe;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/** How much work there is, in network calls; a crossfaded frame counts as one. Gauges with networks of their own are left out. */
public final class CallCount {
    private record Encoded(PairPictures.Key key, int steps, double signalLevel) {}

    private final MorphProbe probe;
    private final WorkPlan plan;
    private final int generatedSteps;

    CallCount(MorphProbe probe, WorkPlan plan, int generatedSteps) {
        this.probe = probe;
        this.plan = plan;
        this.generatedSteps = generatedSteps;
    }

    /**
     * The calls of a whole run.
     *
     * @param photographs there are to make pairs of
     * @throws LabException if they are too few
     */
    public static long of(DiffusionModel model, Experiment experiment, int photographs) throws LabException {
        var plan = new WorkPlan(experiment, photographs);
        return new CallCount(
                        new MorphProbe(model, new EncodingCache()),
                        plan,
                        experiment.pairs().generatedSteps())
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
            calls += (long) each * cell.fractions().size();
            for (PairPictures.Key key : PairPictures.keys(plan.pairs().get(item.pair()))) {
                calls += key.generated() && made.add(key) ? generatedSteps : 0;
                var encoding = new Encoded(
                        key, cell.settings().steps(), cell.settings().signalLevel());
                calls += needsEncodings && encoded.add(encoding) ? each : 0;
            }
        }
        return calls;
    }
}
