package dev.noisediffusion.morph;

import java.util.ArrayList;
import java.util.List;

/**
 * A square of morphs between three or four pictures in its corners: the first two above, from the left, the others
 * below. Of three, the third has both corners below.
 *
 * @param keyframes 3 or 4
 * @param side cells in a row and rows, at least 2
 */
public record BilinearGrid(int keyframes, int side) {
    public BilinearGrid {
        if (keyframes < 3 || keyframes > 4 || side < 2) {
            throw new IllegalArgumentException(
                    "Expected 3 or 4 pictures and at least 2 cells a side, found " + keyframes + " and " + side);
        }
    }

    /**
     * The weights in a cell, bilinear in its place: {@code (1-u)(1-v), u(1-v), (1-u)v, uv}, of three pictures
     * {@code (1-u)(1-v), u(1-v), v}.
     *
     * @param column in [0, side)
     * @param row in [0, side)
     */
    public Weights at(int column, int row) {
        double u = FramePlan.rounded(column / (side - 1.0));
        double v = FramePlan.rounded(row / (side - 1.0));
        return new Weights(
                keyframes == 3
                        ? List.of((1 - u) * (1 - v), u * (1 - v), v)
                        : List.of((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v));
    }

    /** The places of all cells, row by row. */
    public List<FramePlan.Spot> spots() {
        var spots = new ArrayList<FramePlan.Spot>();
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                spots.add(new FramePlan.Spot(spots.size(), 0, at(column, row)));
            }
        }
        return List.copyOf(spots);
    }
}
