package dev.noisediffusion.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.Masks;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.Prompting;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * What an artist has set, each setting under its name. A name that is absent leaves its setting as it is, a name that
 * is not known is skipped: so documents of other versions, and presets that touch only some settings, do no harm.
 *
 * @param numbers such as {@code gamma}
 * @param choices such as {@code method}, by the names of their constants
 * @param switches such as {@code boundary.off}
 * @param texts such as {@code prompt}
 * @param masks where in the frame settings act more or less; absent as a name may be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ParameterValues(
        Map<String, Double> numbers,
        Map<String, String> choices,
        Map<String, Boolean> switches,
        Map<String, String> texts,

        @JsonSerialize(using = MasksJson.Writer.class) @JsonDeserialize(using = MasksJson.Reader.class) @Nullable
        Masks masks) {
    /** Every setting as it is. */
    public static final ParameterValues NONE = new ParameterValues(Map.of(), Map.of(), Map.of());

    public static final String BOUNDARY_OFF = "boundary.off";
    public static final String GAINS_APART = "gain.apart";
    public static final String CLOSED = "closed";
    public static final String PROMPT = "prompt";
    public static final String PROMPT_TO = "promptTo";
    public static final String NEGATIVE_PROMPT = "negative";

    /** Copies; an absent map is an empty one. */
    public ParameterValues(
            @Nullable Map<String, Double> numbers,
            @Nullable Map<String, String> choices,
            @Nullable Map<String, Boolean> switches,
            @Nullable Map<String, String> texts,
            @Nullable Masks masks) {
        this.numbers = numbers == null ? Map.of() : Map.copyOf(numbers);
        this.choices = choices == null ? Map.of() : Map.copyOf(choices);
        this.switches = switches == null ? Map.of() : Map.copyOf(switches);
        this.texts = texts == null ? Map.of() : Map.copyOf(texts);
        this.masks = masks;
    }

    /** Values that leave texts and masks as they are. */
    public ParameterValues(
            @Nullable Map<String, Double> numbers,
            @Nullable Map<String, String> choices,
            @Nullable Map<String, Boolean> switches) {
        this(numbers, choices, switches, null, null);
    }

    /** An easing without a constant of its own is not for the whole path: segments have it. */
    private static String constantOf(Easing easing) {
        return EasingText.of(easing).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The values that give the settings and the path of a morph. */
    static ParameterValues of(MorphSettings settings, MorphPath path) {
        var numbers = new HashMap<>(Map.of(
                "depth", settings.depth(),
                "steps", (double) settings.steps(),
                "frames", (double) settings.frames(),
                "seed", (double) settings.seed()));
        var choices = new HashMap<>(Map.of(
                "method", MethodName.of(settings.method()).name(),
                "travel", settings.noiseTravel().name(),
                "endpoints", settings.endpoints().name(),
                "easing", constantOf(path.easing())));
        var switches = new HashMap<>(Map.of(CLOSED, path.closed()));
        Masks masks = null;
        if (settings.method() instanceof NoiseDiffusion method) {
            ParameterValues own = of(method);
            numbers.putAll(own.numbers);
            choices.putAll(own.choices);
            switches.putAll(own.switches);
            masks = own.masks;
        }
        Prompting prompting = settings.prompting();
        // Without words the guidance says nothing.
        if (!prompting.equals(Prompting.NONE)) {
            numbers.put("guidance", prompting.guidance());
        }
        var texts = Map.of(
                PROMPT, prompting.prompt(),
                PROMPT_TO, prompting.promptTo(),
                NEGATIVE_PROMPT, prompting.negative());
        return new ParameterValues(numbers, choices, switches, texts, masks);
    }

    /** The values that give the parameters of the method. */
    public static ParameterValues of(NoiseDiffusion method) {
        Injection injection = method.injection();
        boolean off = Double.isInfinite(method.boundary()) || method.placement() == BoundaryPlacement.NONE;
        boolean apart = injection.muGain() != injection.nuGain();
        var numbers = new HashMap<>(Map.of(
                "gamma", method.gamma(),
                "mu", injection.muGain(),
                "nu", injection.nuGain()));
        var choices = new HashMap<String, String>();
        if (!off) {
            numbers.put("boundary", method.boundary());
            choices.put("placement", method.placement().name());
        }
        if (!apart) {
            numbers.put("gain", injection.muGain());
        }
        var switches = Map.of(BOUNDARY_OFF, off, GAINS_APART, apart);
        return new ParameterValues(numbers, choices, switches, null, method.masks());
    }
}
