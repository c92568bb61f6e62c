package dev.noisediffusion.app;

import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.MorphMethod;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseTravel;
import dev.noisediffusion.morph.Prompting;
import dev.noisediffusion.morph.Segment;
import dev.noisediffusion.project.BuiltInPreset;
import dev.noisediffusion.project.EasingText;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.project.Preset;
import dev.noisediffusion.project.PresetFolder;
import dev.noisediffusion.project.ProjectException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The parameters of a morph, as options. */
final class MorphOptions {
    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description =
                    "A look to begin from: paper, balanced, faithful, smooth, dreamy or one of your own; the options below"
                            + " that you give change it. Default: what the model suggests ('suggested' in its studio.json),"
                            + " else paper")
    private @Nullable String preset;

    @Option(
            names = "--method",
            defaultValue = "noise-diffusion",
            paramLabel = "METHOD",
            description = "noise-diffusion, slerp, noise-introduction or crossfade. Default: ${DEFAULT-VALUE}")
    private MethodName method = MethodName.NOISE_DIFFUSION;

    @Option(
            names = "--gamma",
            defaultValue = "0",
            paramLabel = "0..1",
            description =
                    "Lubricating coefficient: fresh noise in the mixture; more invents more and strays further from the"
                            + " pictures."
                            + " Default: what the model suggests, else ${DEFAULT-VALUE}")
    private double gamma;

    @Option(
            names = "--boundary",
            defaultValue = "2",
            paramLabel = "N|off",
            converter = BoundaryConverter.class,
            description =
                    "Noise beyond +-N is clipped; lower is calmer and flatter. Default: what the model suggests, else ${DEFAULT-VALUE}")
    private double boundary;

    @Option(
            names = "--placement",
            defaultValue = "both",
            paramLabel = "WHERE",
            description = "Where noise is clipped: before mixing, after it, both or none. Default: ${DEFAULT-VALUE}")
    private BoundaryPlacement placement = BoundaryPlacement.BOTH;

    @Option(
            names = "--gain",
            defaultValue = "1.2",
            paramLabel = "G",
            description = "Injection of the raw pictures, mu + nu: little turns frames grey, much strengthens them."
                    + " Default: what the model suggests, else ${DEFAULT-VALUE}")
    private double gain;

    @Option(names = "--mu", paramLabel = "G", description = "Injection of the 1st, 3rd, ... picture; default: the gain")
    private @Nullable Double mu;

    @Option(names = "--nu", paramLabel = "G", description = "Injection of the 2nd, 4th, ... picture; default: the gain")
    private @Nullable Double nu;

    @Option(
            names = "--depth",
            defaultValue = "0.7",
            paramLabel = "0..1",
            description =
                    "How deep into noise the pictures go, above 0 and below 1: 1 - sqrt(abar) where decoding starts. Deeper"
                            + " invents more."
                            + " Default: what the model suggests, else ${DEFAULT-VALUE}")
    private double depth;

    @Option(
            names = "--steps",
            defaultValue = "50",
            paramLabel = "N",
            description =
                    "Steps of the whole noise schedule, of which a frame takes those between the depth and the clean picture."
                            + " Default: what the model suggests, else ${DEFAULT-VALUE}")
    private int steps;

    @Option(
            names = "--frames",
            defaultValue = "17",
            paramLabel = "N",
            description = "Frames of the morph, first and last included. Default: ${DEFAULT-VALUE}")
    private int frames;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Seed of the fresh noise. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--noise",
            defaultValue = "locked",
            paramLabel = "HOW",
            description = "Fresh noise from frame to frame: locked, travelling or redrawn. Default: ${DEFAULT-VALUE}")
    private NoiseTravel noiseTravel = NoiseTravel.LOCKED;

    @Option(
            names = "--endpoints",
            defaultValue = "original",
            paramLabel = "WHAT",
            description = "What is shown at the pictures themselves: original, round-trip or method."
                    + " Default: ${DEFAULT-VALUE}")
    private Endpoints endpoints = Endpoints.ORIGINAL;

    @Option(
            names = "--easing",
            defaultValue = "linear",
            paramLabel = "HOW",
            converter = SegmentOption.EasingConverter.class,
            description = "From picture to picture: " + EasingText.FORMS
                    + "; in quotation marks where there are brackets. Default: ${DEFAULT-VALUE}")
    private Easing easing = Easing.Preset.LINEAR;

    @Option(
            names = "--segment",
            paramLabel = "FRAMES[:EASING[:EASING]]",
            converter = SegmentOption.SegmentConverter.class,
            description = {
                "The way from one picture to the next, once for each in order: its frames, or 'auto' to share what"
                        + " --frames leaves; its easing; an easing of its own for the injected pictures.",
                "Example: --segment 8:ease-in",
                "--segment \"auto:hold(0.3,0):linear\""
            })
    private List<Segment> segments = List.of();

    @Option(
            names = "--closed",
            description = "Return to the first picture: the film loops without a seam, or as --playback says")
    private boolean closed;

    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            description = "What the pictures show, for models that read prompts. Default: empty")
    private String prompt = "";

    @Option(
            names = "--prompt-to",
            paramLabel = "TEXT",
            description = "What the last picture shows: on the way the prompt turns from --prompt into this one."
                    + " Default: --prompt throughout")
    private String promptTo = "";

    @Option(
            names = "--negative-prompt",
            paramLabel = "TEXT",
            description = "What the frames are to keep away from. Default: empty")
    private String negativePrompt = "";

    @Option(
            names = "--guidance",
            paramLabel = "1..30",
            description = "How strongly the frames follow the prompt; 1 is off. Default: 5 with a prompt, 1 without")
    private @Nullable Double guidance;

    /**
     * Begins with what the model's makers suggest, and with the preset that was asked for over that.
     *
     * @param suggested by the makers of the model
     * @param given whether an option is on the command line: those stay as they are
     * @throws IllegalArgumentException with a sentence for the user, if there is no such preset
     * @throws ProjectException if the user's presets cannot be read
     */
    void beginWith(ParameterValues suggested, PresetFolder own, Predicate<String> given) throws ProjectException {
        take(suggested, given);
        if (preset != null) {
            take(look(preset, own), given);
        }
    }

    private void take(ParameterValues look, Predicate<String> given) {
        Map<String, Double> numbers = look.numbers();
        Map<String, Boolean> switches = look.switches();
        gamma = given.test("--gamma") ? gamma : numbers.getOrDefault("gamma", gamma);
        gain = given.test("--gain") ? gain : numbers.getOrDefault("gain", gain);
        if (!given.test("--boundary")) {
            boundary = switches.getOrDefault(ParameterValues.BOUNDARY_OFF, false)
                    ? Double.POSITIVE_INFINITY
                    : numbers.getOrDefault("boundary", boundary);
        }
        if (switches.getOrDefault(ParameterValues.GAINS_APART, false) && !given.test("--gain")) {
            mu = given.test("--mu") ? mu : numbers.get("mu");
            nu = given.test("--nu") ? nu : numbers.get("nu");
        }
        depth = given.test("--depth") ? depth : numbers.getOrDefault("depth", depth);
        steps = given.test("--steps") ? steps : (int) Math.round(numbers.getOrDefault("steps", (double) steps));
        Map<String, String> choices = look.choices();
        method = choice(given.test("--method"), choices.get("method"), method);
        placement = choice(given.test("--placement"), choices.get("placement"), placement);
        noiseTravel = choice(given.test("--noise"), choices.get("travel"), noiseTravel);
        endpoints = choice(given.test("--endpoints"), choices.get("endpoints"), endpoints);
    }

    private static ParameterValues look(String name, PresetFolder own) throws ProjectException {
        Optional<ParameterValues> builtIn = Arrays.stream(BuiltInPreset.values())
                .filter(preset -> preset.toString().equalsIgnoreCase(name))
                .map(BuiltInPreset::look)
                .findFirst();
        if (builtIn.isPresent()) {
            return builtIn.get();
        }
        List<Preset> kept = own.load().presets();
        return kept.stream()
                .filter(preset -> preset.name().equalsIgnoreCase(name))
                .map(Preset::values)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no preset '" + name + "'; there are "
                        + Stream.concat(
                                        Arrays.stream(BuiltInPreset.values()).map(BuiltInPreset::toString),
                                        kept.stream().map(Preset::name))
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    private static <E extends Enum<E>> E choice(boolean given, @Nullable String name, E now) {
        return given
                ? now
                : Arrays.stream(now.getDeclaringClass().getEnumConstants())
                        .filter(constant -> constant.name().equals(name))
                        .findFirst()
                        .orElse(now);
    }

    /**
     * How the morph passes through its pictures.
     *
     * @param pictures how many there are
     * @throws IllegalArgumentException with a sentence for the user, if there are more segments than ways between them
     */
    MorphPath path(int pictures) {
        var path = new MorphPath(easing, closed, segments);
        if (segments.size() > path.length(pictures)) {
            throw new IllegalArgumentException("Expected at most " + path.length(pictures)
                    + " --segment, one for each way from picture to picture, found " + segments.size()
                    + (closed ? "." : "; --closed adds the way back to the first."));
        }
        return path;
    }

    /** Whether the morph returns to its first picture. */
    boolean isClosed() {
        return closed;
    }

    /**
     * The settings these options stand for.
     *
     * @throws IllegalArgumentException with a sentence for the user, if a value is out of range
     */
    MorphSettings settings() {
        return new MorphSettings(
                        method(method), frames, steps, MorphSettings.signalLevelAt(depth), seed, noiseTravel, endpoints)
                .withPrompting(prompting());
    }

    private Prompting prompting() {
        boolean words = !prompt.isBlank() || !promptTo.isBlank() || !negativePrompt.isBlank();
        double usual = words ? Prompting.USUAL_GUIDANCE : Prompting.NONE.guidance();
        return new Prompting(prompt, negativePrompt, guidance == null ? usual : guidance, promptTo.strip());
    }

    /** A method by name, with the parameters of these options. */
    MorphMethod method(MethodName name) {
        return name.method(() -> new NoiseDiffusion(
                gamma, boundary, placement, new Injection(mu == null ? gain : mu, nu == null ? gain : nu)));
    }

    /** Reads a number or {@code off}. */
    static final class BoundaryConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            if (value.equalsIgnoreCase("off")) {
                return Double.POSITIVE_INFINITY;
            }
            try {
                return Double.valueOf(value);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("expected a number or 'off', found '" + value + "'");
            }
        }
    }
}
