package dev.noisediffusion.measure;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A normal distribution in many dimensions. The covariance is kept as a factor F with C = F^T F, which for a sample that has
 * fewer vectors than dimensions is the centred sample: so 60 vectors of 2,048 values need no matrix of 2,048 squared.
 */
public final class Gaussian {
    private final double[] mean;
    private final DMatrixRMaj factor;

    private Gaussian(double[] mean, DMatrixRMaj factor) {
        this.mean = mean;
        this.factor = factor;
    }

    /**
     * A distribution by its parameters, which are copied.
     *
     * @param covariance symmetric, without negative eigenvalues, one row and column for each value of the mean
     */
    public static Gaussian of(double[] mean, double[][] covariance) {
        if (covariance.length != mean.length || Arrays.stream(covariance).anyMatch(row -> row.length != mean.length)) {
            throw new IllegalArgumentException("Expected a covariance of " + mean.length + " rows and columns");
        }
        return new Gaussian(mean.clone(), root(new DMatrixRMaj(covariance)));
    }

    /**
     * The distribution that a set is a sample of: its mean, and its covariance with n - 1 in the denominator.
     *
     * @param set of at least 2
     * @throws IllegalArgumentException if they are fewer, or a value is not finite
     */
    public static Gaussian fittedTo(FeatureSet set) {
        int n = set.size();
        if (n < 2) {
            throw new IllegalArgumentException("Expected at least 2 feature vectors, found " + n);
        }
        int d = set.dimensions();
        var mean = new double[d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                mean[j] += set.get(i, j) / n;
            }
        }
        if (!Arrays.stream(mean).allMatch(Double::isFinite)) {
            // A value that is none spoils the mean of its feature.
            throw new IllegalArgumentException("Expected feature vectors of numbers, found infinite ones or NaN");
        }
        double scale = 1 / Math.sqrt(n - 1.0);
        var centred = new DMatrixRMaj(n, d);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                centred.set(i, j, scale * (set.get(i, j) - mean[j]));
            }
        }
        return new Gaussian(mean, n <= d ? centred : root(inner(centred)));
    }

    private static DMatrixRMaj inner(DMatrixRMaj centred) {
        var covariance = new DMatrixRMaj(centred.numCols, centred.numCols);
        CommonOps_DDRM.multTransA(centred, centred, covariance);
        return covariance;
    }

    /**
     * The squared Frechet (2-Wasserstein) distance (Dowson and Landau 1982), which the FID takes in Inception features:
     * {@code |m1 - m2|^2 + tr(C1 + C2 - 2 (C1^1/2 C2 C1^1/2)^1/2)}. The last trace is the sum of the singular values of
     * {@code F1 F2^T}. Fitted to small sets it is too large, so that only distances of sets of equal sizes can be compared.
     *
     * @return at least 0
     * @throws IllegalArgumentException if the dimensions differ
     */
    public double frechetDistance(Gaussian other) {
        if (mean.length != other.mean.length) {
            throw new IllegalArgumentException("Expected " + mean.length + " dimensions, found " + other.mean.length);
        }
        double distance = 0;
        for (int i = 0; i < mean.length; i++) {
            double difference = mean[i] - other.mean[i];
            distance += difference * difference;
        }
        return Math.max(0, distance + trace() + other.trace() - 2 * shared(other));
    }

    private double trace() {
        double norm = NormOps_DDRM.normF(factor);
        return norm * norm;
    }

    private double shared(Gaussian other) {
        var product = new DMatrixRMaj(factor.numRows, other.factor.numRows);
        CommonOps_DDRM.multTransB(factor, other.factor, product);
        return Arrays.stream(SingularOps_DDRM.singularValues(product)).sum();
    }

    private static DMatrixRMaj root(DMatrixRMaj matrix) {
        int d = matrix.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(symmetric(matrix))) {
            throw new IllegalArgumentException("The covariance has no eigenvalues: is one of its values infinite?");
        }
        var root = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            double value = Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
            DMatrixRMaj vector = eigen.getEigenVector(i);
            CommonOps_DDRM.multAddTransB(value, vector, vector, root);
        }
        return root;
    }

    private static DMatrixRMaj symmetric(DMatrixRMaj matrix) {
        int d = matrix.numRows;
        var symmetric = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                symmetric.set(i, j, (matrix.get(i, j) + matrix.get(j, i)) / 2);
            }
        }
        return symmetric;
    }
}
