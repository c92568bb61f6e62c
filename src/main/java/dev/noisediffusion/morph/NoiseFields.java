package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.SplittableRandom;

/** Gives each frame its fresh noise: a function of the seed and the frame's place alone, whatever the order. */
final class NoiseFields {
    private final Shape shape;
    private final NoiseTravel travel;
    private final long seed;
    private final Tensor first;
    private final Tensor second;

    NoiseFields(Shape shape, NoiseTravel travel, long seed) {
        this.shape = shape;
        this.travel = travel;
        this.seed = seed;
        this.first = Kernels.gaussian(shape, seed);
        this.second = travel == NoiseTravel.TRAVELLING ? Kernels.gaussian(shape, seedOf(-1)) : first;
    }

    Tensor at(FramePlan.Spot spot) {
        return switch (travel) {
            case LOCKED -> first;
            case TRAVELLING -> Kernels.slerp(first, second, spot.position());
            case REDRAWN -> Kernels.gaussian(shape, seedOf(spot.index()));
        };
    }

    private long seedOf(int index) {
        return new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (index + 2L)).nextLong();
    }
}
