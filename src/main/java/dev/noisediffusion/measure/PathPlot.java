package dev.noisediffusion.measure;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * Paths among photographs in two dimensions: the plane is that of the photographs' two main directions (PCA, Pearson 1901), and
 * the frames are laid onto it, so that one sees whether a path stays among the photographs. What the plane cannot show is said
 * as each point's distance from it.
 */
public final class PathPlot {
    /** Less of the variance than this is what rounding leaves of none. */
    private static final double NOTHING = 1e-12;

    /**
     * A point of the plane, in the unit of the features.
     *
     * @param x along the direction in which the photographs vary most, 0 at their mean
     * @param y along the next
     * @param distance from the plane, at least 0
     */
    public record Point(double x, double y, double distance) {}

    private final double[] mean;
    private final double[][] axes;
    private final double explained;
    private final List<Point> photographs;

    private PathPlot(double[] mean, double[][] axes, double explained, FeatureSet photographs) {
        this.mean = mean;
        this.axes = axes;
        this.explained = explained;
        this.photographs = points(photographs);
    }

    /**
     * The plane of some photographs. Where they lie on one line, nothing is shown across it.
     *
     * @param photographs at least 3, of at least 2 dimensions
     * @throws IllegalArgumentException if they are fewer, or one of their features is not finite
     */
    public static PathPlot of(FeatureSet photographs) {
        int n = photographs.size();
        int d = photographs.dimensions();
        if (n < 3 || d < 2) {
            throw new IllegalArgumentException(
                    "A plane needs at least 3 photographs with 2 features, found " + n + " with " + d + ".");
        }
        var centred = new DMatrixRMaj(n, d);
        double[] mean = centre(photographs, centred);
        // Of both products the smaller one: they have the same eigenvalues but for zeros.
        boolean byPhotograph = n < d;
        int size = Math.min(n, d);
        var product = new DMatrixRMaj(size, size);
        if (byPhotograph) {
            CommonOps_DDRM.multTransB(centred, centred, product);
        } else {
            CommonOps_DDRM.multTransA(centred, centred, product);
        }
        double total = CommonOps_DDRM.trace(product);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!Double.isFinite(total) || !eigen.decompose(product)) {
            throw new IllegalArgumentException("The photographs have no plane: is one of their features infinite?");
        }
        double shown = 0;
        var axes = new double[2][d];
        int[] main = twoLargest(eigen, size);
        for (int i = 0; i < 2; i++) {
            double variance = eigen.getEigenvalue(main[i]).getReal();
            if (variance > NOTHING * total) {
                shown += variance;
                axes[i] = axis(eigen.getEigenVector(main[i]), byPhotograph ? centred : null);
            }
        }
        return new PathPlot(mean, axes, total == 0 ? 1 : Math.clamp(shown / total, 0, 1), photographs);
    }

    private static double[] centre(FeatureSet photographs, DMatrixRMaj centred) {
        int n = centred.getNumRows();
        var mean = new double[centred.getNumCols()];
        for (int j = 0; j < mean.length; j++) {
            for (int i = 0; i < n; i++) {
                mean[j] += photographs.get(i, j) / n;
            }
            for (int i = 0; i < n; i++) {
                centred.set(i, j, photographs.get(i, j) - mean[j]);
            }
        }
        return mean;
    }

    private static int[] twoLargest(EigenDecomposition_F64<DMatrixRMaj> eigen, int size) {
        int first = 0;
        int second = -1;
        for (int i = 1; i < size; i++) {
            double value = eigen.getEigenvalue(i).getReal();
            if (value > eigen.getEigenvalue(first).getReal()) {
                second = first;
                first = i;
            } else if (second < 0 || value > eigen.getEigenvalue(second).getReal()) {
                second = i;
            }
        }
        return new int[] {first, second};
    }

    /**
     * A direction of length 1 whose largest part is positive, so that equal photographs have equal plots.
     *
     * @param vector of the features, or of the photographs
     * @param centred the photographs less their mean, where it is of them
     */
    private static double[] axis(DMatrixRMaj vector, @Nullable DMatrixRMaj centred) {
        DMatrixRMaj direction = vector;
        if (centred != null) {
            direction = new DMatrixRMaj(centred.getNumCols(), 1);
            CommonOps_DDRM.multTransA(centred, vector, direction);
        }
        double[] values = direction.getData().clone();
        double largest = 0;
        for (double value : values) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        double length = Math.copySign(NormOps_DDRM.normF(direction), largest);
        for (int i = 0; i < values.length; i++) {
            values[i] /= length;
        }
        return values;
    }

    /** The photographs on their plane, in order. */
    public List<Point> photographs() {
        return photographs;
    }

    /** The share of the photographs' variance that the plane shows, in [0, 1]. */
    public double explained() {
        return explained;
    }

    /**
     * Pictures laid onto the plane, in order.
     *
     * @throws IllegalArgumentException if they have other dimensions than the photographs
     */
    public List<Point> points(FeatureSet set) {
        if (set.dimensions() != mean.length) {
            throw new IllegalArgumentException(
                    "Expected pictures of " + mean.length + " features, found " + set.dimensions());
        }
        var points = new ArrayList<Point>();
        for (int i = 0; i < set.size(); i++) {
            double x = 0;
            double y = 0;
            double squares = 0;
            for (int j = 0; j < mean.length; j++) {
                double fromMean = set.get(i, j) - mean[j];
                x += fromMean * axes[0][j];
                y += fromMean * axes[1][j];
                squares += fromMean * fromMean;
            }
            points.add(new Point(x, y, Math.sqrt(Math.max(0, squares - x * x - y * y))));
        }
        return List.copyOf(points);
    }
}
