package dev.noisediffusion.lab;

import dev.noisediffusion.job.LabRefusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two pictures to morph between.
 *
 * @param generated whether the model made them itself
 * @param first its index among the pictures of its kind
 * @param second likewise
 */
record PicturePair(boolean generated, int first, int second) {
    static final String NATURAL = "natural";
    static final String GENERATED = "generated";

    /**
     * Pairs of photographs: the pictures are shuffled and cut into pairs, so that none is in two (of an odd number the last is in
     * none), then shuffled again for more, and so on; no two are paired twice.
     *
     * @throws LabException if there are not that many pairs
     */
    static List<PicturePair> natural(int pictures, int count, long seed) throws LabException {
        if (count > (long) pictures * (pictures - 1) / 2) {
            throw new LabException(
                    LabRefusal.TOO_FEW_PAIRS.with(count, pictures),
                    "There are not " + count + " pairs of " + pictures + " photographs; give more or take fewer pairs.",
                    null);
        }
        var pairs = new ArrayList<PicturePair>();
        var known = new HashSet<Long>();
        for (long round = 0; pairs.size() < count; round++) {
            List<Integer> order = IntStream.range(0, pictures).boxed().collect(Collectors.toList());
            Collections.shuffle(order, new Random(seed + round));
            for (int i = 0; i + 1 < pictures && pairs.size() < count; i += 2) {
                int a = order.get(i);
                int b = order.get(i + 1);
                if (known.add((long) Math.min(a, b) * pictures + Math.max(a, b))) {
                    pairs.add(new PicturePair(false, a, b));
                }
            }
        }
        return pairs;
    }

    /** Pairs of pictures of the model: two new ones for each. */
    static List<PicturePair> generated(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PicturePair(true, 2 * i, 2 * i + 1))
                .toList();
    }

    /** As tables name it. */
    String kind() {
        return generated ? GENERATED : NATURAL;
    }
}
