package dev.noisediffusion.ui.viewmodel;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The part of the pictures that is seen, the same of all that are compared. */
public final class ZoomViewModel {
    private static final double MOST = 32;
    /** Beyond it the pixels themselves are shown, without smoothing. */
    private static final double SMOOTH_UP_TO = 2;

    private final ReadOnlyObjectWrapper<Viewport> viewport = new ReadOnlyObjectWrapper<>(Viewport.WHOLE);
    private final BooleanExpression pixels = Bindings.createBooleanBinding(() -> scale() > SMOOTH_UP_TO, viewport);

    public ReadOnlyObjectProperty<Viewport> viewportProperty() {
        return viewport.getReadOnlyProperty();
    }

    /** Whether pixels are shown as they are. */
    public BooleanExpression showsPixels() {
        return pixels;
    }

    /** 1 where the whole picture is seen. */
    public double scale() {
        return 1 / viewport.get().width();
    }

    /**
     * Comes nearer, or goes back.
     *
     * @param factor above 1 to come nearer
     * @param x what stays where it is, in [0, 1] of what is seen
     * @param y what stays where it is, in [0, 1] of what is seen
     */
    public void zoomAt(double factor, double x, double y) {
        Viewport before = viewport.get();
        double side = 1 / Math.clamp(scale() * factor, 1, MOST);
        show(before.x() + x * (before.width() - side), before.y() + y * (before.height() - side), side);
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

    /** Shows the whole. */
    public void fit() {
        viewport.set(Viewport.WHOLE);
    }

    private void show(double x, double y, double side) {
        viewport.set(new Viewport(Math.clamp(x, 0, 1 - side), Math.clamp(y, 0, 1 - side), side, side));
    }
}
