package dev.noisediffusion.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class PathPlotTest {
    /** Deviation 5 along the first axis turned by 30 degrees, 2 along the second, and little in the third dimension. */
    private static FeatureSet cloud(int count) {
        var random = new Random(4);
        var vectors = new ArrayList<float[]>();
        for (int i = 0; i < count; i++) {
            double u = 5 * random.nextGaussian();
            double v = 2 * random.nextGaussian();
            vectors.add(new float[] {
                (float) (10 + u * Math.cos(Math.PI / 6) - v * Math.sin(Math.PI / 6)),
                (float) (u * Math.sin(Math.PI / 6) + v * Math.cos(Math.PI / 6)),
                (float) (0.01 * random.nextGaussian())
            });
        }
        return FeatureSet.of(vectors);
    }

    @Test
    void theAxesAreTheDirectionsOfMostVarianceFromTheMean() {
        PathPlot plot = PathPlot.of(cloud(4000));
        assertEquals(1, plot.explained(), 1e-4);
        float along = (float) Math.cos(Math.PI / 6);
        float across = (float) Math.sin(Math.PI / 6);
        FeatureSet frames = FeatureSet.of(
                List.of(new float[] {10, 0, 0}, new float[] {10 + 3 * along, 3 * across, 0}, new float[] {10, 0, 7}));
        List<PathPlot.Point> points = plot.points(frames);
        PathPlot.Point middle = points.getFirst();
        PathPlot.Point further = points.get(1);
        assertEquals(3, further.x() - middle.x(), 0.02);
        assertEquals(0, further.y() - middle.y(), 0.1);
        assertEquals(0, further.distance(), 0.05);
        assertEquals(7, points.getLast().distance(), 0.05);
    }

    @Test
    void thePhotographsKeepTheirDistancesAndHaveMeanZero() {
        FeatureSet cloud = cloud(50);
        PathPlot plot = PathPlot.of(cloud);
        double x = 0;
        double y = 0;
        for (PathPlot.Point point : plot.photographs()) {
            x += point.x();
            y += point.y();
        }
        assertEquals(0, x / 50, 1e-5);
        assertEquals(0, y / 50, 1e-5);
        PathPlot.Point a = plot.photographs().getFirst();
        PathPlot.Point b = plot.photographs().getLast();
        double expected = Math.hypot(cloud.get(0, 0) - cloud.get(49, 0), cloud.get(0, 1) - cloud.get(49, 1));
        assertEquals(expected, Math.hypot(a.x() - b.x(), a.y() - b.y()), 0.01);
        assertEquals(plot.photographs(), PathPlot.of(cloud).photographs());
    }

    @Test
    void fewPhotographsOfManyFeaturesHaveTheSamePlane() {
        // A rectangle of 8 by 2 in two of 40 dimensions, one unit off in a third.
        var corners = new ArrayList<float[]>();
        for (int i = 0; i < 4; i++) {
            var corner = new float[40];
            corner[7] = i < 2 ? 4 : -4;
            corner[30] = i % 2 == 0 ? 1 : -1;
            corner[12] = i == 0 || i == 3 ? 0.5f : -0.5f;
            corners.add(corner);
        }
        PathPlot plot = PathPlot.of(FeatureSet.of(corners));

        assertEquals(17 / 17.25, plot.explained(), 1e-9);
        assertEquals(List.of(4.0, 4.0, -4.0, -4.0), rounded(plot, PathPlot.Point::x));
        assertEquals(List.of(1.0, -1.0, 1.0, -1.0), rounded(plot, PathPlot.Point::y));
        assertEquals(List.of(0.5, 0.5, 0.5, 0.5), rounded(plot, PathPlot.Point::distance));
    }

    private static List<Double> rounded(PathPlot plot, ToDoubleFunction<PathPlot.Point> part) {
        return plot.photographs().stream()
                .map(point -> Math.round(part.applyAsDouble(point) * 1e6) / 1e6)
                .toList();
    }

    @Test
    void nothingIsShownAcrossPhotographsOnALine() {
        PathPlot plot = PathPlot.of(
                FeatureSet.of(List.of(new float[] {0, 0, 0, 0}, new float[] {1, 0, 0, 0}, new float[] {3, 0, 0, 0})));

        assertEquals(1, plot.explained(), 1e-12);
        PathPlot.Point aside =
                plot.points(FeatureSet.of(List.of(new float[] {0, 3, 0, 4}))).getFirst();
        assertEquals(-4 / 3.0, aside.x(), 1e-6);
        assertEquals(0, aside.y());
        assertEquals(5, aside.distance(), 1e-6);
        FeatureSet broken = FeatureSet.of(
                List.of(new float[] {0, 0}, new float[] {1, 2}, new float[] {Float.POSITIVE_INFINITY, 1}));
        assertThrows(IllegalArgumentException.class, () -> PathPlot.of(broken));
    }

    @Test
    void tooFewPhotographsAndOtherDimensionsAreRefused() {
        FeatureSet two = FeatureSet.of(List.of(new float[] {1, 2}, new float[] {3, 4}));
        assertThrows(IllegalArgumentException.class, () -> PathPlot.of(two));
        assertThrows(IllegalArgumentException.class, () -> PathPlot.of(cloud(5)).points(two));
    }
}
