package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small experiment with everything that one can have. */
final class LabFixtures {
    private LabFixtures() {}

    /** Two natural and two generated pairs, three cells, two seeds. */
    static Experiment experiment() {
        return experiment(
                new Experiment.PairCounts(2, 2, 2, 3),
                List.of(7L, 8L),
                List.of(
                        new Block(Map.of("method", "slerp"), Map.of(), null),
                        new Block(Map.of("boundary", 2), Map.of("gamma", List.of(0, 0.4)), null)),
                null,
                "slerp");
    }

    /** The same with other pairs, seeds, cells and metrics. */
    static Experiment experiment(
            Experiment.PairCounts pairs,
            List<Long> seeds,
            List<Block> grid,
            @Nullable List<String> metrics,
            @Nullable String baseline) {
        return new Experiment(
                Experiment.FORMAT,
                Experiment.VERSION,
                "small",
                "Small & quick <test>",
                "Does it run?",
                null,
                pairs,
                new Experiment.Render(List.of(0.0, 0.5, 1.0), List.of(0.25, 0.5, 0.75), 4, 0.7),
                seeds,
                grid,
                metrics,
                baseline);
    }

    /** Sees the mean red, green and blue, in [0, 255]. */
    static final class Colours implements Eye {
        @Override
        public FeatureSpace space() {
            return FeatureSpace.BOTTLENECK;
        }

        @Override
        public float[] vector(Picture picture) {
            var sums = new float[3];
            int pixels = picture.width() * picture.height();
            for (int i = 0; i < pixels; i++) {
                int rgb = picture.pixel(i % picture.width(), i / picture.width());
                for (int c = 0; c < 3; c++) {
                    sums[c] += ((rgb >> (16 - 8 * c)) & 0xff) / (float) pixels;
                }
            }
            return sums;
        }
    }
}
