package dev.noisediffusion.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
        PathPlot.Path path = plot.path("slerp", frames);
        assertEquals("slerp", path.name());
        PathPlot.Point middle = path.points().getFirst();
        PathPlot.Point further = path.points().get(1);
        assertEquals(3, further.x() - middle.x(), 0.02);
        assertEquals(0, further.y() - middle.y(), 0.1);
        assertEquals(0, further.distance(), 0.05);
        assertEquals(7, path.points().getLast().distance(), 0.05);
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
    void tooFewPhotographsAndOtherDimensionsAreRefused() {
        FeatureSet two = FeatureSet.of(List.of(new float[] {1, 2}, new float[] {3, 4}));
        assertThrows(IllegalArgumentException.class, () -> PathPlot.of(two));
        assertThrows(IllegalArgumentException.class, () -> PathPlot.of(cloud(5)).path("x", two));
    }
}
