package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.NoiseDiffusion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A better setting, with why it is better; or a word that there is none. */
public final class SuggestedNoise {
    private final String summary;
    private final List<String> reasons;
    private final @Nullable NoiseChart chart;
    private final @Nullable NoiseDiffusion setting;

    SuggestedNoise(String summary, List<String> reasons, @Nullable NoiseChart chart, @Nullable NoiseDiffusion setting) {
        this.summary = summary;
        this.reasons = List.copyOf(reasons);
        this.chart = chart;
        this.setting = setting;
    }

    static SuggestedNoise nothing(String why) {
        return new SuggestedNoise(why, List.of(), null, null);
    }

    /** What it brings, or why there is nothing to change. */
    public String summary() {
        return summary;
    }

    /** What it changes and why, a sentence each. */
    public List<String> reasons() {
        return reasons;
    }

    /** The mixture after, with the one before as a line; null if nothing changes. */
    public @Nullable NoiseChart chart() {
        return chart;
    }

    /** Whether there is something to apply. */
    public boolean isChange() {
        return setting != null;
    }

    @Nullable
    NoiseDiffusion setting() {
        return setting;
    }
}
