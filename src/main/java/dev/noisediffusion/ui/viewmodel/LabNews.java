package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.lab.LabBoard;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A board of the lab, ready for the screen.
 *
 * @param frames of its lines, in their order
 */
record LabNews(LabBoard board, List<Optional<Raster>> frames) {
    private static final int SIDE = 256;

    /** Gets the boards of one run ready, off the thread of events; every frame is brought to size once. */
    static final class Maker {
        private final IdentityHashMap<Picture, Raster> known = new IdentityHashMap<>();

        LabNews of(LabBoard board) {
            var frames = new ArrayList<Optional<Raster>>();
            board.lines()
                    .forEach(line -> frames.add(line.frame()
                            .map(picture -> known.computeIfAbsent(picture, fresh -> Raster.fitting(fresh, SIDE)))));
            return new LabNews(board, List.copyOf(frames));
        }
    }
}
