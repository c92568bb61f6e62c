package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.CieLab;
import dev.noisediffusion.image.HeatColours;
import java.util.Arrays;
import java.util.Optional;

/**
 * How far two pictures differ, pixel for pixel, as the eye sees it.
 *
 * @param raster the map
 * @param mean difference, as Delta E*ab
 */
public record HeatMap(Raster raster, double mean) {
    private static final int LEGEND_WIDTH = 256;
    private static final int LEGEND_HEIGHT = 8;

    /**
     * The map of two pictures of one size; empty if their sizes differ.
     *
     * @param top the difference that is the hottest, as Delta E*ab
     */
    static Optional<HeatMap> of(Raster left, Raster right, double top) {
        if (left.width() != right.width() || left.height() != right.height()) {
            return Optional.empty();
        }
        int[] a = left.argb();
        int[] b = right.argb();
        var heat = new int[a.length];
        var rows = new double[left.height()];
        Arrays.parallelSetAll(rows, y -> fillRow(a, b, y * left.width(), left.width(), top, heat));
        double sum = 0;
        for (double row : rows) {
            sum += row;
        }
        return Optional.of(new HeatMap(new Raster(left.width(), left.height(), heat), sum / heat.length));
    }

    /** @return the sum of the differences in the row */
    private static double fillRow(int[] a, int[] b, int start, int width, double top, int[] heat) {
        double sum = 0;
        for (int i = start; i < start + width; i++) {
            double difference = a[i] == b[i] ? 0 : CieLab.ofRgb(a[i]).distance(CieLab.ofRgb(b[i]));
            sum += difference;
            heat[i] = 0xff << 24 | HeatColours.at(difference / top);
        }
        return sum;
    }

    /** All colours from cold to hot. */
    public static Raster legend() {
        var colours = new int[LEGEND_WIDTH * LEGEND_HEIGHT];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = 0xff << 24 | HeatColours.at(i % LEGEND_WIDTH / (LEGEND_WIDTH - 1.0));
        }
        return new Raster(LEGEND_WIDTH, LEGEND_HEIGHT, colours);
    }
}
