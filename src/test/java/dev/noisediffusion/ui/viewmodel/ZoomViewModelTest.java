package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ZoomViewModelTest {
    private final ZoomViewModel zoom = new ZoomViewModel();

    private Viewport seen() {
        return zoom.viewportProperty().get();
    }

    @Test
    void whatLiesUnderThePointerStaysThere() {
        zoom.zoomAt(2, 0.25, 0.75);
        assertEquals(new Viewport(0.125, 0.375, 0.5, 0.5), seen());
        double x = seen().x() + 0.6 * seen().width();
        zoom.zoomAt(1.7, 0.6, 0.5);
        assertEquals(x, seen().x() + 0.6 * seen().width(), 1e-12);
    }

    @Test
    void thePictureFollowsTheHandAndStopsAtItsEdges() {
        zoom.zoomAt(4, 0.5, 0.5);
        zoom.pan(0.5, -0.5);
        assertEquals(new Viewport(0.25, 0.5, 0.25, 0.25), seen());
        zoom.pan(9, -9);
        assertEquals(new Viewport(0, 0.75, 0.25, 0.25), seen());
        zoom.fit();
        zoom.pan(0.5, 0.5);
        assertEquals(Viewport.WHOLE, seen());
    }

    @Test
    void pixelsAreShownAsTheyAreBeyondTwice() {
        assertFalse(zoom.showsPixels().get());
        zoom.zoomAt(2, 0.5, 0.5);
        assertFalse(zoom.showsPixels().get());
        zoom.zoomAt(1.01, 0.5, 0.5);
        assertTrue(zoom.showsPixels().get());
        zoom.zoomAt(1000, 0.5, 0.5);
        assertEquals(32, zoom.scale(), 1e-9);
        zoom.zoomAt(1e-9, 0.2, 0.2);
        assertEquals(Viewport.WHOLE, seen());
    }

    @Test
    void itSaysHowManyPixelsOfTheScreenOneOfTheFrameHas() {
        zoom.fitsAt(4);
        zoom.zoomAt(1.25, 0.5, 0.5);
        assertEquals(5, zoom.magnification().get(), 1e-12);
        zoom.fitsAt(2);
        assertEquals(2.5, zoom.magnification().get(), 1e-12);
        assertEquals(1.25, zoom.scale());
    }

    @Test
    void atActualSizeAPixelOfTheFrameIsOneOfTheScreenWhateverItsPlace() {
        zoom.fitsAt(4);
        zoom.showActualSize();
        assertEquals(0.25, zoom.scale());
        assertEquals(Viewport.WHOLE, seen());
        assertTrue(zoom.showsPixels().get());
        zoom.fitsAt(0.5);
        assertEquals(1, zoom.magnification().get(), 1e-12);
        assertEquals(new Viewport(0.25, 0.25, 0.5, 0.5), seen());
        zoom.fit();
        assertFalse(zoom.showsPixels().get());
        zoom.fitsAt(0.25);
        assertEquals(1, zoom.scale());
    }

    @Test
    void aPixelOfTheFrameIsTwoOfTheScreenWhateverItsPlace() {
        zoom.fitsAt(4);
        zoom.magnify(2);
        assertEquals(0.5, zoom.scale());
        assertTrue(zoom.showsPixels().get());
        zoom.fitsAt(1);
        assertEquals(2, zoom.magnification().get(), 1e-12);
        zoom.zoomAt(1.25, 0.5, 0.5);
        assertEquals(2.5, zoom.scale(), 1e-12);
        zoom.fitsAt(2);
        assertEquals(2.5, zoom.scale(), 1e-12);
    }

    @Test
    void whoGoesBackStopsWhereTheWholeFillsItsPlace() {
        zoom.fitsAt(4);
        zoom.zoomAt(0.5, 0.5, 0.5);
        assertEquals(1, zoom.scale());
        zoom.showActualSize();
        zoom.zoomAt(0.5, 0.5, 0.5);
        assertEquals(1, zoom.magnification().get(), 1e-12);
        zoom.zoomAt(2, 0.5, 0.5);
        assertEquals(0.5, zoom.scale());
        assertFalse(zoom.showsPixels().get());
    }
}
