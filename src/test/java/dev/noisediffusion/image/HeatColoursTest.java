package dev.noisediffusion.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeatColoursTest {
    @ParameterizedTest
    @CsvSource({
        "ffffff, 100, 0, 0",
        "000000, 0, 0, 0",
        "ff0000, 53.24, 80.09, 67.20",
        "00ff00, 87.73, -86.18, 83.18",
        "0000ff, 32.30, 79.19, -107.86",
        "777777, 50.03, 0, 0"
    })
    void coloursHaveTheCoordinatesOfTheStandard(String hex, double lightness, double a, double b) {
        CieLab colour = CieLab.ofRgb(Integer.parseInt(hex, 16));
        assertEquals(lightness, colour.lightness(), 0.02);
        assertEquals(a, colour.a(), 0.02);
        assertEquals(b, colour.b(), 0.02);
        assertEquals(Integer.parseInt(hex, 16), colour.toRgb());
    }

    @Test
    void aColourThatNoScreenShowsKeepsItsLightness() {
        var glaring = new CieLab(60, 150, -20);
        assertEquals(60, CieLab.ofRgb(glaring.toRgb()).lightness(), 0.6);
    }

    @Test
    void greysLieAsFarApartAsTheirLightness() {
        double distance = CieLab.ofRgb(0xffffff).distance(CieLab.ofRgb(0x777777));
        assertEquals(100 - 50.03, distance, 0.02);
    }

    @Test
    void heatBrightensEvenly() {
        for (int i = 0; i <= 10; i++) {
            double lightness = CieLab.ofRgb(HeatColours.at(i / 10.0)).lightness();
            assertEquals(3 + 9.4 * i, lightness, 1.0, "heat " + i / 10.0);
        }
        assertEquals(HeatColours.at(0), HeatColours.at(-1));
        assertEquals(HeatColours.at(1), HeatColours.at(7));
        assertTrue(Math.abs(CieLab.ofRgb(HeatColours.at(0.5)).a()) > 30);
    }
}
