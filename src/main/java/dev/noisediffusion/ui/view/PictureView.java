package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.Raster;
import dev.noisediffusion.ui.viewmodel.Viewport;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.HPos;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Label;
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
    private final List<Region> covers = new ArrayList<>();
    private Viewport seen = Viewport.WHOLE;
    private double size = 1;
    private HPos captionPlace = HPos.CENTER;
    private double uncovered;

    PictureView(ObservableValue<@Nullable Raster> raster, double cornerRadius) {
        this(raster, cornerRadius, new Group(), new Group());
    }

    /**
     * A picture with something written about it.
     *
     * @param badge in the upper right corner
     * @param caption below, centred unless it is {@linkplain #placeCaption placed}
     */
    PictureView(ObservableValue<@Nullable Raster> raster, double cornerRadius, Node badge, Node caption) {
        this.badge = badge;
        this.caption = caption;
        getStyleClass().add("picture");
        // The name is that of the whole, and screen readers pass over what has no role.
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        view.setAccessibleRole(AccessibleRole.NODE);
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

    /** What is written about a picture; where it has not room enough, its tooltip says all of it. */
    static Label caption(ObservableValue<String> text) {
        Label caption = Nodes.boundLabel(text, "caption");
        Nodes.follow(text, words -> Nodes.tooltip(caption, words));
        return caption;
    }

    /**
     * Lays a node over the picture and over those laid there before, beneath what is written about it; it is always exactly
     * where the picture is.
     */
    void cover(Region with) {
        covers.add(with);
        getChildren().add(getChildren().indexOf(view) + covers.size(), with);
    }

    /**
     * Shows a part only, in the place of the whole, or the whole smaller than its place.
     *
     * @param share of the size that fills the place, in (0, 1]
     */
    void zoom(Viewport part, double share, boolean pixels) {
        seen = part;
        size = share;
        view.setSmooth(!pixels);
        requestLayout();
    }

    /** What the mouse looks like over the picture itself, not over what is written about it. */
    void showHand(Cursor hand) {
        view.setCursor(hand);
    }

    /** Where beneath the picture the caption stands; not in the middle, it leaves the other half to another one. */
    void placeCaption(HPos place) {
        captionPlace = place;
        requestLayout();
    }

    /**
     * Leaves the left part out.
     *
     * @param share of the width, in [0, 1]
     */
    void uncover(double share) {
        uncovered = share;
        requestLayout();
    }

    private double captionRoom() {
        double height = caption.isManaged() ? caption.prefHeight(-1) : 0;
        return height > 0 ? height + CAPTION_GAP : 0;
    }

    /** No wider than its place: half of the view where another caption has the other half, else the whole. */
    private double captionWidth() {
        double place = captionPlace == HPos.CENTER ? getWidth() : Math.max(0, (getWidth() - CAPTION_GAP) / 2);
        return Math.min(caption.prefWidth(-1), place);
    }

    /** At its edge of the picture, or beyond that as far as it needs to stay in its half; always in the view. */
    private double captionX(double width, Bounds picture) {
        double middle = getWidth() / 2;
        double wished = switch (captionPlace) {
            case LEFT -> Math.min(picture.getMinX(), middle - CAPTION_GAP / 2 - width);
            case CENTER -> picture.getCenterX() - width / 2;
            case RIGHT -> Math.max(picture.getMaxX() - width, middle + CAPTION_GAP / 2);
        };
        return Math.clamp(Math.floor(wished), 0, getWidth() - width);
    }

    /** The width that the picture fills at a height of the view; 0 while there is none. */
    double widthAt(double height) {
        Image image = view.getImage();
        return image == null ? 0 : Math.max(0, height - captionRoom()) * image.getWidth() / image.getHeight();
    }

    /** How wide the picture is where the whole of it fills its place; 0 while there is none. */
    double fittedWidth() {
        Image image = view.getImage();
        return image == null ? 0 : Math.max(0, Math.floor(image.getWidth() * fittedScale(image)));
    }

    private double fittedScale(Image image) {
        return Math.min(getWidth() / image.getWidth(), (getHeight() - captionRoom()) / image.getHeight());
    }

    /** A side of the picture, from what fills its place to what is asked for, in whole pixels of the screen. */
    private double sized(double fitted) {
        return size < 1 ? snapPositionX(Math.floor(fitted) * size) : Math.floor(fitted);
    }

    /** Where the picture lies in this view. */
    Bounds place() {
        return new BoundingBox(view.getLayoutX(), view.getLayoutY(), view.getFitWidth(), view.getFitHeight());
    }

    @Override
    protected void layoutChildren() {
        Image image = view.getImage();
        double room = getHeight() - captionRoom();
        if (getWidth() <= 0 || room <= 0) {
            return;
        }
        if (image != null) {
            layoutPicture(image, room);
        }
        layoutCaption(view.getFitHeight() > 0 ? place() : new BoundingBox(0, 0, getWidth(), room));
    }

    private void layoutPicture(Image image, double room) {
        double scale = fittedScale(image);
        double width = sized(image.getWidth() * scale);
        double height = sized(image.getHeight() * scale);
        double x = Math.floor((getWidth() - width) / 2);
        double y = Math.floor((room - height) / 2);
        view.setFitWidth(width);
        view.setFitHeight(height);
        view.setViewport(new Rectangle2D(
                seen.x() * image.getWidth(),
                seen.y() * image.getHeight(),
                seen.width() * image.getWidth(),
                seen.height() * image.getHeight()));
        double left = Math.round(uncovered * width);
        clip.setX(left);
        clip.setWidth(width - left);
        clip.setHeight(height);
        view.relocate(x, y);
        covers.forEach(cover -> cover.resizeRelocate(x, y, width, height));
        badge.autosize();
        badge.relocate(x + width - badge.getLayoutBounds().getWidth() - BADGE_INSET, y + BADGE_INSET);
    }

    /** @param picture where it is, or was until it was taken away */
    private void layoutCaption(Bounds picture) {
        double width = captionWidth();
        caption.resize(width, caption.prefHeight(-1));
        caption.relocate(captionX(width, picture), picture.getMaxY() + CAPTION_GAP);
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
