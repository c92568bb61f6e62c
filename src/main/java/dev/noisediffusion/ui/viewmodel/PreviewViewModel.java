package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.MorphRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/**
 * The frame that is shown large, of the morph and of what it is compared with, always of one moment. Enlarging happens
 * in the background; until it is done the frame before stays, and frames that come faster than that are left out.
 */
public final class PreviewViewModel {
    /**
     * What is to be seen.
     *
     * @param main the morph's frame
     * @param panes what is compared; empty for what is not there yet
     * @param covers what stands in place of the panes' own pictures
     * @param hottest difference of a map of the first two; empty if there is to be none
     */
    private record Wanted(
            @Nullable PreviewSource main,
            List<Optional<PreviewSource>> panes,
            List<Optional<Raster>> covers,
            OptionalDouble hottest) {
        static final Wanted NOTHING = new Wanted(null, List.of(), List.of(), OptionalDouble.empty());

        /** Whether the same has to be made for another wish: covers are there already, and only a map is made of them. */
        boolean takesTheSame(Wanted other) {
            return Objects.equals(main, other.main)
                    && panes.equals(other.panes)
                    && hottest.equals(other.hottest)
                    && (hottest.isEmpty() || covers.equals(other.covers));
        }

        /** What is seen of one that is compared; covers are enlarged, and so is then what they are compared with. */
        Optional<Raster> seen(int pane, RasterCache cache) {
            boolean enlarged = covers.stream().anyMatch(Optional::isPresent);
            return covers.get(pane)
                    .or(() -> panes.get(pane).map(source -> cache.get(enlarged ? source.enlarged() : source)));
        }
    }

    private record Ready(@Nullable Raster main, List<Optional<Raster>> panes, Optional<HeatMap> heat) {
        static final Ready NOTHING = new Ready(null, List.of(), Optional.empty());
    }

    private final JobRunner jobs;
    private final FilmstripViewModel film;
    private final CompareViewModel compare;
    private final PlaybackViewModel playback;
    private final PaneCaptions captions;
    private final ObservableValue<Set<FilmstripViewModel>> outdated;
    private final ZoomViewModel zoom = new ZoomViewModel();
    private final RasterCache cache = new RasterCache(RasterCache.DEFAULT_BYTES);
    private final List<PaneViewModel> panes =
            Stream.generate(PaneViewModel::new).limit(CompareViewModel.PANES).toList();
    private final ReadOnlyObjectWrapper<@Nullable Raster> main = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper mainStale = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable HeatMap> heat = new ReadOnlyObjectWrapper<>();
    private final BooleanProperty alone = new SimpleBooleanProperty();
    private @Nullable Raster cover;
    private Wanted wanted = Wanted.NOTHING;
    private Wanted latest = Wanted.NOTHING;
    private boolean busy;

    /**
     * The frames of the films.
     *
     * @param outdated films that show other settings than those of this moment
     */
    PreviewViewModel(
            JobRunner jobs,
            FilmstripViewModel film,
            CompareViewModel compare,
            PlaybackViewModel playback,
            PaneCaptions captions,
            ObservableValue<Set<FilmstripViewModel>> outdated) {
        this.jobs = jobs;
        this.film = film;
        this.compare = compare;
        this.playback = playback;
        this.captions = captions;
        this.outdated = outdated;
        Changes.on(playback.indexProperty(), this::update);
        Changes.on(film.revision(), this::update);
        compare.films().forEach(rival -> Changes.on(rival.revision(), this::update));
        Changes.on(compare.revision(), this::update);
        Changes.on(compare.range().valueProperty(), this::update);
        Changes.on(zoom.showsPixels(), this::update);
        captions.onChange(this::update);
        Changes.on(outdated, this::update);
    }

    /** The morph's frame, null if there is none yet. */
    public ReadOnlyObjectProperty<@Nullable Raster> mainProperty() {
        return main.getReadOnlyProperty();
    }

    /** Whether the morph's frame stands in for one that has not arrived. */
    public ReadOnlyBooleanProperty mainStaleProperty() {
        return mainStale.getReadOnlyProperty();
    }

    /** What is compared, as many as the mode shows; the rest is empty. Where nothing is compared, the first is the morph. */
    public List<PaneViewModel> panes() {
        return panes;
    }

    /** How far the first two differ, null while they are not compared so. */
    public ReadOnlyObjectProperty<@Nullable HeatMap> heatProperty() {
        return heat.getReadOnlyProperty();
    }

    /** The part that is seen, of all pictures. */
    public ZoomViewModel zoom() {
        return zoom;
    }

    /** How many pixels wide the frame in sight is; 0 while there is none. */
    public int frameWidth() {
        return film.nearestWithPicture(playback.indexProperty().get())
                .flatMap(FrameCell::picture)
                .map(Picture::width)
                .orElse(0);
    }

    /** Whether the pictures have the whole screen, and nothing stands around them. */
    public BooleanProperty aloneProperty() {
        return alone;
    }

    /** Gives the pictures the whole screen, or brings back what stood around them. */
    public void toggleAlone() {
        alone.set(!alone.get());
    }

    /** Shows a picture in place of the frame that the settings of this moment make; null for the frame itself. */
    void cover(@Nullable Raster picture) {
        cover = picture;
        update();
    }

    private void update() {
        int index = playback.indexProperty().get();
        Optional<FrameCell> mainCell = film.nearestWithPicture(index);
        mainStale.set(standsIn(mainCell, index));
        List<CompareSide> sides = compare.sides();
        var sources = new ArrayList<Optional<PreviewSource>>();
        var covers = new ArrayList<Optional<Raster>>();
        for (int i = 0; i < panes.size(); i++) {
            if (i < sides.size()) {
                PaneViewModel pane = panes.get(i);
                Optional<Raster> over = coverOf(sides.get(i));
                sources.add(follow(pane, sides.get(i), compare.films().get(i), index));
                covers.add(over);
                over.ifPresent(pane::cover);
            } else {
                sources.add(Optional.empty());
                covers.add(Optional.empty());
            }
        }
        wanted = new Wanted(source(mainCell).orElse(null), sources, covers, hottest());
        prepare();
    }

    private Optional<Raster> coverOf(CompareSide side) {
        return compare.isCurrent(side) ? Optional.ofNullable(cover) : Optional.empty();
    }

    private Optional<PreviewSource> follow(PaneViewModel pane, CompareSide side, FilmstripViewModel rival, int index) {
        if (side == CompareSide.ORIGINAL) {
            Optional<Original> original = original(index);
            pane.describe(captions.ofOriginal(original.map(Original::number)), false, false);
            return original.map(Original::source);
        }
        FilmstripViewModel shown = side == CompareSide.CURRENT ? film : rival;
        Optional<FrameCell> cell = shown.nearestWithPicture(index);
        boolean covered = coverOf(side).isPresent();
        boolean old = cell.isPresent() && outdated.getValue().contains(shown);
        Optional<MorphRequest> seen =
                covered ? Optional.empty() : film.version().map(FilmstripViewModel.Version::request);
        pane.describe(captions.of(side, seen), old, covered || old || standsIn(cell, index));
        return source(cell);
    }

    private record Original(int number, PreviewSource source) {}

    /** The picture nearest to the frame in sight, as a frame. */
    private Optional<Original> original(int index) {
        return film.nearestWithPicture(index)
                .flatMap(cell -> film.version().flatMap(version -> {
                    List<Keyframe> keyframes = version.request().keyframes();
                    int number = film.cells()
                            .get(Math.min(index, film.cells().size() - 1))
                            .nearestKeyframe();
                    return cell.picture()
                            .filter(frame -> number < keyframes.size())
                            .map(frame -> {
                                Keyframe keyframe = keyframes.get(number);
                                var fit = new PreviewSource.Fit(keyframe.crop(), frame.width(), frame.height());
                                return new Original(number, new PreviewSource(keyframe.picture(), fit, exact()));
                            });
                }));
    }

    private static boolean standsIn(Optional<FrameCell> cell, int index) {
        return cell.isPresent() && (cell.get().index() != index || !cell.get().isDone());
    }

    private Optional<PreviewSource> source(Optional<FrameCell> cell) {
        Optional<Picture> picture = cell.flatMap(FrameCell::picture);
        return picture.map(frame -> new PreviewSource(frame, null, exact()));
    }

    private boolean exact() {
        return zoom.showsPixels().get();
    }

    private OptionalDouble hottest() {
        return compare.modeProperty().get() == CompareMode.DIFFERENCE
                ? OptionalDouble.of(compare.range().get().top())
                : OptionalDouble.empty();
    }

    private void prepare() {
        if (busy) {
            return;
        }
        Wanted next = wanted;
        boolean made = next.takesTheSame(latest);
        latest = next;
        if (made) {
            uncover();
            return;
        }
        busy = true;
        jobs.run(
                (progress, cancellation) -> make(next),
                new JobRunner.Observer<>(progress -> {}, this::show, failure -> show(Ready.NOTHING), this::free));
    }

    private Ready make(Wanted next) {
        List<Optional<Raster>> made =
                next.panes.stream().map(source -> source.map(cache::get)).toList();
        return new Ready(next.main == null ? null : cache.get(next.main), made, heat(next));
    }

    private Optional<HeatMap> heat(Wanted next) {
        if (next.hottest.isEmpty()) {
            return Optional.empty();
        }
        double top = next.hottest.getAsDouble();
        return next.seen(0, cache).flatMap(left -> next.seen(1, cache).flatMap(right -> HeatMap.of(left, right, top)));
    }

    private void show(Ready ready) {
        main.set(ready.main);
        for (int i = 0; i < panes.size(); i++) {
            panes.get(i).show(i < ready.panes.size() ? ready.panes.get(i).orElse(null) : null);
        }
        heat.set(ready.heat.orElse(null));
        uncover();
        free();
    }

    /** Takes a cover off once what lies under it was made where none was wanted: until then that is the frame before. */
    private void uncover() {
        for (int i = 0; i < panes.size(); i++) {
            if (latest.covers.get(i).isEmpty() && wanted.covers.get(i).isEmpty()) {
                panes.get(i).cover(null);
            }
        }
    }

    private void free() {
        busy = false;
        prepare();
    }
}
