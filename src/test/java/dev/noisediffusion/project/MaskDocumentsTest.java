package dev.noisediffusion.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.Mask;
import dev.noisediffusion.morph.MaskTarget;
import dev.noisediffusion.morph.Masks;
import dev.noisediffusion.morph.MorphFixtures;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks in projects and recipes. */
class MaskDocumentsTest {
    @TempDir
    private Path folder;

    /** A round spot in the middle, soft at its edge. */
    private static Mask spot() {
        int side = Mask.MOST_CELLS;
        var steps = new byte[side * side];
        for (int i = 0; i < steps.length; i++) {
            int row = i / side;
            double away = Math.hypot(i % side - 63.5, row - 63.5);
            steps[i] = (byte) (Mask.NEUTRAL_STEP + Math.clamp(Math.round(4 * (60 - away)), 0, Mask.NEUTRAL_STEP));
        }
        return Mask.of(side, side, steps);
    }

    private static Mask noise() {
        var steps = new byte[Mask.MOST_CELLS * Mask.MOST_CELLS];
        var random = new Random(1);
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (byte) random.nextInt(Mask.LAST_STEP + 1);
        }
        return Mask.of(Mask.MOST_CELLS, Mask.MOST_CELLS, steps);
    }

    private static final Masks MASKS = new Masks(spot(), Mask.NEUTRAL, noise());

    private static ProjectDocument document(ParameterValues values) {
        return new ProjectDocument(
                ProjectDocument.FORMAT,
                ProjectDocument.VERSION,
                "test",
                null,
                List.of(),
                values,
                null,
                null,
                null,
                false,
                null,
                null);
    }

    private static Recipe recipe(Masks masks) {
        var method = new NoiseDiffusion(0.25, 1.5, BoundaryPlacement.AFTER, Injection.PAPER, masks);
        return Recipe.of(
                MorphFixtures.request(2, MorphSettings.DEFAULT.withMethod(method)),
                new Recipe.Model("Gaussian", "abc"),
                "test");
    }

    @Test
    void aProjectKeepsThem() throws Exception {
        Path file = folder.resolve("a.morph");
        var values = new ParameterValues(Map.of("gamma", 0.5), null, null, null, MASKS);
        ProjectFiles.write(document(values), file);
        assertEquals(values, ProjectFiles.open(file).document().values());
        assertEquals(MASKS, ProjectFiles.open(file).document().values().masks());
    }

    @Test
    void aProjectWithoutAnySaysSo() throws Exception {
        Path file = folder.resolve("a.morph");
        var none = new ParameterValues(null, null, null, null, Masks.NONE);
        ProjectFiles.write(document(none), file);
        assertEquals(none, ProjectFiles.open(file).document().values());
    }

    @Test
    void aRecipeKeepsThem() {
        Recipe read = Recipe.parse(recipe(MASKS).toJson()).orElseThrow();
        assertEquals(recipe(MASKS), read);
        assertEquals(MASKS, ((NoiseDiffusion) read.settings().method()).masks());
        assertEquals(MASKS, read.values().masks());
    }

    @Test
    void aRecipeWithoutAnyIsAsItWasBeforeThereWereMasks() {
        String json = recipe(Masks.NONE).toJson();
        assertFalse(json.contains("masks"));
        assertEquals(Masks.NONE, Recipe.parse(json).orElseThrow().values().masks());
    }

    @Test
    void aSoftSpotTakesLittleRoom() {
        int length = MaskText.of(spot()).length();
        assertTrue(length < 2000, "takes " + length);
    }

    @Test
    void aMaskOfSomethingUnknownIsSkipped() {
        String json = recipe(MASKS).toJson().replace("\"masks\":{", "\"masks\":{\"depth\":{\"x\":[1]},\"mood\":3,");
        assertEquals(Optional.of(recipe(MASKS)), Recipe.parse(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not Base64!", "AAAA", "eJxjYAAAAAIAAQ=="})
    void aDamagedMaskIsRefusedRatherThanLost(String text) throws Exception {
        assertThrows(IllegalArgumentException.class, () -> MaskText.parse(text));
        Path file = Files.writeString(
                folder.resolve("a.morph"),
                "{\"format\": \"noisediffusion-project\", \"version\": 1, \"values\": {\"masks\": {\"gamma\": \"" + text
                        + "\"}}}");
        String refused = Refusals.sentence(ProjectException.class, () -> ProjectFiles.open(file));
        assertTrue(refused.contains("damaged"), refused);
        String mask = MaskText.of(MASKS.get(MaskTarget.GAMMA));
        assertEquals(Optional.empty(), Recipe.parse(recipe(MASKS).toJson().replace(mask, text)));
    }
}
