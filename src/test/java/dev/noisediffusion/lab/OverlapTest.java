package dev.noisediffusion.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.measure.Interval;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapTest {
    private static final int RUNS = 2000;

    @Test
    void pairsWithoutACommonPictureAreIndependent() throws LabException {
        assertEquals(new Overlap(3, 1), Overlap.of(PicturePair.natural(8, 4, 1)));
        assertEquals(new Overlap(19, 1), Overlap.of(PicturePair.generated(20)));
        assertEquals(new Overlap(0, 1), Overlap.of(PicturePair.natural(2, 1, 1)));
    }

    /** All six pairs of four pictures say no more than the four pictures. */
    @Test
    void allPairsOfFewPicturesAreWidenedToWhatThePicturesSay() throws LabException {
        Overlap overlap = Overlap.of(PicturePair.natural(4, 6, 1));
        assertEquals(3, overlap.freedom());
        assertEquals(Math.sqrt(5), overlap.widening(), 1e-12);
    }

    /** Where a pair's number is the sum of those of its pictures, which is the most that pairs can hang together. */
    @ParameterizedTest
    @CsvSource({"4, 6", "5, 10", "12, 60", "74, 60"})
    void intervalsOfPairsThatSharePicturesHoldTheTrueMeanInNineteenOfTwentyCases(int pictures, int count)
            throws LabException {
        List<PicturePair> pairs = PicturePair.natural(pictures, count, 1);
        Overlap overlap = Overlap.of(pairs);
        var random = new Random(5);
        int held = 0;
        int heldIfIndependent = 0;
        for (int run = 0; run < RUNS; run++) {
            double[] own =
                    DoubleStream.generate(random::nextGaussian).limit(pictures).toArray();
            double[] values = pairs.stream()
                    .mapToDouble(pair -> own[pair.first()] + own[pair.second()])
                    .toArray();
            held += holdsZero(Interval.student(values, overlap.freedom(), overlap.widening()));
            heldIfIndependent += holdsZero(Interval.student(values, count - 1, 1));
        }
        assertEquals(0.95, held / (double) RUNS, 0.02);
        assertTrue(heldIfIndependent < 0.9 * RUNS, "as if independent: " + heldIfIndependent);
    }

    private static int holdsZero(Interval interval) {
        return interval.low() < 0 && interval.high() > 0 ? 1 : 0;
    }
}
