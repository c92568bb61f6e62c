package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.lab.Cell;
import dev.noisediffusion.morph.Masks;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.project.ParameterValues;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a cell of the lab over into the studio. */
final class LabAdoption {
    private LabAdoption() {}

    /** Whether the studio can make what the cell makes: it has no way to spoil the noise on purpose. */
    static boolean isPossible(Cell cell) {
        return cell.noiseScale() == 1;
    }

    /**
     * The parameters of a cell. Steps, seed and frames belong to the cost of an experiment and stay as they are, and so do
     * painted masks, but for an injection that the cell is about.
     *
     * @param now the masks in the studio
     */
    static ParameterValues values(Cell cell, Masks now) {
        MorphSettings settings = cell.settings();
        MethodName method = MethodName.of(settings.method());
        var numbers = new HashMap<String, Double>();
        var choices = new HashMap<>(Map.of("method", method.name()));
        var switches = new HashMap<String, Boolean>();
        @Nullable Masks masks = null;
        if (method != MethodName.CROSSFADE) {
            numbers.put("depth", settings.depth());
        }
        if (cell.label().contains("steps=")) {
            numbers.put("steps", (double) settings.steps());
        }
        if (settings.method() instanceof NoiseDiffusion own) {
            ParameterValues ofMethod = ParameterValues.of(own);
            numbers.putAll(ofMethod.numbers());
            choices.putAll(ofMethod.choices());
            switches.putAll(ofMethod.switches());
            if (cell.label().contains("injection=") || !own.masks().injection().isNeutral()) {
                masks = new Masks(now.gamma(), now.boundary(), own.masks().injection());
            }
        }
        return new ParameterValues(numbers, choices, switches, null, masks);
    }
}
