package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.Raster;
import javafx.beans.value.ObservableValue;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/** A picture as large as its place allows, whole, with smooth edges. */
final class PictureView extends Region {
    private final ImageView view = new ImageView();
    private final Rectangle clip = new Rectangle();

    PictureView(ObservableValue<@Nullable Raster> raster, double cornerRadius) {
        getStyleClass().add("picture");
        view.setPreserveRatio(true);
        view.setSmooth(true);
        clip.setArcWidth(2 * cornerRadius);
        clip.setArcHeight(2 * cornerRadius);
        view.setClip(clip);
        getChildren().add(view);
        setMinSize(0, 0);
        Nodes.follow(raster, shown -> {
            view.setImage(Nodes.image(shown));
            requestLayout();
        });
    }

    @Override
    protected void layoutChildren() {
        Image image = view.getImage();
        if (image == null || getWidth() <= 0 || getHeight() <= 0) {
            return;
        }
        double scale = Math.min(getWidth() / image.getWidth(), getHeight() / image.getHeight());
        double width = Math.floor(image.getWidth() * scale);
        double height = Math.floor(image.getHeight() * scale);
        view.setFitWidth(width);
        view.setFitHeight(height);
        clip.setWidth(width);
        clip.setHeight(height);
        view.relocate(Math.floor((getWidth() - width) / 2), Math.floor((getHeight() - height) / 2));
    }

    @Override
    protected double computePrefWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 0;
    }
}
