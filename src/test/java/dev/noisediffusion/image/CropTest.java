package dev.noisediffusion.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropTest {
    @ParameterizedTest
    @CsvSource({"896, 1152", "448, 448", "1216, 832", "28, 28", "640, 360"})
    void thePartLiesWithinThePictureWhateverItsSize(int targetWidth, int targetHeight) {
        for (int width = 1; width <= 4096; width += 7) {
            for (double center : new double[] {0, 0.5, 1}) {
                int height = width * 4 / 3 + 1;
                Crop.Area area = new Crop(center, center, 1).area(width, height, targetWidth, targetHeight);
                assertTrue(area.x() >= 0 && area.x() + area.width() <= width, area::toString);
                assertTrue(area.y() >= 0 && area.y() + area.height() <= height, area::toString);
            }
        }
    }
}
