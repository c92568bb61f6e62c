package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.FrameIdentity;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.FramePlan;
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
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The frames of a morph in order of time, as they arrive. */
public final class FilmstripViewModel {
    /** Twice the height of a cell, for dense screens. */
    static final int THUMBNAIL_SIDE = 160;

    /** What a film shows: the request, and the model it was rendered with. */
    record Version(MorphRequest request, Recipe.Model model) {}

    private final ObservableList<FrameCell> cells = FXCollections.observableArrayList();
    private final ObservableList<FrameCell> readOnlyCells = FXCollections.unmodifiableObservableList(cells);
    private final ReadOnlyIntegerWrapper done = new ReadOnlyIntegerWrapper();
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
    private final FrameCache seen;
    private List<Integer> order = List.of();
    private @Nullable Version version;

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
    ReadOnlyLongProperty revision() {
        return revision.getReadOnlyProperty();
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

    /** Whether a frame has arrived in a version. */
    boolean isDone(int index, Version wanted) {
        return cells.get(index).isDone() && wanted.equals(version);
    }

    Optional<Version> version() {
        return Optional.ofNullable(version);
    }

    /** The pictures in order of time; empty until all are there. */
    Optional<List<Picture>> pictures() {
        return isComplete()
                ? Optional.of(
                        cells.stream().flatMap(cell -> cell.picture().stream()).toList())
                : Optional.empty();
    }

    /**
     * Makes room for a render. Frames that are the same as before stay, or come back; of the others the pictures of the
     * render before stay where they were in the morph until theirs arrive.
     *
     * @param next what the film shows from now on
     * @param paced its request with all speeds measured
     */
    void begin(Version next, MorphRequest paced) {
        Map<FrameIdentity, FrameCache.Finished> own = finished();
        List<FramePlan.Spot> spots = paced.plan().frames();
        String modelId = next.model.id();
        version = next;
        order = FrameOrder.BISECTION.indices(spots.size());
        if (spots.size() == cells.size()) {
            spots.forEach(spot -> cells.get(spot.index()).restart(spot, FrameIdentity.of(paced, spot, modelId)));
        } else {
            cells.setAll(spots.stream()
                    .map(spot ->
                            new FrameCell(spot, FrameIdentity.of(paced, spot, modelId), nearestBefore(spot.position())))
                    .toList());
        }
        for (FrameCell cell : cells) {
            Optional.ofNullable(own.get(cell.identity()))
                    .or(() -> seen.find(cell.identity()))
                    .ifPresent(cell::deliver);
        }
        done.set((int) cells.stream().filter(FrameCell::isDone).count());
        changed();
    }

    private Map<FrameIdentity, FrameCache.Finished> finished() {
        var finished = new HashMap<FrameIdentity, FrameCache.Finished>();
        cells.forEach(cell -> cell.finished().ifPresent(frame -> finished.put(cell.identity(), frame)));
        return finished;
    }

    /** Whether every frame of a request is there already, so that nothing has to be rendered. */
    boolean hasAll(MorphRequest paced, String modelId) {
        Map<FrameIdentity, FrameCache.Finished> own = finished();
        return paced.plan().frames().stream()
                .map(spot -> FrameIdentity.of(paced, spot, modelId))
                .allMatch(identity ->
                        own.containsKey(identity) || seen.find(identity).isPresent());
    }

    /** The frames still to be made, of those that are the same one. */
    Set<Integer> missing() {
        var identities = new HashSet<FrameIdentity>();
        return cells.stream()
                .filter(cell -> !cell.isDone() && identities.add(cell.identity()))
                .map(FrameCell::index)
                .collect(Collectors.toSet());
    }

    private @Nullable FrameCell nearestBefore(double position) {
        return cells.isEmpty() ? null : cells.get((int) Math.round(position * (cells.size() - 1)));
    }

    /** Marks the frames that the network has in hand: the next ones in order. */
    void markRendering(int batchSize) {
        order.stream()
                .map(cells::get)
                .filter(cell -> !cell.isDone())
                .limit(batchSize)
                .forEach(cell -> cell.mark(FrameState.RENDERING));
    }

    /** Takes a frame, for all places where the film shows the same one. */
    void deliver(int index, Picture picture, Raster thumbnail) {
        FrameIdentity identity = cells.get(index).identity();
        var finished = new FrameCache.Finished(picture, thumbnail);
        seen.put(identity, finished);
        List<FrameCell> same = cells.stream()
                .filter(cell -> !cell.isDone() && cell.identity().equals(identity))
                .toList();
        same.forEach(cell -> cell.deliver(finished));
        done.set(done.get() + same.size());
        changed();
    }

    /** After a render has ended early. */
    void settle() {
        cells.stream().filter(cell -> !cell.isDone()).forEach(cell -> cell.mark(FrameState.PENDING));
        changed();
    }

    void clear() {
        version = null;
        order = List.of();
        done.set(0);
        cells.clear();
        changed();
    }

    /** The frame to show in place of one: itself if it has a picture, else the nearest that has. */
    Optional<FrameCell> nearestWithPicture(int index) {
        return IntStream.range(0, cells.size())
                .boxed()
                .flatMap(distance -> Stream.of(index - distance, index + distance))
                .filter(i -> i >= 0 && i < cells.size())
                .map(cells::get)
                .filter(cell -> cell.picture().isPresent())
                .findFirst();
    }

    private void changed() {
        revision.set(revision.get() + 1);
    }
}
