package dev.noisediffusion.lab;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How pairs hang together by pictures that are in several of them. Two pairs with a picture in common correlate by one half at
 * most (Hoeffding 1948), and so much is reckoned with: intervals fit where the pictures alone decide a number, and are rather too
 * wide elsewhere.
 *
 * @param freedom degrees of freedom of Student's t: one less than there are pairs or pictures, whichever are fewer
 * @param widening what the standard error of independent pairs is multiplied by; 1 where no picture is in two
 */
record Overlap(int freedom, double widening) {
    private static final double MOST_CORRELATION = 0.5;

    /** The overlap of pairs of one kind, of which no two are of the same pictures. */
    static Overlap of(Collection<PicturePair> pairs) {
        Map<Integer, Integer> uses = new HashMap<>();
        for (PicturePair pair : pairs) {
            uses.merge(pair.first(), 1, Integer::sum);
            uses.merge(pair.second(), 1, Integer::sum);
        }
        int freedom = Math.min(pairs.size(), uses.size()) - 1;
        double touching = uses.values().stream()
                .mapToDouble(times -> times * (times - 1.0))
                .sum();
        if (touching == 0) {
            return new Overlap(freedom, 1);
        }
        // The mean over all pairs of a pair's correlations with the others, summed.
        double correlation = MOST_CORRELATION * touching / pairs.size();
        // What hangs together also scatters less about its own mean than about the true one.
        double widening = Math.sqrt((1 + correlation) / (1 - correlation / (pairs.size() - 1.0)));
        return new Overlap(freedom, widening);
    }
}
