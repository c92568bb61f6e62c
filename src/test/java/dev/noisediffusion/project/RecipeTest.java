package dev.noisediffusion.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Crossfade;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.MorphFixtures;
import dev.noisediffusion.morph.MorphMethod;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseIntroduction;
import dev.noisediffusion.morph.NoiseTravel;
import dev.noisediffusion.morph.Prompting;
import dev.noisediffusion.morph.Slerp;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    static List<MorphMethod> methods() {
        return List.of(
                new NoiseDiffusion(0.25, 1.5, BoundaryPlacement.AFTER, new Injection(1.1, 0.9)),
                new NoiseDiffusion(0, Double.POSITIVE_INFINITY, BoundaryPlacement.NONE, Injection.PAPER),
                new Slerp(),
                new NoiseIntroduction(),
                new Crossfade());
    }

    private static Recipe recipe(MorphMethod method) {
        var settings = new MorphSettings(method, 33, 80, 0.25, -5, NoiseTravel.REDRAWN, Endpoints.ROUND_TRIP);
        return Recipe.of(MorphFixtures.request(3, settings), new Recipe.Model("Gaussian", "abc"), "test");
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aRecipeReadBackGivesTheSameSettings(MorphMethod method) {
        Recipe recipe = recipe(method);
        Recipe read = Recipe.parse(recipe.toJson()).orElseThrow();
        assertEquals(recipe, read);
        assertEquals(method, read.settings().method());
        assertEquals(33, read.settings().frames());
        assertEquals(-5, read.settings().seed());
    }

    @Test
    void wordsAreKeptAndNoneLeaveNoTrace() {
        var words = new Prompting("a rose", "blur", 7);
        var settings = MorphSettings.DEFAULT.withPrompting(words);
        Recipe recipe = Recipe.of(MorphFixtures.request(2, settings), new Recipe.Model("Gaussian", "abc"), "test");
        assertEquals(
                words, Recipe.parse(recipe.toJson()).orElseThrow().settings().prompting());
        assertFalse(recipe(new Slerp()).toJson().contains("prompt"));
    }

    @Test
    void aFieldOfALaterVersionDoesNoHarm() {
        String json = recipe(new Slerp()).toJson().replaceFirst("\\{", "{\"mood\":\"dreamy\",");
        assertEquals(Optional.of(recipe(new Slerp())), Recipe.parse(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "{}", "null", "[]", "{\"format\":\"noisediffusion-recipe\"}", "{\"version\":1}"})
    void whatIsNotARecipeIsNone(String text) {
        assertEquals(Optional.empty(), Recipe.parse(text));
    }
}
