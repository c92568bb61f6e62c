package dev.noisediffusion.lab;

import java.util.List;
import java.util.Map;

/** A small experiment with everything that one can have. */
final class LabFixtures {
    private LabFixtures() {}

    /** Two natural and two generated pairs, three cells, two seeds. */
    static Experiment experiment() {
        return new Experiment(
                Experiment.FORMAT,
                Experiment.VERSION,
                "small",
                "Small & quick <test>",
                "Does it run?",
                null,
                new Experiment.PairCounts(2, 2, 2, 3),
                new Experiment.Render(List.of(0.0, 0.5, 1.0), 4, 0.7),
                List.of(7L, 8L),
                List.of(
                        new Block(Map.of("method", "slerp"), Map.of(), null),
                        new Block(Map.of("boundary", 2), Map.of("gamma", List.of(0, 0.4)), null)),
                null,
                "slerp");
    }
}
