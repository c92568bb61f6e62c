package dev.noisediffusion.measure;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** A normal distribution in many dimensions. */
public final class Gaussian {
    private final double[] mean;
    private final DMatrixRMaj covariance;

    private Gaussian(double[] mean, DMatrixRMaj covariance) {
        this.mean = mean;
        this.covariance = covariance;
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
        return new Gaussian(mean.clone(), new DMatrixRMaj(covariance));
    }

    /**
     * The distribution that a set is a sample of: its mean, and its covariance with n - 1 in the denominator.
     *
     * @param set of at least 2
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
        var centred = new DMatrixRMaj(n, d);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                centred.set(i, j, set.get(i, j) - mean[j]);
            }
        }
        var covariance = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multTransA(1.0 / (n - 1), centred, centred, covariance);
        return new Gaussian(mean, covariance);
    }

    /**
     * The squared Frechet (2-Wasserstein) distance (Dowson and Landau 1982), which the FID takes in Inception features:
     * {@code |m1 - m2|^2 + tr(C1 + C2 - 2 (C1^1/2 C2 C1^1/2)^1/2)}. Fitted to small sets it is too large, so that only
     * distances of sets of equal sizes can be compared.
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
        DMatrixRMaj root = root(covariance);
        var half = new DMatrixRMaj(mean.length, mean.length);
        var inner = new DMatrixRMaj(mean.length, mean.length);
        CommonOps_DDRM.mult(root, other.covariance, half);
        CommonOps_DDRM.mult(half, root, inner);
        EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(inner, false);
        double shared = 0;
        for (int i = 0; i < mean.length; i++) {
            shared += Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
        }
        return Math.max(
                0, distance + CommonOps_DDRM.trace(covariance) + CommonOps_DDRM.trace(other.covariance) - 2 * shared);
    }

    private static DMatrixRMaj root(DMatrixRMaj matrix) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(matrix, true);
        int d = matrix.numRows;
        var root = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            double value = Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
            DMatrixRMaj vector = eigen.getEigenVector(i);
            CommonOps_DDRM.multAddTransB(value, vector, vector, root);
        }
        return root;
    }

    private static EigenDecomposition_F64<DMatrixRMaj> decompose(DMatrixRMaj matrix, boolean vectors) {
        int d = matrix.numRows;
        var symmetric = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                symmetric.set(i, j, (matrix.get(i, j) + matrix.get(j, i)) / 2);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, vectors, true);
        if (!eigen.decompose(symmetric)) {
            throw new IllegalArgumentException("The covariance has no eigenvalues: is one of its values infinite?");
        }
        return eigen;
    }
}
