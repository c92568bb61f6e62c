package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.ZoomViewModel;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.input.GestureEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import org.jspecify.annotations.Nullable;

/**
 * The mouse and fingers on the pictures: the wheel and a pinch zoom, a drag moves what is zoomed or the line of a wipe, scrolling
 * sideways or with Shift moves what is zoomed too, a double click fits.
 */
final class PictureGestures {
    /** Of one notch of the wheel, which is about 40. */
    private static final double ZOOM_PER_UNIT = Math.pow(1.25, 1 / 40.0);

    private final PicturesView pictures;
    private final ZoomViewModel zoom;
    private @Nullable Point2D last;
    private boolean drawsLine;

    private PictureGestures(PicturesView pictures, ZoomViewModel zoom) {
        this.pictures = pictures;
        this.zoom = zoom;
    }

    static void install(PicturesView pictures, ZoomViewModel zoom) {
        var gestures = new PictureGestures(pictures, zoom);
        pictures.addEventHandler(ScrollEvent.SCROLL, gestures::scroll);
        pictures.addEventHandler(ZoomEvent.ZOOM, event -> gestures.zoom(event, event.getZoomFactor()));
        // A field that was typed in lets go of the keyboard.
        pictures.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> pictures.requestFocus());
        pictures.addEventHandler(MouseEvent.MOUSE_PRESSED, gestures::press);
        pictures.addEventHandler(MouseEvent.MOUSE_DRAGGED, gestures::drag);
        // The brush keeps the end of its strokes to itself, and yet no drag goes on after it.
        pictures.addEventFilter(MouseEvent.MOUSE_RELEASED, event -> gestures.letGo());
        pictures.addEventHandler(MouseEvent.MOUSE_CLICKED, gestures::click);
    }

    /** Also while the brush is out, which keeps drags to itself. A finger that lies on the screen is a drag as well. */
    private void scroll(ScrollEvent event) {
        boolean sideways = Math.abs(event.getDeltaX()) > Math.abs(event.getDeltaY());
        if (event.isDirect() || !(sideways || event.isShiftDown())) {
            zoom(event, Math.pow(ZOOM_PER_UNIT, event.getDeltaY()));
            return;
        }
        pictures.pictureAt(event.getX(), event.getY()).ifPresent(place -> {
            zoom.pan(event.getDeltaX() / place.getWidth(), event.getDeltaY() / place.getHeight());
            event.consume();
        });
    }

    private void zoom(GestureEvent event, double factor) {
        pictures.pictureAt(event.getX(), event.getY()).ifPresent(place -> {
            zoom.zoomAt(
                    factor,
                    (event.getX() - place.getMinX()) / place.getWidth(),
                    (event.getY() - place.getMinY()) / place.getHeight());
            event.consume();
        });
    }

    /** The middle button only moves what is zoomed: it reaches the pictures through the brush too. */
    private void press(MouseEvent event) {
        boolean main = event.getButton() == MouseButton.PRIMARY;
        boolean counts = (main || event.getButton() == MouseButton.MIDDLE)
                && pictures.pictureAt(event.getX(), event.getY()).isPresent();
        last = counts ? new Point2D(event.getX(), event.getY()) : null;
        drawsLine = counts && main && pictures.isOnLine(event.getX());
        pictures.hold(counts && !drawsLine);
    }

    private void letGo() {
        last = null;
        pictures.hold(false);
    }

    private void drag(MouseEvent event) {
        if (last == null) {
            return;
        }
        if (drawsLine) {
            pictures.moveLine(event.getX());
        } else {
            Point2D from = last;
            last = new Point2D(event.getX(), event.getY());
            pictures.pictureAt(from.getX(), from.getY()).ifPresent(place -> pan(from, event, place));
        }
    }

    private void pan(Point2D from, MouseEvent event, Bounds place) {
        zoom.pan((event.getX() - from.getX()) / place.getWidth(), (event.getY() - from.getY()) / place.getHeight());
    }

    private void click(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
            zoom.fit();
        }
    }
}
