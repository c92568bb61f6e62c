package dev.noisediffusion.critic;

import dev.noisediffusion.measure.Interval;
import java.nio.file.Path;
import java.util.Map;

/** A critic that has learnt nothing and is said to be good, for tests of what is done with one. */
public final class ReadyCritic {
    private ReadyCritic() {}

    /** Keeps one for a model. */
    public static Path save(CriticFile files, String modelId) throws CriticException {
        var arrays = new NativeArrays();
        var report = new CriticReport(6, 24, 0.95, new Interval(0.95, 0.9, 1, 6), 0.05, Map.of());
        try (CriticNet net = CriticNet.untrained(1, 1, arrays);
                var critic = new Critic(modelId, report, Calibration.NONE, net.parameters(), arrays)) {
            files.keep(critic);
            return files.of(modelId);
        }
    }
}
