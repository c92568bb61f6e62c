package dev.noisediffusion.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.Slerp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Morphs from a dark grey to a light one, straight through the greys between. */
class PathGaugeTest {
    private static final List<List<Double>> PARTS =
            List.of(List.of(0.25, 0.5, 0.75), List.of(0.0, 0.5, 0.75), List.of(0.25, 0.5, 1.0));

    private static final PerceptualGauge PERCEPTUAL =
            new PerceptualGauge("grey", "Grey", "a test", (a, b) -> Math.abs(level(a) - level(b)));

    private static int level(Picture picture) {
        return picture.pixel(0, 0) & 0xff;
    }

    private static Picture grey(double fraction) {
        var rgb = new byte[3 * 4 * 4];
        Arrays.fill(rgb, (byte) Math.round(40 + 160 * fraction));
        return Picture.wrap(4, 4, rgb);
    }

    private static MorphSample sample(List<Double> fractions) {
        return new MorphSample(
                grey(0),
                grey(1),
                new Slerp(),
                fractions.stream()
                        .map(fraction -> new MorphSample.Shot(fraction, grey(fraction), Optional.empty()))
                        .toList());
    }

    private static double length(Map<String, Double> measured, String key) {
        return Objects.requireNonNull(measured.get(key));
    }

    @Test
    void theWholeWayIsAsLongAsTheStraightOne() {
        MorphSample whole = sample(List.of(0.0, 0.25, 0.5, 0.75, 1.0));

        assertEquals(1, length(new PathGauge().measure(whole), "path"), 1e-4);
        assertEquals(1, length(PERCEPTUAL.measure(whole), "grey-path"), 1e-12);
    }

    /** It would be shorter than straight. */
    @Test
    void aPartOfTheWayHasNoLengthButIsMoreOrLessEven() {
        for (List<Double> fractions : PARTS) {
            MorphSample part = sample(fractions);
            assertEquals(Set.of("unevenness"), new PathGauge().measure(part).keySet());
            Set<String> perceptual = PERCEPTUAL.measure(part).keySet();
            assertEquals(
                    List.of(true, false),
                    List.of(perceptual.contains("grey-unevenness"), perceptual.contains("grey-path")));
        }
    }
}
