package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The boundary at each latent position: {@code boundary / s_b} of the strength there, the same everywhere without a mask. */
final class Boundaries {
    /** Nothing is clipped. */
    static final Boundaries NONE = everywhere(Double.POSITIVE_INFINITY);

    private final double set;
    private final @Nullable Tensor strengths;

    private Boundaries(double set, @Nullable Tensor strengths) {
        this.set = set;
        this.strengths = strengths;
    }

    /**
     * The same everywhere.
     *
     * @param boundary above 0, infinite where nothing is clipped
     */
    static Boundaries everywhere(double boundary) {
        return new Boundaries(boundary, null);
    }

    /** As a method sets them, laid over the latents, wherever it clips by them. */
    static Boundaries of(NoiseDiffusion method, MaskLayout layout) {
        boolean masked = method.masks().isActive(MaskTarget.BOUNDARY) && method.boundary() < Double.POSITIVE_INFINITY;
        return new Boundaries(
                method.boundary(), masked ? layout.lay(method.masks().boundary()) : null);
    }

    /** What is set, at strength 1. */
    double set() {
        return set;
    }

    /** At a latent position, as a float since clipped values are floats; infinite at strength 0. */
    float at(int position) {
        return (float) (strengths == null ? set : set / strengths.get(position));
    }

    /** The share of N(0, 1) that lies at the boundary or beyond it, the mean of all positions. */
    double natural() {
        if (strengths == null) {
            return NormalCurve.beyond(set);
        }
        double sum = 0;
        float last = Float.NaN;
        double share = 0;
        for (int p = 0; p < strengths.size(); p++) {
            float strength = strengths.get(p);
            // Strengths are even over large parts.
            if (strength != last) {
                share = NormalCurve.beyond(set / strength);
                last = strength;
            }
            sum += share;
        }
        return sum / strengths.size();
    }

    /** 1 where a value is at plus or minus its boundary or beyond it, else 0; of the shape of the values. */
    Tensor reached(Tensor values) {
        if (strengths == null) {
            return Kernels.beyond(values, set);
        }
        var reached = new float[values.size()];
        for (int p = 0; p < reached.length; p++) {
            reached[p] = Math.abs(values.get(p)) >= at(p) ? 1 : 0;
        }
        return Tensor.wrap(values.shape(), reached);
    }
}
