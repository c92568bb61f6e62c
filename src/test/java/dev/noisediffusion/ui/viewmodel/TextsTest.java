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
    void aFailureWithoutASentenceIsStillToldOf() {
        assertEquals("Something went wrong (OutOfMemoryError).", texts.failure(new OutOfMemoryError()));
    }
}
