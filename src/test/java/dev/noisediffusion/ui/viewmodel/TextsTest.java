package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextsTest {
    private final Texts texts = Texts.load(Locale.ENGLISH);

    @Test
    void everyParameterHasANameAndSaysWhatItDoes() {
        var parameters = new ParametersViewModel(new SplittableRandom(1));
        List<Parameter> all = List.of(
                parameters.method(),
                parameters.gamma(),
                parameters.boundary(),
                parameters.placement(),
                parameters.gain(),
                parameters.muGain(),
                parameters.nuGain(),
                parameters.depth(),
                parameters.steps(),
                parameters.frames(),
                parameters.seed(),
                parameters.noiseTravel(),
                parameters.easing(),
                parameters.endpoints());
        for (Parameter parameter : all) {
            assertFalse(texts.get("parameter." + parameter.id()).isBlank());
            assertFalse(texts.get("parameter." + parameter.id() + ".help").isBlank());
        }
    }

    @Test
    void numbersAreWrittenAsInTheLanguageAndTypedInEither() {
        var number = new NumberParameter("gain", NumberParameter.Range.of(0, 20_000, 2), 1);
        Texts german = Texts.load(Locale.GERMAN);

        assertEquals("1.13", texts.number(1.125, 2));
        assertEquals("12345.60", texts.number(12_345.6, 2));
        assertEquals("12345,60", german.number(12_345.6, 2));
        number.type(german.number(12_345.6, 2));
        assertEquals(12_345.6, number.get());
        number.type("0.75");
        assertEquals("0,75", german.number(number));
    }

    @Test
    void aFailureWithoutASentenceIsStillToldOf() {
        assertEquals("Something went wrong (OutOfMemoryError).", texts.failure(new OutOfMemoryError()));
    }
}
