package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.morph.Mask;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskColoursTest {
    /** Of eight by eight cells; painted are the four by four in the middle. */
    private static Mask square(int step) {
        var steps = new byte[64];
        for (int i = 0; i < steps.length; i++) {
            boolean middle = i % 8 >= 2 && i % 8 < 6 && i / 8 >= 2 && i / 8 < 6;
            steps[i] = (byte) (middle ? step : Mask.NEUTRAL_STEP);
        }
        return Mask.of(8, 8, steps);
    }

    /** Each colour once that is met on the way from the left edge to the middle, fades left out. */
    private static List<Integer> toTheMiddle(Raster raster) {
        int row = raster.height() / 2 * raster.width();
        int middle = raster.argb()[row + raster.width() / 2];
        List<Integer> known = List.of(0, MaskColours.DARK, MaskColours.LIGHT, middle);
        return IntStream.range(0, raster.width() / 2)
                .mapToObj(x -> raster.argb()[row + x])
                .filter(known::contains)
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Mask.NEUTRAL_STEP - 1, Mask.NEUTRAL_STEP + 1, Mask.LAST_STEP})
    void aLineDarkWithoutAndLightWithinLiesWhereTheMaskMeetsNoMask(int step) {
        Raster raster = MaskColours.of(square(step));
        int middle = raster.argb()[raster.height() / 2 * raster.width() + raster.width() / 2];
        assertEquals(List.of(0, MaskColours.DARK, MaskColours.LIGHT, middle), toTheMiddle(raster));
    }

    @Test
    void moreIsWarmAndLessIsCool() {
        int more = MaskColours.of(square(Mask.LAST_STEP)).argb()[192 * 384 + 192];
        int less = MaskColours.of(square(0)).argb()[192 * 384 + 192];
        assertTrue((more >> 16 & 0xff) > (more & 0xff), Integer.toHexString(more));
        assertTrue((less >> 16 & 0xff) < (less & 0xff), Integer.toHexString(less));
    }

    @Test
    void withoutAMaskEverythingIsClear() {
        Raster raster = MaskColours.of(Mask.NEUTRAL);
        assertTrue(Arrays.stream(raster.argb()).allMatch(pixel -> pixel == 0));
    }

    @Test
    void aMaskUpToTheEdgesHasNoLine() {
        var steps = new byte[4];
        Arrays.fill(steps, (byte) Mask.LAST_STEP);
        Raster raster = MaskColours.of(Mask.of(2, 2, steps));
        assertEquals(1, Arrays.stream(raster.argb()).distinct().count());
    }
}
