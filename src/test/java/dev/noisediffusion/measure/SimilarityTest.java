package dev.noisediffusion.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.Picture;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimilarityTest {
    private static final double C1 = 6.5025;
    private static final double C2 = 58.5225;

    static Picture grey(int side, int value) {
        var rgb = new byte[3 * side * side];
        java.util.Arrays.fill(rgb, (byte) value);
        return Picture.wrap(side, side, rgb);
    }

    static Picture random(int side, long seed) {
        var rgb = new byte[3 * side * side];
        new Random(seed).nextBytes(rgb);
        return Picture.wrap(side, side, rgb);
    }

    @Test
    void psnrOfAConstantErrorIsItsClosedForm() {
        assertEquals(20 * Math.log10(255.0 / 10), Similarity.psnr(grey(4, 100), grey(4, 110)), 1e-12);
        assertEquals(48.1308, Similarity.psnr(grey(4, 100), grey(4, 101)), 1e-4, "the well-known value for MSE 1");
        assertEquals(0, Similarity.psnr(grey(4, 0), grey(4, 255)), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, Similarity.psnr(grey(4, 7), grey(4, 7)));
    }

    @Test
    void ssimOfFlatPicturesIsTheLuminanceTermAlone() {
        double expected = (2 * 100 * 150 + C1) / (100 * 100 + 150 * 150 + C1);
        assertEquals(expected, Similarity.ssim(grey(16, 100), grey(16, 150)), 1e-9);
        assertEquals(1, Similarity.ssim(random(16, 1), random(16, 1)), 1e-12);
    }

    @Test
    void ssimIsWhatThePapersFormulaGivesPixelByPixel() {
        Picture a = random(17, 1);
        Picture b = random(17, 2);
        assertEquals(slowly(a, b), Similarity.ssim(a, b), 1e-9);
    }

    /** Equation 13 with a two-dimensional window and variances about the mean, without any shortcut. */
    private static double slowly(Picture a, Picture b) {
        Plane x = Plane.lumaOf(a);
        Plane y = Plane.lumaOf(b);
        var window = new double[11][11];
        double sum = 0;
        for (int i = 0; i < 11; i++) {
            for (int j = 0; j < 11; j++) {
                window[i][j] = Math.exp(-((i - 5) * (i - 5) + (j - 5) * (j - 5)) / (2 * 1.5 * 1.5));
                sum += window[i][j];
            }
        }
        double total = 0;
        int places = a.width() - 10;
        for (int v = 0; v < places; v++) {
            for (int u = 0; u < places; u++) {
                double mx = 0;
                double my = 0;
                for (int i = 0; i < 11; i++) {
                    for (int j = 0; j < 11; j++) {
                        mx += window[i][j] / sum * x.get(u + j, v + i);
                        my += window[i][j] / sum * y.get(u + j, v + i);
                    }
                }
                double vx = 0;
                double vy = 0;
                double c = 0;
                for (int i = 0; i < 11; i++) {
                    for (int j = 0; j < 11; j++) {
                        double dx = x.get(u + j, v + i) - mx;
                        double dy = y.get(u + j, v + i) - my;
                        vx += window[i][j] / sum * dx * dx;
                        vy += window[i][j] / sum * dy * dy;
                        c += window[i][j] / sum * dx * dy;
                    }
                }
                total += (2 * mx * my + C1) * (2 * c + C2) / ((mx * mx + my * my + C1) * (vx + vy + C2));
            }
        }
        return total / (places * places);
    }

    @Test
    void msSsimOfFlatPicturesIsTheLuminanceOfTheCoarsestScale() {
        double luminance = (2 * 100 * 150 + C1) / (100 * 100 + 150 * 150 + C1);
        assertEquals(Math.pow(luminance, 0.1333), Similarity.msSsim(grey(176, 100), grey(176, 150)), 1e-9);
        assertEquals(1, Similarity.msSsim(random(176, 1), random(176, 1)), 1e-12);
        double unrelated = Similarity.msSsim(random(176, 1), random(176, 2));
        assertTrue(unrelated >= 0 && unrelated < 0.3, () -> "unrelated noise: " + unrelated);
    }

    @Test
    void picturesThatAreTooSmallOrOfOtherSizesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Similarity.ssim(grey(10, 0), grey(10, 0)));
        assertThrows(IllegalArgumentException.class, () -> Similarity.msSsim(grey(175, 0), grey(175, 0)));
        assertThrows(IllegalArgumentException.class, () -> Similarity.psnr(grey(4, 0), grey(5, 0)));
    }
}
