package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.MorphMethod;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseTravel;
import dev.noisediffusion.morph.Segment;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.project.Preset;
import dev.noisediffusion.ui.viewmodel.NumberParameter.Range;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.SimpleBooleanProperty;

/** Everything that decides a morph but the pictures. */
public final class ParametersViewModel {
    /** Up to here every whole number is one that a double has. */
    private static final long LARGEST_SEED = (1L << 53) - 1;
    /** Short enough to be remembered. */
    private static final int LARGEST_ROLLED_SEED = 999_999;

    private final ChoiceParameter<MethodName> method =
            new ChoiceParameter<>("method", List.of(MethodName.values()), MethodName.NOISE_DIFFUSION);
    private final BooleanBinding noiseDiffusion = method.valueProperty().isEqualTo(MethodName.NOISE_DIFFUSION);
    private final BooleanBinding network = method.valueProperty().isNotEqualTo(MethodName.CROSSFADE);
    private final BooleanProperty boundaryOff = new SimpleBooleanProperty();
    private final BooleanProperty gainsApart = new SimpleBooleanProperty();

    private final NumberParameter gamma =
            new NumberParameter("gamma", Range.of(0, 1, 2), NoiseDiffusion.PAPER.gamma()).relevantWhen(noiseDiffusion);
    private final NumberParameter boundary = new NumberParameter(
                    "boundary", Range.of(0.5, 4, 2), NoiseDiffusion.PAPER.boundary())
            .relevantWhen(noiseDiffusion);
    private final ChoiceParameter<BoundaryPlacement> placement = new ChoiceParameter<>(
                    "placement",
                    List.of(BoundaryPlacement.BEFORE, BoundaryPlacement.AFTER, BoundaryPlacement.BOTH),
                    NoiseDiffusion.PAPER.placement())
            .relevantWhen(noiseDiffusion.and(boundaryOff.not()));
    private final NumberParameter gain = gain("gain").relevantWhen(noiseDiffusion.and(gainsApart.not()));
    private final NumberParameter muGain = gain("mu").relevantWhen(noiseDiffusion.and(gainsApart));
    private final NumberParameter nuGain = gain("nu").relevantWhen(noiseDiffusion.and(gainsApart));
    private final NumberParameter depth = new NumberParameter(
                    "depth", new Range(0.01, 0.99, 0.05, 0.95, 2), MorphSettings.DEFAULT.depth())
            .relevantWhen(network);
    private final NumberParameter steps = new NumberParameter(
                    "steps", new Range(1, 1000, 5, 200, 0), MorphSettings.DEFAULT.steps())
            .relevantWhen(network);
    private final NumberParameter frames =
            new NumberParameter("frames", new Range(2, 1000, 3, 97, 0), MorphSettings.DEFAULT.frames());
    private final NumberParameter seed;
    private final ChoiceParameter<NoiseTravel> noiseTravel;
    private final ChoiceParameter<Endpoints> endpoints = new ChoiceParameter<>(
                    "endpoints", List.of(Endpoints.values()), MorphSettings.DEFAULT.endpoints())
            .relevantWhen(network);
    private final ChoiceParameter<Movement> easing = new ChoiceParameter<>(
            "easing",
            List.of(
                    Movement.LINEAR,
                    Movement.EASE_IN,
                    Movement.EASE_OUT,
                    Movement.EASE_IN_OUT,
                    Movement.CONSTANT_SPEED),
            Movement.LINEAR);
    private final BooleanProperty closed = new SimpleBooleanProperty(MorphPath.STRAIGHT.closed());
    private final MasksViewModel masks = new MasksViewModel();
    private final WordsViewModel words = new WordsViewModel(network);
    private final RandomGenerator random;
    private final Changes changes = new Changes();
    private final ParameterValues standard;

    ParametersViewModel(RandomGenerator random) {
        this.random = random;
        BooleanExpression freshNoise = Bindings.createBooleanBinding(
                () -> method(method.get()).usesFreshNoise(), method.valueProperty(), gamma.valueProperty());
        seed = new NumberParameter(
                        "seed", new Range(0, LARGEST_SEED, 0, LARGEST_ROLLED_SEED, 0), MorphSettings.DEFAULT.seed())
                .relevantWhen(freshNoise);
        noiseTravel = new ChoiceParameter<>(
                        "travel", List.of(NoiseTravel.values()), MorphSettings.DEFAULT.noiseTravel())
                .relevantWhen(freshNoise);
        for (NumberParameter number : numbers()) {
            Changes.on(number.valueProperty(), changes::happened);
        }
        for (ChoiceParameter<?> choice : choices()) {
            Changes.on(choice.valueProperty(), changes::happened);
        }
        for (TextParameter text : words.texts()) {
            Changes.on(text.valueProperty(), changes::happened);
        }
        Changes.on(boundaryOff, changes::happened);
        Changes.on(closed, changes::happened);
        Changes.on(masks.masksProperty(), changes::happened);
        Changes.on(gainsApart, this::gainsSetApart);
        standard = values();
    }

    private static NumberParameter gain(String id) {
        return new NumberParameter(
                id, new Range(0, 10, 0, 2, 2), NoiseDiffusion.PAPER.injection().muGain());
    }

    private List<NumberParameter> numbers() {
        return List.of(gamma, boundary, gain, muGain, nuGain, depth, steps, frames, seed, words.guidance());
    }

    private List<ChoiceParameter<?>> choices() {
        return List.of(method, placement, noiseTravel, endpoints, easing);
    }

    private void gainsSetApart() {
        changes.atOnce(() -> {
            if (gainsApart.get()) {
                muGain.set(gain.get());
                nuGain.set(gain.get());
            }
            changes.happened();
        });
    }

    /** Every value, to be kept. */
    ParameterValues values() {
        return new ParameterValues(
                numbers().stream().collect(Collectors.toMap(NumberParameter::id, NumberParameter::get)),
                choices().stream()
                        .collect(Collectors.toMap(
                                ChoiceParameter::id, choice -> choice.get().name())),
                Map.of(
                        ParameterValues.BOUNDARY_OFF, boundaryOff.get(),
                        ParameterValues.GAINS_APART, gainsApart.get(),
                        ParameterValues.CLOSED, closed.get()),
                words.texts().stream().collect(Collectors.toMap(TextParameter::id, TextParameter::get)),
                masks.get());
    }

    /** Takes the values that are there and known, in one change; the others stay. */
    void apply(ParameterValues values) {
        changes.atOnce(() -> {
            // Setting the gains apart starts both from the common one, so the numbers come after the switches.
            boundaryOff.set(values.switches().getOrDefault(ParameterValues.BOUNDARY_OFF, boundaryOff.get()));
            gainsApart.set(values.switches().getOrDefault(ParameterValues.GAINS_APART, gainsApart.get()));
            closed.set(values.switches().getOrDefault(ParameterValues.CLOSED, closed.get()));
            choices().forEach(choice -> choice.choose(values.choices().getOrDefault(choice.id(), "")));
            numbers().forEach(number -> number.set(values.numbers().getOrDefault(number.id(), number.get())));
            words.texts().forEach(text -> text.set(values.texts().getOrDefault(text.id(), text.get())));
            masks.set(values.masks() == null ? masks.get() : values.masks());
        });
    }

    /** The numbers that decide the film and could not be taken as they were: the window has its limits and decimals. */
    List<NumberParameter> takenOtherwise(ParameterValues wanted) {
        return numbers().stream()
                .filter(number -> number.relevant().get())
                .filter(number -> !number.has(wanted.numbers().getOrDefault(number.id(), number.get())))
                .toList();
    }

    /** What the window takes of a look: numbers within its limits and decimals, and of the rest what it knows. */
    Preset taken(Preset look) {
        ParameterValues wanted = look.values();
        var other = new ParametersViewModel(random);
        other.apply(wanted);
        ParameterValues all = other.values();
        var numbers = new HashMap<>(all.numbers());
        numbers.keySet().removeIf(name -> Double.isNaN(wanted.numbers().getOrDefault(name, Double.NaN)));
        var choices = new HashMap<>(all.choices());
        choices.entrySet().retainAll(wanted.choices().entrySet());
        var switches = new HashMap<>(all.switches());
        switches.entrySet().retainAll(wanted.switches().entrySet());
        return new Preset(look.name(), new ParameterValues(numbers, choices, switches));
    }

    /**
     * Takes the defaults of a model; the values stay.
     *
     * @param suggested numbers by their names; those that are not there have the studio's default
     */
    void beginAt(Map<String, Double> suggested) {
        for (NumberParameter number : numbers()) {
            number.setDefault(
                    suggested.getOrDefault(number.id(), standard.numbers().getOrDefault(number.id(), number.get())));
        }
        // Set apart, both begin with the common one.
        muGain.setDefault(gain.defaultProperty().get());
        nuGain.setDefault(gain.defaultProperty().get());
    }

    /** Every default. */
    ParameterValues defaults() {
        return new ParameterValues(
                numbers().stream()
                        .collect(Collectors.toMap(
                                NumberParameter::id,
                                number -> number.defaultProperty().get())),
                standard.choices(),
                standard.switches(),
                standard.texts(),
                standard.masks());
    }

    /** Everything as the studio itself has it, whatever a model suggests. */
    void standardise() {
        apply(standard);
    }

    public ChoiceParameter<MethodName> method() {
        return method;
    }

    /** The lubricating coefficient. */
    public NumberParameter gamma() {
        return gamma;
    }

    public NumberParameter boundary() {
        return boundary;
    }

    /** Whether noise is left as it is, however extreme. */
    public BooleanProperty boundaryOffProperty() {
        return boundaryOff;
    }

    public ChoiceParameter<BoundaryPlacement> placement() {
        return placement;
    }

    /** The injection gain of all pictures. */
    public NumberParameter gain() {
        return gain;
    }

    /** Whether {@link #muGain} and {@link #nuGain} are set apart instead of {@link #gain}. */
    public BooleanProperty gainsApartProperty() {
        return gainsApart;
    }

    public NumberParameter muGain() {
        return muGain;
    }

    public NumberParameter nuGain() {
        return nuGain;
    }

    /** How deep into noise the pictures go: 1 - sqrt(abar) where decoding starts. */
    public NumberParameter depth() {
        return depth;
    }

    public NumberParameter steps() {
        return steps;
    }

    public NumberParameter frames() {
        return frames;
    }

    public NumberParameter seed() {
        return seed;
    }

    public ChoiceParameter<NoiseTravel> noiseTravel() {
        return noiseTravel;
    }

    public ChoiceParameter<Endpoints> endpoints() {
        return endpoints;
    }

    /** How the morph moves from one picture to the next, where nothing else is set between them. */
    public ChoiceParameter<Movement> easing() {
        return easing;
    }

    /**
     * The film moves as it does played backwards, and what belongs to a picture goes with it: the words at both ends and,
     * where they are set apart, the injection gains.
     *
     * @param keyframes on the path, with those still to come or to be found; fewer than two are no path, and nothing
     *     changes
     */
    void turnRound(int keyframes) {
        if (keyframes < 2) {
            return;
        }
        changes.atOnce(() -> {
            easing.set(Movement.of(path(List.of()).easing().reversed()));
            words.turnRound();
            // Of an odd number the last has the gain of the first.
            if (gainsApart.get() && keyframes % 2 == 0) {
                double mu = muGain.get();
                muGain.set(nuGain.get());
                nuGain.set(mu);
            }
        });
    }

    /** Whether the morph returns to the first picture. */
    public BooleanProperty closedProperty() {
        return closed;
    }

    /** Where lubrication, boundary and injection act more or less. */
    public MasksViewModel masks() {
        return masks;
    }

    /** What the network is told in words. */
    public WordsViewModel words() {
        return words;
    }

    public BooleanExpression noiseDiffusionChosen() {
        return noiseDiffusion;
    }

    /** Grows with every change. */
    public ReadOnlyLongProperty revision() {
        return changes.revision();
    }

    /** Other noise, by chance. */
    public void rollSeed() {
        int rolled = random.nextInt(LARGEST_ROLLED_SEED);
        seed.set(rolled < seed.get() ? rolled : rolled + 1);
    }

    /** Everything to its default. */
    public void reset() {
        apply(defaults());
    }

    /** The settings of a morph through a number of keyframes. */
    public MorphSettings settings(int keyframes) {
        return new MorphSettings(
                method(method.get()),
                Math.max(frames.getInt(), keyframes),
                steps.getInt(),
                MorphSettings.signalLevelAt(depth.get()),
                (long) seed.get(),
                noiseTravel.get(),
                endpoints.get(),
                words.prompting());
    }

    /**
     * How the morph passes through the pictures.
     *
     * @param segments what lies behind each
     */
    public MorphPath path(List<Segment> segments) {
        return new MorphPath(easing.get().easing().orElseThrow(), closed.get(), segments);
    }

    /** The settings of a morph as other values make them; what those leave open is as it is now. */
    MorphSettings settingsOf(ParameterValues values, int keyframes) {
        var other = new ParametersViewModel(random);
        other.words.readerProperty().set(words.readerProperty().get());
        other.apply(values());
        other.apply(values);
        return other.settings(keyframes);
    }

    /** A method with the parameters as they are now. */
    MorphMethod method(MethodName choice) {
        return choice.method(() -> new NoiseDiffusion(
                gamma.get(),
                boundaryOff.get() ? Double.POSITIVE_INFINITY : boundary.get(),
                boundaryOff.get() ? BoundaryPlacement.NONE : placement.get(),
                gainsApart.get() ? new Injection(muGain.get(), nuGain.get()) : Injection.ofGain(gain.get()),
                masks.get()));
    }
}
