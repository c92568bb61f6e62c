package dev.noisediffusion.critic;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.SplittableRandom;

/** The ways in which noise is made invalid on purpose, after what the paper (arXiv 2403.08840, section 4) blames artifacts on. */
public enum Invalidity {
    /** The encoding is 0.7 to 0.85 or 1.15 to 1.35 times as strong as the level it is decoded from. */
    WRONG_SCALE {
        @Override
        Tensor start(Ingredients from, SplittableRandom random) {
            double scale = random.nextBoolean() ? random.nextDouble(0.7, 0.85) : random.nextDouble(1.15, 1.35);
            return Kernels.affine(scale, from.encoding(), 0);
        }
    },
    /** The picture in noise of the right strength whose values are the cubes of normal ones: most tiny, a few huge. */
    NOT_GAUSSIAN {
        @Override
        Tensor start(Ingredients from, SplittableRandom random) {
            Tensor gaussian = Kernels.gaussian(from.clean().shape(), random.nextLong());
            float[] values = gaussian.toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (Math.pow(values[i], 3) / CUBE_DEVIATION);
            }
            return Kernels.linear(
                    Math.sqrt(from.alphaBar()),
                    from.clean(),
                    Math.sqrt(1 - from.alphaBar()),
                    Tensor.wrap(gaussian.shape(), values));
        }
    },
    /**
     * The slerp of two encodings of one level, decoded from another level. No example mixes two pictures at their own level, so
     * a critic may go by the mixing as well.
     */
    WRONG_LEVEL {
        @Override
        Tensor start(Ingredients from, SplittableRandom random) {
            return Kernels.slerp(from.encoding(), from.other(), random.nextDouble(0.3, 0.7));
        }
    };

    /** The standard deviation of the cube of a value of N(0, 1): its sixth moment is 15. */
    private static final double CUBE_DEVIATION = Math.sqrt(15);

    /**
     * What an invalid start is made of, all [1, C, h, w].
     *
     * @param clean latents of the picture
     * @param encoding of the picture
     * @param other the encoding of another picture at the same level
     * @param alphaBar of that level
     */
    record Ingredients(Tensor clean, Tensor encoding, Tensor other, double alphaBar) {}

    /** Latents that are not what their level wants. */
    abstract Tensor start(Ingredients from, SplittableRandom random);
}
