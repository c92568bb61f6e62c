package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.measure.Similarity;
import dev.noisediffusion.tensor.Kernels;
import java.util.List;
import java.util.Map;

/**
 * How much of the two pictures is still to be seen in the frames between them: likeness to their pixel mix, and to the
 * pictures themselves, weighted by the fraction.
 */
final class SimilarityGauge implements Gauge {
    private static final Metric MIX_PSNR = new Metric(
            "mix-psnr",
            "PSNR to the pixel mix",
            "dB; (1 - f) first + f second, frames within; left out where the two are equal");
    private static final Metric MIX_SSIM = new Metric("mix-ssim", "SSIM to the pixel mix", "1 is equal, frames within");
    private static final Metric MIX_MS_SSIM =
            new Metric("mix-ms-ssim", "MS-SSIM to the pixel mix", "where pictures have 176 pixels a side");
    private static final Metric KEPT_SSIM = new Metric(
            "kept-ssim", "SSIM to the pictures", "(1 - f) SSIM to the first + f SSIM to the second, frames within");
    private static final Metric KEPT_MS_SSIM =
            new Metric("kept-ms-ssim", "MS-SSIM to the pictures", "likewise, where they have 176 pixels a side");

    @Override
    public List<Metric> metrics() {
        return List.of(MIX_PSNR, MIX_SSIM, MIX_MS_SSIM, KEPT_SSIM, KEPT_MS_SSIM);
    }

    @Override
    public Map<String, Double> measure(MorphSample sample) {
        var means = new Means();
        for (MorphSample.Shot shot : sample.within()) {
            double f = shot.fraction();
            Picture frame = shot.picture();
            Picture mix = Picture.ofTensor(
                    Kernels.linear(
                            1 - f, sample.first().toTensor(), f, sample.second().toTensor()),
                    0);
            int side = Math.min(frame.width(), frame.height());
            means.add(MIX_PSNR, Similarity.psnr(frame, mix));
            if (side >= Similarity.SSIM_SIDE) {
                means.add(MIX_SSIM, Similarity.ssim(frame, mix));
                means.add(
                        KEPT_SSIM,
                        (1 - f) * Similarity.ssim(frame, sample.first()) + f * Similarity.ssim(frame, sample.second()));
            }
            if (side >= Similarity.MS_SSIM_SIDE) {
                means.add(MIX_MS_SSIM, Similarity.msSsim(frame, mix));
                means.add(
                        KEPT_MS_SSIM,
                        (1 - f) * Similarity.msSsim(frame, sample.first())
                                + f * Similarity.msSsim(frame, sample.second()));
            }
        }
        return means.values();
    }
}
