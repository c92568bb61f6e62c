package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.JobRunner;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The frame that is shown large, of the morph and of its comparison, always of one moment. Enlarging happens in the
 * background; until it is done the frame before stays, and frames that come faster than that are left out.
 */
public final class PreviewViewModel {
    private record Shown(@Nullable Picture main, @Nullable Picture rival) {
        /** The same pictures, not merely equal ones: comparing pixels would cost more than showing them. */
        @SuppressWarnings("ReferenceEquality")
        boolean isSame(Shown other) {
            return main == other.main && rival == other.rival;
        }
    }

    private record Ready(@Nullable Raster main, @Nullable Raster rival) {}

    private final JobRunner jobs;
    private final FilmstripViewModel main;
    private final FilmstripViewModel rival;
    private final PlaybackViewModel playback;
    private final RasterCache cache = new RasterCache();
    private final ReadOnlyObjectWrapper<@Nullable Raster> mainRaster = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Raster> rivalRaster = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper mainStale = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper rivalStale = new ReadOnlyBooleanWrapper();
    private Shown wanted = new Shown(null, null);
    private Shown latest = new Shown(null, null);
    private boolean busy;

    PreviewViewModel(JobRunner jobs, FilmstripViewModel main, FilmstripViewModel rival, PlaybackViewModel playback) {
        this.jobs = jobs;
        this.main = main;
        this.rival = rival;
        this.playback = playback;
        Changes.on(playback.indexProperty(), this::update);
        Changes.on(main.revision(), this::update);
        Changes.on(rival.revision(), this::update);
    }

    /** The morph's frame, null if there is none yet. */
    public ReadOnlyObjectProperty<@Nullable Raster> mainProperty() {
        return mainRaster.getReadOnlyProperty();
    }

    /** The comparison's frame, null if there is none yet. */
    public ReadOnlyObjectProperty<@Nullable Raster> rivalProperty() {
        return rivalRaster.getReadOnlyProperty();
    }

    /** Whether the morph's frame stands in for one that has not arrived. */
    public ReadOnlyBooleanProperty mainStaleProperty() {
        return mainStale.getReadOnlyProperty();
    }

    /** Whether the comparison's frame stands in for one that has not arrived. */
    public ReadOnlyBooleanProperty rivalStaleProperty() {
        return rivalStale.getReadOnlyProperty();
    }

    private void update() {
        int index = playback.indexProperty().get();
        Optional<FrameCell> mainCell = main.nearestWithPicture(index);
        Optional<FrameCell> rivalCell = rival.nearestWithPicture(index);
        mainStale.set(standsIn(mainCell, index));
        rivalStale.set(standsIn(rivalCell, index));
        wanted = new Shown(picture(mainCell), picture(rivalCell));
        prepare();
    }

    private static boolean standsIn(Optional<FrameCell> cell, int index) {
        return cell.isPresent() && (cell.get().index() != index || !cell.get().isDone());
    }

    private static @Nullable Picture picture(Optional<FrameCell> cell) {
        return cell.flatMap(FrameCell::picture).orElse(null);
    }

    private void prepare() {
        if (busy || wanted.isSame(latest)) {
            return;
        }
        Shown next = wanted;
        latest = next;
        busy = true;
        jobs.run(
                (progress, cancellation) -> new Ready(enlarged(next.main), enlarged(next.rival)),
                new JobRunner.Observer<>(
                        progress -> {}, this::show, failure -> show(new Ready(null, null)), this::free));
    }

    private @Nullable Raster enlarged(@Nullable Picture picture) {
        return picture == null ? null : cache.enlarged(picture);
    }

    private void show(Ready ready) {
        mainRaster.set(ready.main);
        rivalRaster.set(ready.rival);
        free();
    }

    private void free() {
        busy = false;
        prepare();
    }
}
