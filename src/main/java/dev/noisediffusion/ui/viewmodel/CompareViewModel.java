package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.Slerp;
import dev.noisediffusion.project.ProjectDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** What is set beside a morph in an export: the right side where it is a film of its own, else slerp. */
    MorphRequest rival(MorphRequest morph) {
        return request(right.get(), morph).orElseGet(() -> morph.withMethod(new Slerp()));
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
                    .filter(i -> sides.get(i) == CompareSide.CURRENT || sides.get(i) == CompareSide.ORIGINAL)
                    .forEach(i -> films.get(i).clear());
        }
        changes.happened();
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
