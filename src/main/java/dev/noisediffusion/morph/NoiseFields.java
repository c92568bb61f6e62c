package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Draws fresh noise, and keeps the fields drawn last, as most frames and looks share theirs. Safe for use by several threads. */
final class NoiseFields {
    private static final int LIMIT = 4;

    private final Shape shape;
    private final Map<Long, Tensor> drawn = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Tensor> eldest) {
            return size() > LIMIT;
        }
    };

    NoiseFields(Shape shape) {
        this.shape = shape;
    }

    Tensor at(FreshNoise noise) {
        Tensor first = field(noise.first());
        return noise.first() == noise.second() ? first : Kernels.slerp(first, field(noise.second()), noise.turn());
    }

    private synchronized Tensor field(long seed) {
        return drawn.computeIfAbsent(seed, added -> Kernels.gaussian(shape, added));
    }
}
