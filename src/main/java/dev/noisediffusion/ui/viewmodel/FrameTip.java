package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.FreshNoise;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.project.MethodName;
import java.util.ArrayList;

/** What a frame was made with, in a few lines. */
final class FrameTip {
    private FrameTip() {}

    /** @param letter of the picture that the path passes through at the frame, empty in between or where it has none */
    static String text(FrameCell cell, String letter, int frames, MorphSettings settings, Texts texts) {
        var lines = new ArrayList<String>();
        lines.add(texts.get("frames.tip.place", cell.index() + 1, frames, texts.number(cell.position(), 2)));
        if (settings.showsOriginal(cell.spot().mix())) {
            lines.add(letter.isEmpty() ? texts.get("frames.tip.original") : texts.get("frames.tip.originalOf", letter));
            return String.join("\n", lines);
        }
        lines.add(
                texts.get("parameter.method." + MethodName.of(settings.method()).name()));
        if (settings.method() instanceof NoiseDiffusion method) {
            lines.add(
                    Double.isInfinite(method.boundary())
                            ? texts.get("frames.tip.noBoundary", texts.number(method.gamma(), 2))
                            : texts.get(
                                    "frames.tip.numbers",
                                    texts.number(method.gamma(), 2),
                                    texts.number(method.boundary(), 2)));
        }
        if (settings.method().usesFreshNoise()) {
            boolean own = cell.spot().ownNoise().isPresent();
            long seed = own ? FreshNoise.of(settings, cell.spot()).first() : settings.seed();
            lines.add(texts.get(own ? "frames.tip.ownSeed" : "frames.tip.seed", Long.toString(seed)));
        }
        return String.join("\n", lines);
    }
}
