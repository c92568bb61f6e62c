package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.measure.Similarity;
import java.util.List;
import java.util.Map;

/** The round trip of the ends: how much the method's frames at 0 and 1 are the pictures themselves. */
final class EndGauge implements Gauge {
    private static final Metric PSNR = new Metric(
            "end-psnr",
            "PSNR at the ends",
            "dB, of the method's frames at 0 and 1 to the pictures; left out where the two are equal");
    private static final Metric SSIM = new Metric("end-ssim", "SSIM at the ends", "of the same frames");
    private static final Metric MS_SSIM =
            new Metric("end-ms-ssim", "MS-SSIM at the ends", "where pictures have 176 pixels a side");

    @Override
    public List<Metric> metrics() {
        return List.of(PSNR, SSIM, MS_SSIM);
    }

    @Override
    public Map<String, Double> measure(MorphSample sample) {
        var means = new Means();
        for (MorphSample.Shot shot : sample.ends()) {
            Picture original = shot.fraction() == 0 ? sample.first() : sample.second();
            int side = Math.min(original.width(), original.height());
            means.add(PSNR, Similarity.psnr(shot.picture(), original));
            if (side >= Similarity.SSIM_SIDE) {
                means.add(SSIM, Similarity.ssim(shot.picture(), original));
            }
            if (side >= Similarity.MS_SSIM_SIDE) {
                means.add(MS_SSIM, Similarity.msSsim(shot.picture(), original));
            }
        }
        return means.values();
    }
}
