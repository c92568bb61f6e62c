package dev.noisediffusion.morph;

import java.util.ArrayList;
import java.util.List;

/**
 * The coefficients of one frame (paper, eq. 8 and section 4.3; for two keyframes, alpha = alphas[0], beta = alphas[1],
 * mu = mus[0], nu = mus[1]).
 *
 * @param alphas of the encodings; {@code sum alpha_i^2 + gamma^2 = 1}
 * @param mus of the raw pictures; {@code sum mu_i} is the injection gain
 * @param gamma of the fresh noise, the lubricating coefficient
 */
public record Coefficients(List<Double> alphas, List<Double> mus, double gamma) {
    public Coefficients {
        alphas = List.copyOf(alphas);
        mus = List.copyOf(mus);
    }

    /**
     * For a pair at fraction f these are {@code alpha = sqrt(1 - gamma^2) cos(pi f / 2)},
     * {@code beta = sqrt(1 - gamma^2) sin(pi f / 2)}, {@code mu = g alpha / (alpha + beta)} and
     * {@code nu = g beta / (alpha + beta)}; at gamma = 1 mu and nu are the limit, the ratio of the cosines.
     *
     * @param gamma in [0, 1]
     */
    public static Coefficients of(Weights weights, double gamma, Injection injection) {
        var directions = new ArrayList<Double>();
        double sum = 0;
        double squares = 0;
        for (double weight : weights.values()) {
            double direction = Math.sin(Math.PI / 2 * weight);
            directions.add(direction);
            sum += direction;
            squares += direction * direction;
        }
        double scale = Math.sqrt((1 - gamma * gamma) / squares);
        var alphas = new ArrayList<Double>();
        var mus = new ArrayList<Double>();
        for (int i = 0; i < directions.size(); i++) {
            alphas.add(scale * directions.get(i));
            mus.add(injection.gainOf(i) * directions.get(i) / sum);
        }
        return new Coefficients(alphas, mus, gamma);
    }
}
