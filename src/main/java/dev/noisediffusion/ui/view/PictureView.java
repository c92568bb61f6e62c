package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.Raster;
import javafx.beans.value.ObservableValue;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/** A picture as large as its place allows, whole, with smooth edges. */
final class PictureView extends Region {
    private static final double CAPTION_GAP = 12;
    private static final double BADGE_INSET = 10;

    private final Node badge;
    private final Node caption;
    private final ImageView view = new ImageView();
    private final Rectangle clip = new Rectangle();
    private Region cover = new Region();

    PictureView(ObservableValue<@Nullable Raster> raster, double cornerRadius) {
        this(raster, cornerRadius, new Group(), new Group());
    }

    /**
     * A picture with something written about it.
     *
     * @param badge in the upper right corner
     * @param caption below, centred
     */
    PictureView(ObservableValue<@Nullable Raster> raster, double cornerRadius, Node badge, Node caption) {
        this.badge = badge;
        this.caption = caption;
        getStyleClass().add("picture");
        view.setPreserveRatio(true);
        view.setSmooth(true);
        clip.setArcWidth(2 * cornerRadius);
        clip.setArcHeight(2 * cornerRadius);
        view.setClip(clip);
        getChildren().addAll(view, badge, caption);
        setMinSize(0, 0);
        Nodes.follow(raster, shown -> {
            view.setImage(Nodes.image(shown));
            requestLayout();
        });
    }

    /** Lays a node over the picture, beneath what is written about it; it is always exactly where the picture is. */
    void cover(Region with) {
        cover = with;
        getChildren().add(getChildren().indexOf(view) + 1, with);
    }

    @Override
    protected void layoutChildren() {
        Image image = view.getImage();
        double captionHeight = caption.isManaged() ? caption.prefHeight(-1) : 0;
        double room = getHeight() - (captionHeight > 0 ? 2 * (captionHeight + CAPTION_GAP) : 0);
        if (image == null || getWidth() <= 0 || room <= 0) {
            return;
        }
        double scale = Math.min(getWidth() / image.getWidth(), room / image.getHeight());
        double width = Math.floor(image.getWidth() * scale);
        double height = Math.floor(image.getHeight() * scale);
        double x = Math.floor((getWidth() - width) / 2);
        double y = Math.floor((getHeight() - height) / 2);
        view.setFitWidth(width);
        view.setFitHeight(height);
        clip.setWidth(width);
        clip.setHeight(height);
        view.relocate(x, y);
        cover.resizeRelocate(x, y, width, height);
        badge.autosize();
        badge.relocate(x + width - badge.getLayoutBounds().getWidth() - BADGE_INSET, y + BADGE_INSET);
        caption.autosize();
        caption.relocate(Math.floor(x + (width - caption.getLayoutBounds().getWidth()) / 2), y + height + CAPTION_GAP);
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
