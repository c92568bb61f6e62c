package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.FrameOrder;
import dev.noisediffusion.morph.FramePlan;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.project.Recipe;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private List<Integer> order = List.of();
    private @Nullable Version version;

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

    /** Makes room for a render. The pictures of the one before stay where they were in the morph. */
    void begin(Version next) {
        List<FramePlan.Spot> spots = next.request.plan().frames();
        version = next;
        done.set(0);
        order = FrameOrder.BISECTION.indices(spots.size());
        if (spots.size() == cells.size()) {
            spots.forEach(spot -> cells.get(spot.index()).restart(spot));
        } else {
            cells.setAll(spots.stream()
                    .map(spot -> new FrameCell(spot, nearestBefore(spot.position())))
                    .toList());
        }
        changed();
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

    void deliver(int index, Picture picture, Raster thumbnail) {
        cells.get(index).deliver(picture, thumbnail);
        done.set(done.get() + 1);
        changed();
    }

    /** Takes over what another film shows. */
    void copy(FilmstripViewModel other, Version shown) {
        begin(shown);
        for (int i = 0; i < cells.size(); i++) {
            FrameCell from = other.cells.get(i);
            cells.get(i)
                    .deliver(
                            from.picture().orElseThrow(),
                            Objects.requireNonNull(from.thumbnailProperty().get()));
        }
        done.set(cells.size());
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
