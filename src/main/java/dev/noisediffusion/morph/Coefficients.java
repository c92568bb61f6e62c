package dev.noisediffusion.morph;

import java.util.ArrayList;
import java.util.List;

/**
 * The coefficients of one frame (paper, eq. 8 and section 4.3; for two keyframes, alpha = alphas[0], beta = alphas[1],
 * mu = mus[0], nu = mus[1]).
 *
 * @param alphas of the encodings; {@code sum alpha_i^2 + gamma^2 = 1}, gamma being the share of the fresh noise
 * @param mus of the raw pictures; {@code sum mu_i} is the injection gain
 */
public record Coefficients(List<Double> alphas, List<Double> mus) {
    public Coefficients {
        alphas = List.copyOf(alphas);
        mus = List.copyOf(mus);
    }

    /**
     * For a pair at fraction f these are {@code alpha = sqrt(1 - gamma^2) cos(pi f / 2)},
     * {@code beta = sqrt(1 - gamma^2) sin(pi f / 2)}, {@code mu = g alpha / (alpha + beta)} and
     * {@code nu = g beta / (alpha + beta)}; at gamma = 1 mu and nu are the limit, the ratio of the cosines. With a fraction
     * of its own for the raw pictures, alpha and beta follow the weights of the noise, mu and nu those of the pictures.
     *
     * @param gamma the lubricating coefficient, in [0, 1]
     */
    public static Coefficients of(Mix mix, double gamma, Injection injection) {
        List<Double> noise = directions(mix.noise());
        List<Double> image = directions(mix.image());
        double squares = 0;
        double sum = 0;
        for (int i = 0; i < noise.size(); i++) {
            squares += noise.get(i) * noise.get(i);
            sum += image.get(i);
        }
        double scale = Math.sqrt((1 - gamma * gamma) / squares);
        var alphas = new ArrayList<Double>();
        var mus = new ArrayList<Double>();
        for (int i = 0; i < noise.size(); i++) {
            alphas.add(scale * noise.get(i));
            mus.add(injection.gainOf(i) * image.get(i) / sum);
        }
        return new Coefficients(alphas, mus);
    }

    private static List<Double> directions(Weights weights) {
        return weights.values().stream()
                .map(weight -> Math.sin(Math.PI / 2 * weight))
                .toList();
    }
}
