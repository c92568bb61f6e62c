package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.Garbage;
import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.ui.FakeWorld;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class RasterCacheTest {
    private static final long SMALL = 4L * Raster.PREVIEW_SIDE * Raster.PREVIEW_SIDE;

    private final RasterCache cache = new RasterCache(4 * SMALL);

    private static PreviewSource frame(int side) {
        return new PreviewSource(FakeWorld.plain(side, side, 0x40a060), null, false);
    }

    private static PreviewSource cut(Picture photograph, double zoom) {
        return new PreviewSource(photograph, new PreviewSource.Fit(new Crop(0.5, 0.5, zoom), 16, 16), false);
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

    /** A photograph that nobody has any more, once it was shown as a frame. */
    private WeakReference<Picture> compared() {
        Picture photograph = FakeWorld.plain(64, 48, 0x40a060);
        cache.get(cut(photograph, 1));
        return new WeakReference<>(photograph);
    }

    @Test
    void aPhotographDoesNotStayInMemoryForHavingBeenCompared() throws InterruptedException {
        WeakReference<Picture> photograph = compared();
        assertTrue(Garbage.isGone(photograph));
        Raster made = cache.get(cut(FakeWorld.plain(64, 48, 0x40a060), 1));
        assertSame(made, cache.get(cut(FakeWorld.plain(64, 48, 0x40a060), 1)), "the same photograph, read again");
        assertNotSame(made, cache.get(cut(FakeWorld.plain(64, 48, 0x40a060), 2)));
    }

    @Test
    void aLoopOfNinetySevenFramesFits() {
        assertTrue(97 * SMALL <= RasterCache.DEFAULT_BYTES);
    }
}
