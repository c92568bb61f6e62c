package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.ZoomViewModel;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Side;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;

/** How large the pictures are, and the sizes to choose from. */
final class ZoomMenu extends MenuButton {
    ZoomMenu(ZoomViewModel zoom, Texts texts) {
        setId("zoom");
        getStyleClass().addAll("pill", "zoom");
        setPopupSide(Side.TOP);
        ObservableValue<String> percent = zoom.magnification().map(times -> texts.get("preview.zoom", times));
        textProperty().bind(percent);
        Nodes.describe(this, texts.get("preview.zoom.tooltip"));
        accessibleTextProperty().bind(percent.map(size -> texts.get("preview.zoom.menu", size)));
        getItems().addAll(items(zoom, texts));
    }

    /** The sizes; their keys are told in words, since as accelerators they would be heard in every field. */
    static List<MenuItem> items(ZoomViewModel zoom, Texts texts) {
        return List.of(
                Nodes.menuItem("zoom-fit", texts.get("preview.zoom.fit"), zoom::fit),
                Nodes.menuItem("zoom-actual", texts.get("preview.zoom.actual", 1.0), zoom::showActualSize),
                Nodes.menuItem("zoom-twice", texts.get("preview.zoom", 2.0), () -> zoom.magnify(2)));
    }
}
