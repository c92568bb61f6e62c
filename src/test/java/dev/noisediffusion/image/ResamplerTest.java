package dev.noisediffusion.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "7, 300", "128, 128", "640, 480"})
    void aPlainPictureStaysPlainAtEverySize(int width, int height) {
        Picture scaled = Resampler.crop(TestImages.plain(97, 61, 0x20c0ff), Crop.CENTER, width, height);

        assertEquals(TestImages.plain(width, height, 0x20c0ff), scaled);
    }

    @Test
    void theSameSizeChangesNothing() {
        Picture picture = TestImages.waves(50, 400, 2);

        assertEquals(picture, Resampler.crop(picture, Crop.CENTER, 50, 400));
    }

    @Test
    void scalingKeepsTheMean() {
        Picture picture = TestImages.waves(300, 200, 2);

        assertEquals(mean(picture), mean(Resampler.crop(picture, Crop.CENTER, 30, 20)), 0.5);
        assertEquals(mean(picture), mean(Resampler.upscale(picture, 3)), 0.5);
    }

    @Test
    void aFineGridTurnsGreyInsteadOfAliasing() {
        Picture grid = checkerboard(256, 256);
        Picture small = Resampler.crop(grid, Crop.CENTER, 60, 60);

        for (int y = 4; y < 56; y++) {
            for (int x = 4; x < 56; x++) {
                assertEquals(127.5, small.pixel(x, y) & 0xff, 4);
            }
        }
    }

    @Test
    void upAndDownAgainGivesThePictureBack() {
        Picture picture = TestImages.waves(40, 30, 1);
        Picture there = Resampler.upscale(picture, 4);

        assertEquals(160, there.width());
        assertTrue(TestImages.psnr(picture, Resampler.crop(there, Crop.CENTER, 40, 30)) > 50);
        assertTrue(TestImages.psnr(TestImages.waves(160, 120, 1), there) > 35);
    }

    @Test
    void aCropTakesItsPart() {
        Picture two = Montage.sideBySide(TestImages.plain(80, 80, 0xff0000), TestImages.plain(80, 80, 0x0000ff), 0);

        assertEquals(TestImages.plain(16, 16, 0xff0000), Resampler.crop(two, new Crop(0.1, 0.5, 2), 16, 16));
        assertEquals(TestImages.plain(16, 16, 0x0000ff), Resampler.crop(two, new Crop(0.9, 0.5, 2), 16, 16));
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "50, 20", "301, 97"})
    void aMirroredCropIsTheSamePartTurnedRound(int width, int height) {
        Picture picture = TestImages.waves(120, 70, 1);
        var crop = new Crop(0.3, 0.6, 1.7);
        Picture straight = Resampler.crop(picture, crop, width, height);
        Picture mirrored = Resampler.crop(picture, crop.withMirrored(true), width, height);

        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                assertEquals(straight.pixel(width - 1 - x, y), mirrored.pixel(x, y));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401})
    void aPictureThatFitsIsLeftAlone(int side) {
        Picture picture = TestImages.waves(400, 10, 0);

        assertSame(picture, Resampler.fitWithin(picture, side));
    }

    @Test
    void picturesStandSideBySideWithAGap() {
        Picture both = Montage.sideBySide(TestImages.plain(3, 4, 0xffffff), TestImages.plain(5, 2, 0xff0000), 2);

        assertEquals(10, both.width());
        assertEquals(4, both.height());
        assertEquals(0xffffff, both.pixel(2, 3));
        assertEquals(0xff0000, both.pixel(5, 1));
        assertTrue((both.pixel(3, 0) & 0xff) < 32 && both.pixel(3, 0) == both.pixel(9, 3));
    }

    private static double mean(Picture picture) {
        double sum = 0;
        for (byte value : picture.bytes()) {
            sum += value & 0xff;
        }
        return sum / picture.bytes().length;
    }

    private static Picture checkerboard(int width, int height) {
        var rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = i / 3;
            rgb[i] = (byte) ((pixel % width + pixel / width) % 2 == 0 ? 255 : 0);
        }
        return Picture.wrap(width, height, rgb);
    }
}
