package dev.noisediffusion.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Crossfade;
import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.FrameEdit;
import dev.noisediffusion.morph.FrameEdits;
import dev.noisediffusion.morph.FreshNoise;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.Moment;
import dev.noisediffusion.morph.MorphFixtures;
import dev.noisediffusion.morph.MorphMethod;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseIntroduction;
import dev.noisediffusion.morph.NoiseTravel;
import dev.noisediffusion.morph.Prompting;
import dev.noisediffusion.morph.Segment;
import dev.noisediffusion.morph.Slerp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    private static MorphPath path() {
        FrameEdits edits = FrameEdits.NONE
                .with(new Moment(1, 4), FrameEdit.NONE.withRemoved(true))
                .with(new Moment(1, 2), FrameEdit.NONE.withFavourite(new FreshNoise(1, 2, 0.5)));
        return new MorphPath(
                new Easing.ConstantSpeed(),
                true,
                List.of(
                        Segment.PLAIN
                                .withFrames(OptionalInt.of(4))
                                .withEasing(
                                        Optional.of(new Easing.Curve(0.42, 0, 0.5, 1)),
                                        Optional.of(new Easing.Hold(0.25, 0.5)))
                                .withEdits(edits),
                        Segment.PLAIN,
                        Segment.PLAIN.withEasing(Optional.of(Easing.Preset.EASE_OUT), Optional.empty())));
    }

    @Test
    void aPathComesBackWithEverySegmentAndEdit() {
        MorphRequest request = MorphFixtures.request(3, MorphSettings.DEFAULT).withPath(path());
        Recipe recipe = Recipe.of(request, new Recipe.Model("Gaussian", "abc"), "test");
        assertEquals(path(), Recipe.parse(recipe.toJson()).orElseThrow().morphPath());
    }

    /** As version 0.1 wrote it. */
    @Test
    void aRecipeWithOneEasingForAllGivesTheSamePath() {
        String json = recipe(new Slerp())
                .toJson()
                .replaceFirst("\"path\":\\{[^}]*}", "\"path\":{\"easing\":\"EASE_IN_OUT\",\"closed\":true}");
        Recipe read = Recipe.parse(json).orElseThrow();
        assertEquals(new MorphPath(Easing.Preset.EASE_IN_OUT, true), read.morphPath());
        assertEquals("EASE_IN_OUT", read.values().choices().get("easing"));
        assertEquals(
                MorphPath.STRAIGHT,
                Recipe.parse(json.replaceFirst("\"path\":\\{[^}]*},", ""))
                        .orElseThrow()
                        .morphPath());
    }

    @Test
    void whatASegmentCannotMeanIsLeftOut() {
        String json = recipe(new Slerp())
                .toJson()
                .replaceFirst(
                        "\"path\":\\{[^}]*}",
                        "\"path\":{\"easing\":\"bouncy\",\"closed\":false,\"segments\":[null,{\"frames\":-3,"
                                + "\"noise\":\"cubic-bezier(1,2)\",\"edits\":[null,{\"step\":9,\"steps\":4},"
                                + "{\"step\":1,\"steps\":4,\"takes\":[null]}]}]}");
        assertEquals(
                new MorphPath(Easing.Preset.LINEAR, false, List.of(Segment.PLAIN, Segment.PLAIN)),
                Recipe.parse(json).orElseThrow().morphPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "ease-in-out", "constant-speed", "hold(0.25,0)", "cubic-bezier(0.42,0,1,0.3333)"})
    void anEasingIsWrittenAsItIsRead(String text) {
        assertEquals(text, EasingText.of(EasingText.parse(text).orElseThrow()));
    }

    static List<Easing> easings() {
        return List.of(
                new Easing.Curve(1 / 3.0, 0, 0.1234567, 1),
                new Easing.Curve(1e-9, 0.1 + 0.2, 1, 1 - 1e-16),
                new Easing.Hold(0.49999, 0.5),
                new Easing.ConstantSpeed());
    }

    @ParameterizedTest
    @MethodSource("easings")
    void anEasingReadBackIsTheSameToTheBit(Easing easing) {
        assertEquals(easing, EasingText.parse(EasingText.of(easing)).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bouncy",
                "hold(1,1)",
                "hold(0.1)",
                "hold(0,0.5,0.5,1)",
                "cubic-bezier(0,2,0,0)",
                "cubic-bezier(a,b,c,d)"
            })
    void whatIsNoEasingIsNone(String text) {
        assertEquals(Optional.empty(), EasingText.parse(text));
    }

    @Test
    void wordsAreKeptAndNoneLeaveNoTrace() {
        var words = new Prompting("a rose", "blur", 7, "a bird");
        var settings = MorphSettings.DEFAULT.withPrompting(words);
        Recipe recipe = Recipe.of(MorphFixtures.request(2, settings), new Recipe.Model("Gaussian", "abc"), "test");
        assertEquals(
                words, Recipe.parse(recipe.toJson()).orElseThrow().settings().prompting());
        assertFalse(recipe(new Slerp()).toJson().contains("prompt"));
    }

    @Test
    void aRecipeFromBeforePromptsCouldTurnHasOne() {
        var settings = MorphSettings.DEFAULT.withPrompting(new Prompting("a rose", "blur", 7));
        Recipe recipe = Recipe.of(MorphFixtures.request(2, settings), new Recipe.Model("Gaussian", "abc"), "test");
        String old = recipe.toJson().replace(",\"promptTo\":\"\"", "");
        assertFalse(old.contains("promptTo"));
        assertEquals(settings, Recipe.parse(old).orElseThrow().settings());
    }

    @Test
    void aMirroredPictureIsToldAndOneThatIsNotIsWrittenAsBefore() {
        MorphRequest request = MorphFixtures.request(2, MorphSettings.DEFAULT);
        Keyframe first = request.keyframes().getFirst();
        var mirrored = new Keyframe(first.name(), first.picture(), new Crop(0.25, 0.5, 2, true));
        Recipe recipe = Recipe.of(
                new MorphRequest(List.of(mirrored, request.keyframes().getLast()), MorphSettings.DEFAULT),
                new Recipe.Model("Gaussian", "abc"),
                "test");
        String json = recipe.toJson();
        assertTrue(json.contains("\"crop\":{\"centerX\":0.5,\"centerY\":0.5,\"zoom\":1.0}"), json);
        Recipe read = Recipe.parse(json).orElseThrow();
        assertEquals(recipe, read);
        assertEquals(new Crop(0.25, 0.5, 2, true), read.pictures().getFirst().crop());
    }

    @Test
    void aFieldOfALaterVersionDoesNoHarm() {
        String json = recipe(new Slerp()).toJson().replaceFirst("\\{", "{\"mood\":\"dreamy\",");
        assertEquals(Optional.of(recipe(new Slerp())), Recipe.parse(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"placement\":\"AFTER\"|\"placement\":null",
                "\"zoom\":1.0|\"zoom\":null",
                "\"zoom\":1.0|\"zoom\":0.5",
                "\"name\":\"picture 0\"|\"name\":null",
                "\"prompt\":\"a rose\"|\"prompt\":null"
            })
    void aRecipeThatLacksWhatItNeedsIsNone(String part, String damaged) {
        var settings = MorphSettings.DEFAULT
                .withMethod(methods().getFirst())
                .withPrompting(new Prompting("a rose", "blur", 7));
        String json = Recipe.of(MorphFixtures.request(2, settings), new Recipe.Model("Gaussian", "abc"), "test")
                .toJson();
        assertEquals(Optional.empty(), Recipe.parse(json.replace(part, damaged)));
        assertTrue(Recipe.parse(json).isPresent() && json.contains(part), json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "{}", "null", "[]", "{\"format\":\"noisediffusion-recipe\"}", "{\"version\":1}"})
    void whatIsNotARecipeIsNone(String text) {
        assertEquals(Optional.empty(), Recipe.parse(text));
    }
}
