package dev.noisediffusion.ui.viewmodel;

import java.util.Comparator;
import java.util.List;

/**
 * Where a window stands, in the units of the screen.
 *
 * @param maximized whether it fills the screen; the other numbers then say what it goes back to
 */
public record WindowPlace(double x, double y, double width, double height, boolean maximized) {
    /**
     * A place in the middle of a screen, beyond its edges where that is smaller.
     *
     * @param screen the part of it that windows may use
     */
    public static WindowPlace centred(double width, double height, WindowPlace screen) {
        return new WindowPlace(
                screen.x + (screen.width - width) / 2, screen.y + (screen.height - height) / 2, width, height, false);
    }

    /**
     * The place nearest to this one that lies on a screen as a whole.
     *
     * @param screens the parts of them that windows may use, at least one
     * @param minWidth that the window needs
     * @param minHeight that the window needs
     */
    public WindowPlace within(List<WindowPlace> screens, double minWidth, double minHeight) {
        WindowPlace screen =
                screens.stream().max(Comparator.comparingDouble(this::shared)).orElseThrow();
        double fittingWidth = Math.min(Math.max(width, minWidth), Math.max(minWidth, screen.width));
        double fittingHeight = Math.min(Math.max(height, minHeight), Math.max(minHeight, screen.height));
        return new WindowPlace(
                Math.max(screen.x, Math.min(x, screen.x + screen.width - fittingWidth)),
                Math.max(screen.y, Math.min(y, screen.y + screen.height - fittingHeight)),
                fittingWidth,
                fittingHeight,
                maximized);
    }

    private double shared(WindowPlace other) {
        double across = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
        double down = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
        return Math.max(0, across) * Math.max(0, down);
    }
}
