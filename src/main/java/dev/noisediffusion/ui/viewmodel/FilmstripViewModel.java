package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.FrameIdentity;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.FramePlan;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.project.Recipe;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The frames of a morph in order of time, as they arrive. */
public final class FilmstripViewModel {
    /** As high as a cell can be made. Twice that, for dense screens, would cost a long film more than its frames. */
    static final int THUMBNAIL_SIDE = 256;

    /**
     * What a film shows.
     *
     * @param model it was rendered with
     * @param cacheKey of that model: on another device its frames are others
     */
    record Version(MorphRequest request, Recipe.Model model, String cacheKey) {}

    private final ObservableList<FrameCell> cells = FXCollections.observableArrayList();
    private final ObservableList<FrameCell> readOnlyCells = FXCollections.unmodifiableObservableList(cells);
    private final ReadOnlyIntegerWrapper done = new ReadOnlyIntegerWrapper();
    private final Changes changes = new Changes();
    private final FrameCache seen;
    private List<Integer> order = List.of();
    private @Nullable Version version;
    private @Nullable MorphPath pace;

    /**
     * An empty film.
     *
     * @param seen frames of all films, so that none is rendered twice
     */
    FilmstripViewModel(FrameCache seen) {
        this.seen = seen;
    }

    public ObservableList<FrameCell> cells() {
        return readOnlyCells;
    }

    /** Frames that have arrived. */
    public ReadOnlyIntegerProperty doneProperty() {
        return done.getReadOnlyProperty();
    }

    /** Grows whenever a frame changes. */
    public ReadOnlyLongProperty revision() {
        return changes.revision();
    }

    boolean hasPictures() {
        return cells.stream().anyMatch(cell -> cell.picture().isPresent());
    }

    boolean isComplete() {
        return !cells.isEmpty() && done.get() == cells.size();
    }

    boolean shows(Version wanted) {
        return isComplete() && wanted.equals(version);
    }

    /** Whether it shows a version, in the time that its path was measured to take; a rival's is that of the morph. */
    boolean shows(Version wanted, MorphPath measured) {
        return shows(wanted) && measured.equals(pace);
    }

    /** Whether it was begun in another version, be it whole or not. */
    boolean isOfOther(Version wanted) {
        return version != null && !wanted.equals(version);
    }

    /** Whether a frame has arrived in a version. */
    boolean isDone(int index, Version wanted) {
        return cells.get(index).isDone() && wanted.equals(version);
    }

    /** Whether a frame has arrived and is the one that is wanted, whatever version of the film it came with. */
    boolean isDone(int index, FrameIdentity wanted) {
        return index < cells.size()
                && cells.get(index).isDone()
                && cells.get(index).identity().equals(wanted);
    }

    Optional<Version> version() {
        return Optional.ofNullable(version);
    }

    /** The path of what it shows with all speeds measured, empty while it shows nothing. */
    Optional<MorphPath> pace() {
        return Optional.ofNullable(pace);
    }

    /** Runs an action after which this film tells, once, of all that has changed. */
    void atOnce(Runnable action) {
        changes.atOnce(action);
    }

    /**
     * Makes room for a render. Frames that are the same as before stay, or come back; of the others the pictures of the
     * render before stay where they were in the morph until theirs arrive.
     *
     * @param next what the film shows from now on
     * @param paced its request with all speeds measured
     * @param identities of the frames of that, in order of time
     * @param first number of the frame that is made before all others
     */
    void begin(Version next, MorphRequest paced, List<FrameIdentity> identities, int first) {
        Map<FrameIdentity, FrameCache.Finished> own = finished();
        List<FramePlan.Spot> spots = paced.plan().frames();
        version = next;
        pace = paced.path();
        order = FrameOrder.BISECTION.indices(spots.size(), first);
        if (spots.size() == cells.size()) {
            spots.forEach(spot -> cells.get(spot.index()).restart(spot, identities.get(spot.index())));
        } else {
            cells.setAll(spots.stream()
                    .map(spot -> new FrameCell(
                            spot, identities.get(spot.index()), nearestBefore(spot.index(), spots.size())))
                    .toList());
        }
        for (FrameCell cell : cells) {
            Optional.ofNullable(own.get(cell.identity()))
                    .or(() -> seen.find(cell.identity()))
                    .ifPresent(cell::deliver);
        }
        done.set((int) cells.stream().filter(FrameCell::isDone).count());
        changes.happened();
    }

    private Map<FrameIdentity, FrameCache.Finished> finished() {
        var finished = new HashMap<FrameIdentity, FrameCache.Finished>();
        cells.forEach(cell -> cell.finished().ifPresent(frame -> finished.put(cell.identity(), frame)));
        return finished;
    }

    /**
     * Whether all frames of a film are there already, so that nothing has to be rendered.
     *
     * @param identities of its frames; none is asked for after one that is missing
     */
    boolean hasAll(Stream<FrameIdentity> identities) {
        Map<FrameIdentity, FrameCache.Finished> own = finished();
        return identities.allMatch(
                identity -> own.containsKey(identity) || seen.find(identity).isPresent());
    }

    /** The frames still to be made, of those that are the same the one whose turn is first. */
    Set<Integer> missing() {
        var identities = new HashSet<FrameIdentity>();
        return order.stream()
                .map(cells::get)
                .filter(cell -> !cell.isDone() && identities.add(cell.identity()))
                .map(FrameCell::index)
                .collect(Collectors.toSet());
    }

    /** The cell at the same share of the film before; on an uneven path places do not tell the numbers of frames. */
    private @Nullable FrameCell nearestBefore(int index, int frames) {
        return cells.isEmpty() ? null : cells.get((int) Math.round(index * (cells.size() - 1) / (frames - 1.0)));
    }

    /** Marks the frames that the network has in hand: the next ones in order, of which the very first is made alone. */
    void markRendering(int batchSize) {
        boolean alone = !order.isEmpty() && !cells.get(order.getFirst()).isDone();
        order.stream()
                .map(cells::get)
                .filter(cell -> !cell.isDone())
                .limit(alone ? 1 : batchSize)
                .forEach(cell -> cell.mark(FrameState.RENDERING));
    }

    /** Takes a frame, for all places where the film shows the same one; none, where it was emptied meanwhile. */
    void deliver(int index, Picture picture, Raster thumbnail) {
        if (index >= cells.size()) {
            return;
        }
        FrameIdentity identity = cells.get(index).identity();
        var finished = new FrameCache.Finished(picture, thumbnail);
        seen.put(identity, finished);
        List<FrameCell> same = cells.stream()
                .filter(cell -> !cell.isDone() && cell.identity().equals(identity))
                .toList();
        same.forEach(cell -> cell.deliver(finished));
        done.set(done.get() + same.size());
        changes.happened();
    }

    /** After a render has ended early. */
    void settle() {
        cells.stream().filter(cell -> !cell.isDone()).forEach(cell -> cell.mark(FrameState.PENDING));
        changes.happened();
    }

    void clear() {
        version = null;
        pace = null;
        order = List.of();
        done.set(0);
        cells.clear();
        changes.happened();
    }

    /** The frame to show in place of one, be it beyond the end: itself if it has a picture, else the nearest that has. */
    Optional<FrameCell> nearestWithPicture(int index) {
        int wanted = Math.min(index, cells.size() - 1);
        return IntStream.range(0, cells.size())
                .boxed()
                .flatMap(distance -> Stream.of(wanted - distance, wanted + distance))
                .filter(i -> i >= 0 && i < cells.size())
                .map(cells::get)
                .filter(cell -> cell.picture().isPresent())
                .findFirst();
    }
}
