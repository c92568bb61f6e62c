package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.util.List;
import javafx.stage.Window;

/** All that the studio has on the screen. */
public final class AllWindows {
    private AllWindows() {}

    /**
     * Asks all work to end and takes the studio from the screen, so that nothing is done any more that would be lost; on the FX
     * thread. Popups go before the window, the newest first: the toolkit crashes when it ends while one is open.
     */
    public static void leave(StudioViewModel studio) {
        studio.cancelAll();
        List.copyOf(Window.getWindows()).reversed().forEach(Window::hide);
    }
}
