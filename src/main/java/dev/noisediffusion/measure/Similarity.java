package dev.noisediffusion.measure;

import dev.noisediffusion.image.Picture;
import java.nio.ByteBuffer;

/** How alike two pictures of one size are, point by point. */
public final class Similarity {
    /** Sides of pictures that {@link #ssim} can look at. */
    public static final int SSIM_SIDE = 11;

    /** Sides of pictures that {@link #msSsim} can look at: the window still fits after four halvings. */
    public static final int MS_SSIM_SIDE = SSIM_SIDE << 4;

    private static final double PEAK = 255;
    private static final double SIGMA = 1.5;
    private static final double C1 = (0.01 * PEAK) * (0.01 * PEAK);
    private static final double C2 = (0.03 * PEAK) * (0.03 * PEAK);
    private static final double[] WINDOW = window();
    /** Of the scales, finest first (Wang et al. 2003, section 3.2). */
    private static final double[] SCALE_WEIGHTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};

    private Similarity() {}

    private static double[] window() {
        var window = new double[SSIM_SIDE];
        double sum = 0;
        for (int i = 0; i < window.length; i++) {
            double x = i - SSIM_SIDE / 2;
            window[i] = Math.exp(-x * x / (2 * SIGMA * SIGMA));
            sum += window[i];
        }
        for (int i = 0; i < window.length; i++) {
            window[i] /= sum;
        }
        return window;
    }

    /**
     * Peak signal to noise ratio, {@code 10 log10(255^2 / MSE)} over all values of all three sRGB channels.
     *
     * @return in dB, infinite for equal pictures
     * @throws IllegalArgumentException if the sizes differ
     */
    public static double psnr(Picture a, Picture b) {
        Plane.requireSameSize(a, b);
        ByteBuffer as = a.rgb();
        ByteBuffer bs = b.rgb();
        long squares = 0;
        int count = as.remaining();
        for (int i = 0; i < count; i++) {
            long difference = (long) (as.get(i) & 0xff) - (bs.get(i) & 0xff);
            squares += difference * difference;
        }
        return squares == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(PEAK * PEAK * count / squares);
    }

    /**
     * Structural similarity (Wang, Bovik, Sheikh and Simoncelli 2004, eq. 13) of the luma: the mean over every place where
     * the 11x11 Gaussian window of sigma 1.5 fits, K1 = 0.01, K2 = 0.03, L = 255; no scaling beforehand.
     *
     * @return in [-1, 1], 1 for equal pictures
     * @throws IllegalArgumentException if the sizes differ or a side is below {@value #SSIM_SIDE}
     */
    public static double ssim(Picture a, Picture b) {
        requireSides(a, b, SSIM_SIDE);
        return terms(Plane.lumaOf(a), Plane.lumaOf(b)).ssim();
    }

    /**
     * Multi-scale structural similarity (Wang, Simoncelli and Bovik 2003, eq. 7) of the luma, five scales that are halved
     * by the means of 2x2 pixels. A scale whose contrast-structure term is negative counts as 0.
     *
     * @return in [0, 1], 1 for equal pictures
     * @throws IllegalArgumentException if the sizes differ or a side is below {@value #MS_SSIM_SIDE}
     */
    public static double msSsim(Picture a, Picture b) {
        requireSides(a, b, MS_SSIM_SIDE);
        Plane x = Plane.lumaOf(a);
        Plane y = Plane.lumaOf(b);
        double product = 1;
        for (int scale = 0; scale < SCALE_WEIGHTS.length; scale++) {
            Terms terms = terms(x, y);
            boolean coarsest = scale == SCALE_WEIGHTS.length - 1;
            double term = coarsest ? terms.ssim() : terms.contrastStructure();
            product *= Math.pow(Math.max(0, term), SCALE_WEIGHTS[scale]);
            x = x.halved();
            y = y.halved();
        }
        return product;
    }

    private static void requireSides(Picture a, Picture b, int side) {
        Plane.requireSameSize(a, b);
        if (Math.min(a.width(), a.height()) < side) {
            throw new IllegalArgumentException(
                    "Expected pictures with sides of at least " + side + " pixels, found " + a);
        }
    }

    private record Terms(double ssim, double contrastStructure) {}

    private static Terms terms(Plane x, Plane y) {
        Plane meanX = x.filtered(WINDOW);
        Plane meanY = y.filtered(WINDOW);
        Plane squareX = x.times(x).filtered(WINDOW);
        Plane squareY = y.times(y).filtered(WINDOW);
        Plane product = x.times(y).filtered(WINDOW);
        double ssim = 0;
        double structure = 0;
        for (int row = 0; row < meanX.height(); row++) {
            for (int column = 0; column < meanX.width(); column++) {
                double mx = meanX.get(column, row);
                double my = meanY.get(column, row);
                double vx = squareX.get(column, row) - mx * mx;
                double vy = squareY.get(column, row) - my * my;
                double covariance = product.get(column, row) - mx * my;
                double cs = (2 * covariance + C2) / (vx + vy + C2);
                structure += cs;
                ssim += cs * (2 * mx * my + C1) / (mx * mx + my * my + C1);
            }
        }
        double places = (double) meanX.width() * meanX.height();
        return new Terms(ssim / places, structure / places);
    }
}
