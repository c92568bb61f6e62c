package dev.noisediffusion.morph;

import dev.noisediffusion.morph.LatentMethod.Ingredients;
import dev.noisediffusion.tensor.Tensor;
import java.util.List;

/**
 * NoiseDiffusion with coefficients of its own at every latent position. Where all strengths are 1 it gives, bit for bit,
 * what {@link NoiseDiffusion#combine} gives without masks.
 */
final class MaskedMixture {
    private final NoiseDiffusion method;
    private final Ingredients in;
    private final int count;
    private final double[] alphas;
    private final double[] directions;
    private final double[] mus;
    private final Tensor[] encodings;
    private final Tensor[] clean;

    MaskedMixture(NoiseDiffusion method, Mix mix, Ingredients in) {
        this.method = method;
        this.in = in;
        this.count = mix.count();
        Coefficients set = Coefficients.of(mix, method.gamma(), method.injection());
        Coefficients without = Coefficients.of(mix, 0, method.injection());
        this.alphas = array(set.alphas());
        this.directions = array(without.alphas());
        this.mus = array(set.mus());
        this.encodings = in.noisy().toArray(Tensor[]::new);
        this.clean = in.clean().toArray(Tensor[]::new);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    // p             latent position            s_g, s_b, s_i  strengths of the masks there
    // u_i           alpha_i at gamma = 0       sum_i u_i^2 = 1
    //
    // gamma_p   = min(1, gamma s_g)
    // alpha_i,p = sqrt(1 - gamma_p^2) u_i      so sum_i alpha_i,p^2 + gamma_p^2 = 1 at every position
    // bound_p   = boundary / s_b               s_b = 0: nothing is clipped
    //
    // x_p = sum_i alpha_i,p clip_p(l_i) + sum_i (mu_i - alpha_i,p) s_i sqrt(abar) x0_i
    //       + gamma_p sqrt(1 - abar) eps, clipped by bound_p
    Tensor mix() {
        Tensor gammas = in.layout().lay(method.masks().gamma());
        Boundaries bounds = Boundaries.of(method, in.layout());
        Tensor injections = in.layout().lay(method.masks().injection());
        double signal = Math.sqrt(in.alphaBar());
        double noise = Math.sqrt(1 - in.alphaBar());
        boolean clipsMixture = method.placement().clipsMixture();
        var out = new float[in.noise().size()];
        for (int p = 0; p < out.length; p++) {
            double strength = gammas.get(p);
            double gamma = Math.min(1, method.gamma() * strength);
            double scale = Math.sqrt(1 - gamma * gamma);
            float bound = bounds.at(p);
            double sum = 0;
            for (int i = 0; i < count; i++) {
                double alpha = strength == 1 ? alphas[i] : scale * directions[i];
                sum += term(alpha, encoding(i, p, bound));
                sum += term((mus[i] - alpha) * signal * injections.get(p), clean[i].get(p));
            }
            sum += term(gamma * noise, in.noise().get(p));
            out[p] = clipsMixture ? Math.clamp((float) sum, -bound, bound) : (float) sum;
        }
        return Tensor.wrap(in.noise().shape(), out);
    }

    private float encoding(int keyframe, int position, float bound) {
        float value = encodings[keyframe].get(position);
        return method.placement().clipsEncodings() ? Math.clamp(value, -bound, bound) : value;
    }

    /** What takes no part cannot change a bit of the sum. */
    private static double term(double share, float value) {
        return share == 0 ? 0 : share * value;
    }
}
