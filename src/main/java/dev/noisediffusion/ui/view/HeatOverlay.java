package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.CriticViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.Viewport;
import javafx.scene.AccessibleRole;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/** Lies exactly over the frame in sight: where its artifacts are. */
final class HeatOverlay extends Region {
    private final ImageView heat = new ImageView();
    private final Rectangle clip = new Rectangle();
    private Viewport part = Viewport.WHOLE;

    HeatOverlay(CriticViewModel critic, Texts texts) {
        setId("artifact-heat");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(texts.get("critic.heat.tooltip"));
        setMouseTransparent(true);
        heat.setSmooth(true);
        getChildren().add(heat);
        setClip(clip);
        visibleProperty().bind(critic.heatProperty().isNotNull());
        Nodes.follow(critic.heatProperty(), raster -> heat.setImage(Nodes.image(raster)));
    }

    /** The part of the frame that is in sight. */
    void show(Viewport shown) {
        part = shown;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        clip.setWidth(getWidth());
        clip.setHeight(getHeight());
        double width = getWidth() / part.width();
        double height = getHeight() / part.height();
        heat.setFitWidth(width);
        heat.setFitHeight(height);
        heat.relocate(-part.x() * width, -part.y() * height);
    }
}
