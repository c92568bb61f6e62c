package dev.noisediffusion.morph;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/** In which order the frames of a morph are made. What each frame looks like does not depend on it. */
public enum FrameOrder {
    /** In order of time, for a film that is written as it is made. */
    SEQUENTIAL {
        @Override
        public List<Integer> indices(int count) {
            return IntStream.range(0, count).boxed().toList();
        }
    },
    /** The middle, the two ends, then ever finer halves: the shape of the morph shows early. */
    BISECTION {
        @Override
        public List<Integer> indices(int count) {
            var order = new LinkedHashSet<Integer>();
            order.add((count - 1) / 2);
            order.add(0);
            order.add(count - 1);
            var gaps = new ArrayDeque<Gap>();
            gaps.add(new Gap(0, count - 1));
            while (!gaps.isEmpty()) {
                Gap gap = gaps.remove();
                if (gap.last - gap.first < 2) {
                    continue;
                }
                int middle = (gap.first + gap.last) / 2;
                order.add(middle);
                gaps.add(new Gap(gap.first, middle));
                gaps.add(new Gap(middle, gap.last));
            }
            return List.copyOf(order);
        }
    };

    private record Gap(int first, int last) {}

    /** Every index in [0, count), once. */
    public abstract List<Integer> indices(int count);

    /**
     * The same, with one index before all others.
     *
     * @param first in [0, count)
     */
    public List<Integer> indices(int count, int first) {
        var order = new LinkedHashSet<Integer>();
        order.add(first);
        order.addAll(indices(count));
        return List.copyOf(order);
    }
}
