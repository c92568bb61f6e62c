package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.Slerp;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.project.ProjectDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;

/**
 * What is compared, and how. All sides show the same pictures, path and frames; methods share the other settings and the
 * seed with the morph, kept settings bring their own.
 */
public final class CompareViewModel {
    /** As many pictures are shown at most. */
    static final int PANES = 4;

    private final ParametersViewModel parameters;
    private final KeptSettingsViewModel kept;
    private final ChoiceParameter<CompareMode> mode =
            new ChoiceParameter<>("compareMode", List.of(CompareMode.values()), CompareMode.SINGLE);
    private final ChoiceParameter<CompareSide> left =
            new ChoiceParameter<>("compareSide", List.of(CompareSide.values()), CompareSide.CURRENT);
    private final ChoiceParameter<CompareSide> right =
            new ChoiceParameter<>("compareSide", List.of(CompareSide.values()), CompareSide.SLERP);
    private final ChoiceParameter<HeatRange> range =
            new ChoiceParameter<>("heatRange", List.of(HeatRange.values()), HeatRange.MEDIUM);
    private final DoubleProperty wipe = new SimpleDoubleProperty(0.5);
    private final List<FilmstripViewModel> films;
    private final Changes changes = new Changes();
    private CompareMode last = CompareMode.SIDE_BY_SIDE;

    CompareViewModel(ParametersViewModel parameters, KeptSettingsViewModel kept, FrameCache frames) {
        this.parameters = parameters;
        this.kept = kept;
        this.films = Stream.generate(() -> new FilmstripViewModel(frames))
                .limit(PANES)
                .toList();
        Changes.on(mode.valueProperty(), this::sidesChanged);
        Changes.on(left.valueProperty(), this::sidesChanged);
        Changes.on(right.valueProperty(), this::sidesChanged);
        Changes.on(kept.keptProperty(), this::sidesChanged);
    }

    public ChoiceParameter<CompareMode> mode() {
        return mode;
    }

    public ReadOnlyObjectProperty<CompareMode> modeProperty() {
        return mode.valueProperty();
    }

    /** The left picture of a pair, under which the right one comes to light when a wipe is drawn. */
    public ChoiceParameter<CompareSide> left() {
        return left;
    }

    public ChoiceParameter<CompareSide> right() {
        return right;
    }

    /** The range of the heat map. */
    public ChoiceParameter<HeatRange> range() {
        return range;
    }

    /** Where the line of a wipe lies, in [0, 1] from the left edge of the picture. */
    public DoubleProperty wipeProperty() {
        return wipe;
    }

    /** Grows when something else is to be shown. */
    ReadOnlyLongProperty revision() {
        return changes.revision();
    }

    /** The film of the right side, to be set beside the morph. */
    public FilmstripViewModel film() {
        return films.get(1);
    }

    List<FilmstripViewModel> films() {
        return films;
    }

    public boolean isOn() {
        return mode.get() != CompareMode.SINGLE;
    }

    /** Compares as it was compared last, or not any more. */
    public void toggle() {
        mode.set(isOn() ? CompareMode.SINGLE : last);
    }

    /**
     * Shows the other of two: in a wipe the whole of the side that less is seen of; where the morph is alone, the settings
     * that were kept as 1 or as 2, once both are. What stands side by side is seen already.
     */
    public void flip() {
        switch (mode.get()) {
            case WIPE -> wipe.set(wipe.get() < 0.5 ? 1 : 0);
            case SINGLE -> flipKept();
            case SIDE_BY_SIDE, DIFFERENCE, GRID -> {}
        }
    }

    private void flipKept() {
        KeptSettings both = kept.keptProperty().get();
        boolean isA = both.get(KeptLetter.A).equals(Optional.of(parameters.values()));
        if (both.get(KeptLetter.A).isPresent() && both.get(KeptLetter.B).isPresent()) {
            kept.switchTo(isA ? KeptLetter.B : KeptLetter.A);
        }
    }

    public void swap() {
        CompareSide before = left.get();
        left.set(right.get());
        right.set(before);
    }

    /** What each picture shows. */
    List<CompareSide> sides() {
        return switch (mode.get()) {
            case SINGLE -> List.of(CompareSide.CURRENT);
            case SIDE_BY_SIDE, WIPE, DIFFERENCE -> List.of(left.get(), right.get());
            case GRID -> CompareSide.methods();
        };
    }

    /** Whether a side shows what the settings of this moment make. */
    boolean isCurrent(CompareSide side) {
        return side == CompareSide.CURRENT
                || side.method().equals(Optional.of(parameters.method().get()));
    }

    /** Whether the first picture is the morph as it is set now, and nothing lies over it. */
    boolean showsTheMorph() {
        return mode.get() != CompareMode.DIFFERENCE && mode.get() != CompareMode.WIPE && isCurrent(sides().getFirst());
    }

    /**
     * What an export sets side by side: the pair that is seen, and where none is, the morph and the right side. The morph stands
     * in for a side that is no film, such as an original, and slerp where that would be the morph twice.
     *
     * @param names of the sides
     */
    List<FilmSnapshot.Part> pair(FilmSnapshot.Part morph, Function<CompareSide, String> names) {
        FilmSnapshot.Part first =
                sides().size() == 2 ? part(0, left.get(), morph, names).orElse(morph) : morph;
        FilmSnapshot.Part second = part(1, right.get(), morph, names)
                .orElseGet(() -> first.equals(morph) ? slerp(morph.request(), names) : morph);
        return List.of(first, second);
    }

    private FilmSnapshot.Part slerp(MorphRequest morph, Function<CompareSide, String> names) {
        return new FilmSnapshot.Part(film(), morph.withMethod(new Slerp()), names.apply(CompareSide.SLERP));
    }

    private Optional<FilmSnapshot.Part> part(
            int pane, CompareSide side, FilmSnapshot.Part morph, Function<CompareSide, String> names) {
        FilmstripViewModel film = films.get(pane);
        return request(side, morph.request())
                .map(request -> seen(film, side, morph.request()).orElse(request))
                .map(request -> new FilmSnapshot.Part(film, request, names.apply(side)));
    }

    /** A method beside the morph as it is seen there: without Live it may be older than the settings, as the morph is. */
    private static Optional<MorphRequest> seen(FilmstripViewModel film, CompareSide side, MorphRequest morph) {
        return film.version()
                .map(FilmstripViewModel.Version::request)
                .filter(shown -> shown.equals(morph.withMethod(shown.settings().method())))
                .filter(shown -> side.method()
                        .equals(Optional.of(MethodName.of(shown.settings().method()))));
    }

    /** What is to be rendered beside a morph. */
    List<RenderViewModel.Order> orders(MorphRequest morph) {
        List<CompareSide> sides = sides();
        var orders = new ArrayList<RenderViewModel.Order>();
        for (int i = 0; i < sides.size(); i++) {
            FilmstripViewModel film = films.get(i);
            request(sides.get(i), morph).ifPresent(request -> orders.add(new RenderViewModel.Order(film, request)));
        }
        return orders;
    }

    private Optional<MorphRequest> request(CompareSide side, MorphRequest morph) {
        return side.method()
                .map(method -> morph.withMethod(parameters.method(method)))
                .or(() -> side.kept()
                        .flatMap(letter ->
                                kept.settings(letter, morph.keyframes().size()))
                        .map(settings -> new MorphRequest(
                                morph.keyframes(),
                                morph.path(),
                                settings.withFrames(morph.settings().frames()))));
    }

    /** Forgets the films that nobody sees; what is seen stays until it is rendered anew. */
    void forgetUnseen() {
        int seen = isOn() ? sides().size() : 0;
        films.subList(seen, PANES).forEach(FilmstripViewModel::clear);
    }

    void clear() {
        films.forEach(FilmstripViewModel::clear);
    }

    private void sidesChanged() {
        if (isOn()) {
            last = mode.get();
            List<CompareSide> sides = sides();
            IntStream.range(0, sides.size())
                    .filter(i -> !hasFilm(sides.get(i)))
                    .forEach(i -> films.get(i).clear());
        }
        changes.happened();
    }

    /** Whether a film is rendered for a side; the morph has its own, and under a letter may be nothing. */
    private boolean hasFilm(CompareSide side) {
        return side.method().isPresent()
                || side.kept()
                        .flatMap(letter -> kept.keptProperty().get().get(letter))
                        .isPresent();
    }

    ProjectDocument.Comparison document() {
        return new ProjectDocument.Comparison(
                mode.get().name(), left.get().name(), right.get().name());
    }

    void restore(ProjectDocument.Comparison comparison) {
        left.choose(comparison.left());
        right.choose(comparison.right());
        mode.choose(comparison.mode());
    }
}
