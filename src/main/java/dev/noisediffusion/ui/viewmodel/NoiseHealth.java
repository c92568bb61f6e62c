package dev.noisediffusion.ui.viewmodel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The health of the noise behind a frame, in words and numbers.
 *
 * @param mark good or not
 * @param verdict in one line
 * @param advice what to do next
 * @param chart null where there is no noise
 * @param rows first natural noise, for comparison; empty where there is no noise
 * @param rough whether it was guessed from quick encodings
 */
public record NoiseHealth(
        HealthMark mark,
        String verdict,
        String advice,
        @Nullable NoiseChart chart,
        List<Row> rows,
        boolean rough) {
    /**
     * What noise is measured, and so how it is drawn.
     */
    public enum Role {
        NATURAL,
        FRAME,
        PICTURE
    }

    /**
     * The numbers of one field of noise, as they are shown.
     *
     * @param role what it is
     * @param name the same for people
     * @param verdict in one line; empty for natural noise
     * @param spread sigma
     * @param tails excess kurtosis
     * @param cut share at the boundary or beyond it
     * @param length norm / sqrt(d)
     */
    public record Row(Role role, String name, String verdict, String spread, String tails, String cut, String length) {}

    public NoiseHealth {
        rows = List.copyOf(rows);
    }
}
