package dev.noisediffusion.lab;

import dev.noisediffusion.job.LabRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All the work of an experiment in one order: the cells of one pair after the other, so that the encodings of a pair are
 * used while they are at hand.
 */
final class WorkPlan {
    /**
     * A pair to be rendered and measured in a cell: the result is one line.
     *
     * @param number in the plan
     * @param pair its number
     * @param cell its number
     * @param seed of the fresh noise, in [0, 2^48): made of one of the experiment and the number of the pair
     */
    record Item(int number, int pair, int cell, long seed) {}

    /** So many pairs of each kind are on the contact sheet. */
    static final int SHOWN_PAIRS = 3;

    /** Noise is drawn from so much of a seed; the studio takes more. */
    private static final int SEED_BITS = 48;

    private final List<PicturePair> pairs;
    private final List<Cell> cells;
    private final List<Long> seeds;
    private final List<Double> path;
    private final int natural;

    /**
     * The plan of an experiment.
     *
     * @param photographs there are to make pairs of
     * @throws LabException if they are too few
     */
    WorkPlan(Experiment experiment, int photographs) throws LabException {
        Experiment.PairCounts counts = experiment.pairs();
        var all = new ArrayList<>(PicturePair.natural(photographs, counts.natural(), counts.seed()));
        all.addAll(PicturePair.generated(counts.generated()));
        natural = counts.natural();
        pairs = List.copyOf(all);
        cells = experiment.cells();
        seeds = experiment.seeds();
        path = experiment.render().path() == null
                ? List.of()
                : experiment.render().path();
        if ((long) pairs.size() * cells.size() * seeds.size() > Integer.MAX_VALUE) {
            throw new LabException(
                    LabRefusal.TOO_LARGE.with(experiment.name()),
                    "The experiment " + experiment.name() + " is too large; take fewer pairs or seeds.",
                    null);
        }
    }

    List<PicturePair> pairs() {
        return pairs;
    }

    List<Cell> cells() {
        return cells;
    }

    int size() {
        return pairs.size() * cells.size() * seeds.size();
    }

    Item item(int number) {
        int pair = number / seeds.size() / cells.size();
        int cell = number / seeds.size() % cells.size();
        return new Item(number, pair, cell, seed(seeds.get(number % seeds.size()), pair));
    }

    /**
     * Noise of its own for every pair, so that the scatter over pairs has that of the noise in it; the same in all cells, so that
     * they differ by their settings alone. The seeds of {@link PairPictures} are mixed otherwise: no pair's noise is what a
     * picture was made of.
     */
    private static long seed(long declared, int pair) {
        return new SplittableRandom(new SplittableRandom(declared).nextLong() + pair).nextLong(1L << SEED_BITS);
    }

    /** Whether an item is of the first seed: of the others nothing is kept but numbers. */
    boolean hasFirstSeed(Item item) {
        return item.number() % seeds.size() == 0;
    }

    /** Whether a pair is on the contact sheet: the first few of its kind. */
    boolean isShown(int pair) {
        return pair < Math.min(natural, SHOWN_PAIRS) || (pair >= natural && pair < natural + SHOWN_PAIRS);
    }

    /** The number of the first pair of a kind. */
    int firstPair(boolean generated) {
        return generated ? natural : 0;
    }

    /** Whether the path of an item is plotted: of the first pair of its kind, with the first seed. */
    boolean hasPath(Item item) {
        return hasFirstSeed(item) && (item.pair() == 0 || item.pair() == natural);
    }

    /** The fractions of the frames that the plot of a path shows besides those that are measured. */
    List<Double> unmeasured(Cell cell) {
        return path.stream()
                .filter(fraction -> !cell.fractions().contains(fraction))
                .toList();
    }

    /** Whether an item's frame is on the contact sheet: of pairs that are, with the first seed. */
    boolean isShown(Item item) {
        return isShown(item.pair()) && hasFirstSeed(item);
    }
}
