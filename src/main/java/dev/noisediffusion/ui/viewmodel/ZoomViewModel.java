package dev.noisediffusion.ui.viewmodel;

import javafx.beans.binding.BooleanExpression;
import javafx.beans.binding.DoubleExpression;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;

/** The part of the pictures that is seen, and how large; the same of all that are compared. */
public final class ZoomViewModel {
    private static final double MOST = 32;
    /** Beyond it the pixels themselves are shown, without smoothing. */
    private static final double SMOOTH_UP_TO = 2;

    private final ReadOnlyObjectWrapper<Viewport> viewport = new ReadOnlyObjectWrapper<>(Viewport.WHOLE);
    private final ReadOnlyDoubleWrapper scale = new ReadOnlyDoubleWrapper(1);
    /** Pixels of the screen for one of the frame, where the whole fills its place. */
    private final DoubleProperty fitted = new SimpleDoubleProperty(1);

    private final DoubleExpression magnification = fitted.multiply(scale);
    /** The magnification that stays, whatever the place of the pictures; 0 while none does. */
    private final DoubleProperty held = new SimpleDoubleProperty();

    private final BooleanExpression pixels = held.greaterThan(0).or(scale.greaterThan(SMOOTH_UP_TO));

    public ReadOnlyObjectProperty<Viewport> viewportProperty() {
        return viewport.getReadOnlyProperty();
    }

    /** 1 where the whole fills its place; below that the whole is smaller than its place. */
    public ReadOnlyDoubleProperty scaleProperty() {
        return scale.getReadOnlyProperty();
    }

    public double scale() {
        return scale.get();
    }

    /** How many pixels of the screen a pixel of the frame is wide. */
    public DoubleExpression magnification() {
        return magnification;
    }

    /** Whether pixels are shown as they are. */
    public BooleanExpression showsPixels() {
        return pixels;
    }

    /**
     * Tells how large the place of the pictures is.
     *
     * @param screenPixels of the screen for one pixel of the frame, where the whole fills its place; above 0
     */
    public void fitsAt(double screenPixels) {
        fitted.set(screenPixels);
        if (held.get() > 0) {
            zoomTo(scaleAt(held.get()), 0.5, 0.5);
        }
    }

    /**
     * Comes nearer, or goes back, at most to where the whole fills its place.
     *
     * @param factor above 1 to come nearer
     * @param x what stays where it is, in [0, 1] of what is seen
     * @param y what stays where it is, in [0, 1] of what is seen
     */
    public void zoomAt(double factor, double x, double y) {
        double next = Math.clamp(scale() * factor, Math.min(scale(), 1), MOST);
        if (next != scale()) {
            zoomTo(next, x, y);
            held.set(0);
        }
    }

    /** Shows a pixel of the frame as one of the screen, also while the place of the pictures changes. */
    public void showActualSize() {
        magnify(1);
    }

    /**
     * Shows a pixel of the frame as wide as so many of the screen, also while the place of the pictures changes.
     *
     * @param times above 0
     */
    public void magnify(double times) {
        zoomTo(scaleAt(times), 0.5, 0.5);
        held.set(times);
    }

    private double scaleAt(double times) {
        return Math.min(times / fitted.get(), MOST);
    }

    /**
     * Moves the pictures under the hand.
     *
     * @param dx to the right, in widths of what is seen
     * @param dy down, in heights of what is seen
     */
    public void pan(double dx, double dy) {
        Viewport before = viewport.get();
        show(before.x() - dx * before.width(), before.y() - dy * before.height(), before.width());
    }

    /** Shows the whole, as large as its place. */
    public void fit() {
        zoomTo(1, 0, 0);
        held.set(0);
    }

    private void zoomTo(double next, double x, double y) {
        Viewport before = viewport.get();
        double side = 1 / Math.max(next, 1);
        scale.set(next);
        show(before.x() + x * (before.width() - side), before.y() + y * (before.height() - side), side);
    }

    private void show(double x, double y, double side) {
        viewport.set(new Viewport(Math.clamp(x, 0, 1 - side), Math.clamp(y, 0, 1 - side), side, side));
    }
}
