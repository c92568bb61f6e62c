package dev.noisediffusion.lab;

import dev.noisediffusion.job.LabRefusal;
import java.util.ArrayList;
import java.util.List;

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
     * @param seed of the fresh noise
     */
    record Item(int number, int pair, int cell, long seed) {}

    /** So many pairs of each kind are on the contact sheet. */
    static final int SHOWN_PAIRS = 3;

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
        int seed = number % seeds.size();
        int cell = number / seeds.size() % cells.size();
        return new Item(number, number / seeds.size() / cells.size(), cell, seeds.get(seed));
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
        return item.seed() == seeds.getFirst() && (item.pair() == 0 || item.pair() == natural);
    }

    /** The fractions of the frames that the plot of a path shows besides those that are measured. */
    List<Double> unmeasured(Cell cell) {
        return path.stream()
                .filter(fraction -> !cell.fractions().contains(fraction))
                .toList();
    }

    /** Whether the features of an item's frame are kept: with the first seed. */
    boolean hasVectors(Item item) {
        return item.seed() == seeds.getFirst();
    }

    /** Whether an item's frame is on the contact sheet: of pairs that are, with the first seed. */
    boolean isShown(Item item) {
        return isShown(item.pair()) && item.seed() == seeds.getFirst();
    }
}
