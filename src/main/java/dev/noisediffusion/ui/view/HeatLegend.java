package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.HeatMap;
import dev.noisediffusion.ui.viewmodel.HeatRange;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What the colours of a heat map mean, and how far the pictures differ on the whole. */
final class HeatLegend extends VBox {
    private static final double WIDTH = 180;
    private static final double HEIGHT = 8;

    HeatLegend(
            ObservableValue<String> caption,
            ObservableValue<@Nullable HeatMap> heat,
            ObservableValue<HeatRange> range,
            Texts texts) {
        getStyleClass().add("heat-legend");
        var ramp = new ImageView(Nodes.image(HeatMap.legend()));
        ramp.setFitWidth(WIDTH);
        ramp.setFitHeight(HEIGHT);
        Label top = Nodes.boundLabel(range.map(chosen -> texts.get("compare.heat.top", chosen.top())), "hint");
        Label mean = Nodes.boundLabel(
                Bindings.createStringBinding(() -> mean(heat.getValue(), texts), heat), "hint", "heat-mean");
        mean.setId("heat-mean");
        getChildren()
                .addAll(
                        PictureView.caption(caption),
                        Nodes.styled(
                                new HBox(Nodes.label(texts.get("compare.heat.same"), "hint"), ramp, top, mean),
                                "heat-scale"));
    }

    private static String mean(@Nullable HeatMap map, Texts texts) {
        return map == null ? "" : texts.get("compare.heat.mean", map.mean());
    }
}
