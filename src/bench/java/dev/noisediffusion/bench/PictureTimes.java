package dev.noisediffusion.bench;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Pictures;
import dev.noisediffusion.image.Resampler;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;

/** What is done to pictures besides the network: reading a photograph of twelve million pixels, cutting it, enlarging a frame. */
final class PictureTimes {
    private static final int WARM_UP = 5;
    private static final int RUNS = 15;

    private PictureTimes() {}

    /** Prints medians in milliseconds. */
    static void measure(Path home) throws Exception {
        var loader = new ImageLoader();
        Picture sample = loader.load(home.resolve("assets/samples/01-dahlia.jpg"));
        Picture photograph = Resampler.scale(sample, 4032, 3024);
        byte[] jpeg = encoded(photograph, "jpg");
        Picture frame = Resampler.scale(sample, 128, 128);
        time("read a photograph of 4032 x 3024 (JPEG)", () -> loader.load(jpeg, "photograph.jpg"));
        time("cut 128 x 128 out of it", () -> Resampler.crop(photograph, Crop.CENTER, 128, 128));
        time("scale it to 2048 x 1536", () -> Resampler.fitWithin(photograph, 2048));
        time("enlarge a frame of 128 x 128 four times", () -> Resampler.upscale(frame, 4));
    }

    private static byte[] encoded(Picture picture, String format) throws Exception {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(Pictures.toBufferedImage(picture), format, bytes);
        return bytes.toByteArray();
    }

    private static void time(String what, Callable<Picture> work) throws Exception {
        var times = new double[RUNS];
        for (int run = -WARM_UP; run < RUNS; run++) {
            long start = System.nanoTime();
            work.call();
            if (run >= 0) {
                times[run] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(times);
        System.out.printf("%s: %.1f ms%n", what, times[RUNS / 2]);
    }
}
