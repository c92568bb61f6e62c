package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.morph.FrameIdentity;
import dev.noisediffusion.morph.FramePlan;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.OverflowException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Fills a sheet: at once with the pictures that there are already, of another sheet or of a film, then every other cell
 * with a quick look, then with its own picture. Cells may have one picture in common, as seeds have where there is no fresh
 * noise: it is looked at and made once for them all, and kept with the frames seen last.
 */
final class SheetFiller {
    private static final int CELL_SIDE = 256;
    /** Of a few cells, which have much room. */
    private static final int LARGE_CELL_SIDE = 512;

    private static final int FEW_CELLS = 9;

    private final JobRunner jobs;
    private final FrameCache seen;
    /** By what they show, in the order of the sheet. */
    private final Map<FrameIdentity, List<SheetCell>> cells;

    private final int side;
    private final Map<FrameIdentity, Picture> made = new HashMap<>();

    /** For the thread of events, on which frames are kept. */
    SheetFiller(JobRunner jobs, FrameCache seen, SheetPlan plan) {
        this.jobs = jobs;
        this.seen = seen;
        cells = plan.cells().stream()
                .collect(Collectors.groupingBy(SheetCell::identity, LinkedHashMap::new, Collectors.toList()));
        side = plan.cells().size() <= FEW_CELLS ? LARGE_CELL_SIDE : CELL_SIDE;
        for (FrameIdentity identity : cells.keySet()) {
            seen.find(identity).ifPresent(found -> made.put(identity, found.picture()));
        }
    }

    /**
     * Fills the sheet, once. Blocks; for background threads.
     *
     * @throws OverflowException once all is done that can be, where the model overflows at the settings of some cells
     * @throws java.util.concurrent.CancellationException within one network call after the token was cancelled
     */
    void fill(MorphRenderer renderer, ProgressListener listener, CancellationToken cancellation) {
        var missing = new ArrayList<List<SheetCell>>();
        cells.forEach((identity, alike) -> {
            Picture there = made.get(identity);
            if (there == null) {
                missing.add(alike);
            } else {
                deliver(alike, there);
            }
        });
        if (!missing.isEmpty()) {
            look(missing, renderer, cancellation);
            render(missing, renderer, listener, cancellation);
        }
    }

    /** Where the model overflows at every look, it would at the pictures too. */
    private void look(List<List<SheetCell>> missing, MorphRenderer renderer, CancellationToken cancellation) {
        var overflows = new ArrayList<OverflowException>();
        for (List<SheetCell> alike : missing) {
            SheetCell cell = alike.getFirst();
            try {
                Picture quick = renderer.glimpse(cell.request(), cell.spot(), 1, cancellation);
                Raster raster = Raster.fitting(quick, side);
                jobs.dispatch(() -> alike.forEach(same -> same.glimpse(raster)));
            } catch (OverflowException e) {
                overflows.add(e);
            }
        }
        if (overflows.size() == missing.size()) {
            throw overflows.getFirst();
        }
    }

    /** A picture at whose settings the model overflows takes no other with it, and is told of when the others are there. */
    private void render(
            List<List<SheetCell>> missing,
            MorphRenderer renderer,
            ProgressListener listener,
            CancellationToken cancellation) {
        var overflows = new ArrayList<OverflowException>();
        var meter = new ProgressMeter(missing.size(), listener);
        meter.begin(Activity.Work.FILLING_SHEET);
        var ofOneMorph = new LinkedHashMap<MorphRequest, List<List<SheetCell>>>();
        for (List<SheetCell> alike : missing) {
            MorphRequest request = alike.getFirst().request();
            ofOneMorph.computeIfAbsent(request, added -> new ArrayList<>()).add(alike);
        }
        for (List<List<SheetCell>> group : ofOneMorph.values()) {
            overflows.addAll(make(group, renderer, meter, cancellation));
        }
        if (!overflows.isEmpty()) {
            throw overflows.getFirst();
        }
    }

    /**
     * Makes pictures of one morph, as many in a network call as the model takes; where it overflows, what is left is made one
     * by one.
     *
     * @return the overflows at single pictures
     */
    private List<OverflowException> make(
            List<List<SheetCell>> group, MorphRenderer renderer, ProgressMeter meter, CancellationToken cancellation) {
        var left = new LinkedHashMap<FramePlan.Spot, List<SheetCell>>();
        group.forEach(alike -> left.put(alike.getFirst().spot(), alike));
        try {
            renderer.renderSpots(
                    group.getFirst().getFirst().request(),
                    List.copyOf(left.keySet()),
                    frame -> {
                        finished(Objects.requireNonNull(left.remove(frame.spot())), frame.picture());
                        meter.advance(Activity.Work.FILLING_SHEET, 1);
                    },
                    ProgressListener.NONE,
                    cancellation);
            return List.of();
        } catch (OverflowException e) {
            if (left.size() == 1) {
                meter.advance(Activity.Work.FILLING_SHEET, 1);
                return List.of(e);
            }
            return left.values().stream()
                    .flatMap(alike -> make(List.of(alike), renderer, meter, cancellation).stream())
                    .toList();
        }
    }

    private void finished(List<SheetCell> alike, Picture picture) {
        var frame = new FrameCache.Finished(picture, Raster.fitting(picture, FilmstripViewModel.THUMBNAIL_SIDE));
        jobs.dispatch(() -> seen.put(alike.getFirst().identity(), frame));
        deliver(alike, picture);
    }

    private void deliver(List<SheetCell> alike, Picture picture) {
        Raster raster = Raster.fitting(picture, side);
        jobs.dispatch(() -> alike.forEach(cell -> cell.deliver(picture, raster)));
    }
}
