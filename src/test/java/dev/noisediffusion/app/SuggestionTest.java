package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.StudioManifest;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.project.ParameterValues;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static StudioManifest manifest(String folder) throws ModelException {
        return ModelLayout.read(Path.of(folder)).manifest();
    }

    @Test
    void theStarterModelSuggestsWhatTheStudyFound() throws ModelException {
        StudioManifest flowers = manifest("models/flowers-128");
        var method = new NoiseDiffusion(0, 2, BoundaryPlacement.BOTH, Injection.ofGain(1.4));
        MorphSettings own = MorphSettings.DEFAULT;
        assertEquals(
                new MorphSettings(method, 17, 30, 0.33, own.seed(), own.noiseTravel(), own.endpoints()),
                Suggestion.settings(flowers));
        assertEquals(
                Map.of("gamma", 0.0, "boundary", 2.0, "gain", 1.4, "depth", 0.67, "steps", 30.0),
                Suggestion.values(flowers).numbers());
    }

    @Test
    void aModelThatSuggestsNothingLeavesEverythingToTheStudio() throws ModelException {
        StudioManifest silent = manifest("src/test/resources/fixtures/unet2d-modern");
        assertEquals(MorphSettings.DEFAULT, Suggestion.settings(silent));
        assertEquals(ParameterValues.NONE, Suggestion.values(silent));
    }
}
