package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.ui.FakeWorld;
import org.junit.jupiter.api.Test;

class RasterCacheTest {
    private static final long SMALL = 4L * Raster.PREVIEW_SIDE * Raster.PREVIEW_SIDE;

    private final RasterCache cache = new RasterCache(4 * SMALL);

    private static PreviewSource frame(int side) {
        return new PreviewSource(FakeWorld.plain(side, side, 0x40a060), null, false);
    }

    @Test
    void whatFitsIsMadeOnceAndThenTheOneShownLongestAgoGoes() {
        PreviewSource first = frame(16);
        PreviewSource second = frame(16);
        Raster made = cache.get(first);
        Raster gone = cache.get(second);
        cache.get(frame(16));
        cache.get(frame(16));
        assertSame(made, cache.get(first));
        cache.get(frame(16));
        assertSame(made, cache.get(first));
        assertNotSame(gone, cache.get(second));
    }

    @Test
    void aLargePictureTakesTheRoomOfManySmallOnes() {
        PreviewSource small = frame(16);
        Raster made = cache.get(small);
        PreviewSource large = frame(2 * Raster.PREVIEW_SIDE);
        Raster kept = cache.get(large);
        assertSame(kept, cache.get(large));
        assertNotSame(made, cache.get(small));
    }

    @Test
    void onePictureIsKeptHoweverLargeItIs() {
        PreviewSource huge = frame(4 * Raster.PREVIEW_SIDE);
        assertSame(cache.get(huge), cache.get(huge));
    }

    @Test
    void aLoopOfNinetySevenFramesFits() {
        assertTrue(97 * SMALL <= RasterCache.DEFAULT_BYTES);
    }
}
