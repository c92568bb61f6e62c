package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.SheetPlan;
import dev.noisediffusion.ui.viewmodel.SheetViewModel;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;

/** The arrow keys go through the cells of a sheet that is shown. */
final class SheetKeys {
    private SheetKeys() {}

    /**
     * Does what a key asks for; whether there was anything to do. Left and right come to the first cell from wherever
     * else the keyboard is, and so never reach the film.
     */
    static boolean handle(KeyCode code, SheetViewModel sheet, Scene scene) {
        SheetPlan plan = sheet.planProperty().get();
        int columns = plan == null ? 0 : plan.columns().size();
        int by = switch (code) {
            case LEFT -> -1;
            case RIGHT -> 1;
            case UP -> -columns;
            case DOWN -> columns;
            default -> 0;
        };
        List<Node> cells = scene.getRoot().lookupAll(".sheet-cell").stream().toList();
        int now = cells.indexOf(scene.getFocusOwner());
        boolean sideways = code == KeyCode.LEFT || code == KeyCode.RIGHT;
        if (by == 0 || (now < 0 && !sideways)) {
            return false;
        }
        int next = now < 0 ? 0 : now + by;
        if (next >= 0 && next < cells.size()) {
            cells.get(next).requestFocus();
        }
        return true;
    }
}
