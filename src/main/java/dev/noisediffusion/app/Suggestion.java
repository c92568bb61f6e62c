package dev.noisediffusion.app;

import dev.noisediffusion.model.StudioManifest;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.project.ParameterValues;
import java.util.HashMap;
import java.util.Map;

/** What a model's makers suggest, in the terms of morphs. */
final class Suggestion {
    private Suggestion() {}

    /** The suggested values; what the makers leave open is not there. */
    static ParameterValues values(StudioManifest manifest) {
        StudioManifest.Suggested suggested = manifest.suggested();
        var numbers = new HashMap<String, Double>();
        suggested.gamma().ifPresent(gamma -> numbers.put("gamma", gamma));
        suggested.boundary().ifPresent(boundary -> numbers.put("boundary", boundary));
        suggested.gain().ifPresent(gain -> numbers.put("gain", gain));
        suggested.signalLevel().ifPresent(level -> numbers.put("depth", MorphSettings.depthAt(level)));
        suggested.steps().ifPresent(steps -> numbers.put("steps", (double) steps));
        return new ParameterValues(numbers, Map.of(), Map.of());
    }

    /** The studio's own settings with the suggested ones in their place. */
    static MorphSettings settings(StudioManifest manifest) {
        StudioManifest.Suggested suggested = manifest.suggested();
        MorphSettings own = MorphSettings.DEFAULT;
        NoiseDiffusion paper = NoiseDiffusion.PAPER;
        var method = new NoiseDiffusion(
                suggested.gamma().orElse(paper.gamma()),
                suggested.boundary().orElse(paper.boundary()),
                paper.placement(),
                suggested.gain().isPresent() ? Injection.ofGain(suggested.gain().getAsDouble()) : paper.injection());
        return new MorphSettings(
                method,
                own.frames(),
                suggested.steps().orElse(own.steps()),
                suggested.signalLevel().orElse(own.signalLevel()),
                own.seed(),
                own.noiseTravel(),
                own.endpoints());
    }
}
