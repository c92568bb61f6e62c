package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BilinearGridTest {
    @Test
    void fourPicturesStandInTheCorners() {
        var grid = new BilinearGrid(4, 5);
        assertEquals(OptionalInt.of(0), grid.at(0, 0).soleKeyframe());
        assertEquals(OptionalInt.of(1), grid.at(4, 0).soleKeyframe());
        assertEquals(OptionalInt.of(2), grid.at(0, 4).soleKeyframe());
        assertEquals(OptionalInt.of(3), grid.at(4, 4).soleKeyframe());
        assertEquals(List.of(0.25, 0.25, 0.25, 0.25), grid.at(2, 2).values());
        assertEquals(List.of(0.5625, 0.1875, 0.1875, 0.0625), grid.at(1, 1).values());
    }

    @Test
    void theThirdOfThreePicturesHasBothCornersBelow() {
        var grid = new BilinearGrid(3, 4);
        for (int column = 0; column < 4; column++) {
            assertEquals(OptionalInt.of(2), grid.at(column, 3).soleKeyframe());
        }
        assertEquals(4.0 / 9, grid.at(1, 1).get(0), 1e-12);
        assertEquals(2.0 / 9, grid.at(1, 1).get(1), 1e-12);
        assertEquals(1.0 / 3, grid.at(1, 1).get(2), 1e-12);
        assertEquals(16, grid.spots().size());
        assertEquals(grid.at(2, 1), grid.spots().get(6).weights());
        assertThrows(IllegalArgumentException.class, () -> new BilinearGrid(2, 5));
    }

    @Test
    void placesOfOnesOwnAreRenderedAsThoseOfAPathAre() {
        var renderer = new MorphRenderer(MorphFixtures.model(MorphFixtures.denoiser(), 2), new EncodingCache());
        MorphRequest request = MorphFixtures.request(3, MorphSettings.DEFAULT.withFrames(9));
        var path = new ArrayList<Picture>();
        renderer.renderTogether(
                List.of(request),
                Optional.empty(),
                FrameOrder.SEQUENTIAL,
                frame -> path.add(frame.picture()),
                ProgressListener.NONE,
                new CancellationToken());
        List<FramePlan.Spot> spots = request.plan().frames();
        var chosen = new ArrayList<Picture>();
        renderer.renderSpots(
                request,
                List.of(spots.get(7), spots.get(4), spots.get(2)),
                frame -> chosen.add(frame.picture()),
                ProgressListener.NONE,
                new CancellationToken());
        assertEquals(List.of(path.get(7), path.get(4), path.get(2)), chosen);
    }

    @Test
    void theMiddleOfAGridMixesAllPictures() {
        var renderer = new MorphRenderer(MorphFixtures.model(MorphFixtures.denoiser(), 4), new EncodingCache());
        MorphRequest request = MorphFixtures.request(4, MorphSettings.DEFAULT.withMethod(new Crossfade()));
        var cells = new ArrayList<Picture>();
        renderer.renderSpots(
                request,
                new BilinearGrid(4, 3).spots(),
                frame -> cells.add(frame.picture()),
                ProgressListener.NONE,
                new CancellationToken());
        assertEquals(9, cells.size());
        assertEquals(request.keyframes().get(3).picture(), cells.getLast());
        double mean = request.keyframes().stream()
                .mapToInt(keyframe -> keyframe.picture().pixel(0, 0) & 0xff)
                .average()
                .orElseThrow();
        assertEquals(mean, cells.get(4).pixel(0, 0) & 0xff, 1);
    }
}
