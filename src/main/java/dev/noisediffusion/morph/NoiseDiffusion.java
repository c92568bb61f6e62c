package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * NoiseDiffusion (Zheng et al., ICLR 2024, arXiv 2403.08840, algorithm 1).
 *
 * @param gamma the lubricating coefficient: how much fresh noise, in [0, 1]
 * @param boundary noise beyond plus or minus this is clipped, above 0; infinite for off
 * @param placement where it is clipped
 * @param injection how strongly the raw pictures are injected
 * @param masks where in the frame these act more or less
 */
public record NoiseDiffusion(
        double gamma, double boundary, BoundaryPlacement placement, Injection injection, Masks masks)
        implements LatentMethod {
    /** The setting of the paper's experiments. */
    public static final NoiseDiffusion PAPER = new NoiseDiffusion(0, 2, BoundaryPlacement.BOTH, Injection.PAPER);

    public NoiseDiffusion {
        if (!(gamma >= 0 && gamma <= 1)) {
            throw new IllegalArgumentException("Expected a lubricating coefficient gamma in [0, 1], found " + gamma);
        }
        if (!(boundary > 0)) {
            throw new IllegalArgumentException("Expected a boundary above 0, found " + boundary);
        }
    }

    /** The same over the whole frame. */
    public NoiseDiffusion(double gamma, double boundary, BoundaryPlacement placement, Injection injection) {
        this(gamma, boundary, placement, injection, Masks.NONE);
    }

    NoiseDiffusion withInjection(Injection other) {
        return new NoiseDiffusion(gamma, boundary, placement, other, masks);
    }

    /**
     * The same mixture, with one value for everything that cannot change it: a mask of lubrication where there is none to
     * strengthen (gamma = 0), and the boundary with its mask where nothing is clipped.
     */
    NoiseDiffusion effective() {
        boolean clips = placement != BoundaryPlacement.NONE && boundary < Double.POSITIVE_INFINITY;
        return new NoiseDiffusion(
                gamma,
                clips ? boundary : Double.POSITIVE_INFINITY,
                clips ? placement : BoundaryPlacement.NONE,
                injection,
                new Masks(
                        gamma > 0 ? masks.gamma() : Mask.NEUTRAL,
                        clips ? masks.boundary() : Mask.NEUTRAL,
                        masks.injection()));
    }

    /** Where the mixture is clipped, at strength 1 of the mask; infinite where it is not. */
    public double mixtureBoundary() {
        return placement.clipsMixture() ? boundary : Double.POSITIVE_INFINITY;
    }

    /** Where the mixture is clipped, at each latent position. */
    Boundaries mixtureBoundaries(MaskLayout layout) {
        return boundaries(placement.clipsMixture(), layout);
    }

    /** Where encodings are clipped, at each latent position. */
    Boundaries encodingBoundaries(MaskLayout layout) {
        return boundaries(placement.clipsEncodings(), layout);
    }

    private Boundaries boundaries(boolean clips, MaskLayout layout) {
        return clips ? Boundaries.of(this, layout) : Boundaries.NONE;
    }

    // l_i      encoding of keyframe i            alpha_i  its share
    // x0_i     keyframe i without noise          mu_i     its injection
    // eps      fresh noise                       gamma    its share
    // abar     signal left at the depth
    //
    // x_t = sum_i alpha_i clip(l_i) + sum_i (mu_i - alpha_i) sqrt(abar) x0_i + gamma sqrt(1 - abar) eps, clipped
    @Override
    public Tensor combine(Mix mix, Ingredients in) {
        if (!masks.areNone()) {
            return new MaskedMixture(this, mix, in).mix();
        }
        Coefficients k = Coefficients.of(mix, gamma, injection);
        double signal = Math.sqrt(in.alphaBar());
        double noise = Math.sqrt(1 - in.alphaBar());
        int count = mix.count();
        var shares = new double[2 * count + 1];
        var terms = new ArrayList<Tensor>();
        for (int i = 0; i < count; i++) {
            double alpha = k.alphas().get(i);
            shares[2 * i] = alpha;
            shares[2 * i + 1] = (k.mus().get(i) - alpha) * signal;
            Tensor encoding = in.noisy().get(i);
            terms.addAll(List.of(
                    placement.clipsEncodings() ? Kernels.clip(encoding, boundary) : encoding,
                    in.clean().get(i)));
        }
        shares[2 * count] = gamma * noise;
        terms.add(in.noise());
        Tensor mixture = Kernels.weightedSum(shares, terms);
        return placement.clipsMixture() ? Kernels.clip(mixture, boundary) : mixture;
    }

    @Override
    public boolean usesFreshNoise() {
        return gamma > 0;
    }

    @Override
    public boolean needsEncodings() {
        return true;
    }
}
