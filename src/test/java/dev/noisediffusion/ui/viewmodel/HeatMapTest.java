package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.image.CieLab;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeatMapTest {
    @Test
    void everyPixelHasItsDifferenceAndTheMeanIsOfAll() {
        int[] greys =
                IntStream.range(0, 60).map(i -> 0xff000000 | 4 * i * 0x010101).toArray();
        var left = new Raster(12, 5, new int[60]);
        HeatMap map = HeatMap.of(left, new Raster(12, 5, greys), 100).orElseThrow();
        double sum = 0;
        for (int i = 0; i < 60; i++) {
            double difference = CieLab.ofRgb(0).distance(CieLab.ofRgb(greys[i]));
            sum += difference;
            HeatMap alone = HeatMap.of(new Raster(1, 1, new int[1]), new Raster(1, 1, new int[] {greys[i]}), 100)
                    .orElseThrow();
            assertEquals(alone.raster().argb()[0], map.raster().argb()[i]);
            assertEquals(difference, alone.mean());
        }
        assertEquals(sum / 60, map.mean(), 1e-9);
    }
}
