package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.ZoomViewModel;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Zooms and moves the pictures by keyboard. */
final class ZoomKeys {
    private static final double NEARER = 1.25;
    private static final double STEP = 0.1;

    private ZoomKeys() {}

    /** Does what a key asks for; whether there was anything to do. */
    static boolean handle(KeyEvent event, ZoomViewModel zoom) {
        return zoom(event.getCode(), zoom) || (event.isShiftDown() && zoom.scale() > 1 && pan(event, zoom));
    }

    /** Does what a key asks for that zooms; whether there was anything to do. */
    static boolean zoom(KeyCode code, ZoomViewModel zoom) {
        switch (code) {
            case PLUS, ADD, EQUALS -> zoom.zoomAt(NEARER, 0.5, 0.5);
            case MINUS, SUBTRACT -> zoom.zoomAt(1 / NEARER, 0.5, 0.5);
            case DIGIT0, NUMPAD0 -> zoom.fit();
            case DIGIT1, NUMPAD1 -> zoom.showActualSize();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean pan(KeyEvent event, ZoomViewModel zoom) {
        switch (event.getCode()) {
            case LEFT -> zoom.pan(STEP, 0);
            case RIGHT -> zoom.pan(-STEP, 0);
            case UP -> zoom.pan(0, STEP);
            case DOWN -> zoom.pan(0, -STEP);
            default -> {
                return false;
            }
        }
        return true;
    }
}
