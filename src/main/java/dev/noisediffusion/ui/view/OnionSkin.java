package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.KeyframeViewModel;
import dev.noisediffusion.ui.viewmodel.Viewport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.animation.PauseTransition;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Region;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The part of the neighbouring picture that is used, laid over the frame of a crop to line both up: the nearest picture
 * before, or behind the first one. It is seen while the crop moves, and goes when the hand rests.
 */
final class OnionSkin extends Region {
    private static final double SHOWS_THROUGH = 0.45;
    private static final Duration AFTER_DRAG = Duration.millis(300);
    /** Longer than keys take to repeat themselves. */
    private static final Duration AFTER_STEP = Duration.millis(900);

    private final List<KeyframeViewModel> slots;
    private final KeyframeViewModel keyframe;
    private final ImageView picture = new ImageView();
    private final Path thirds = Nodes.styled(new Path(), "crop-thirds");
    private final PauseTransition rest = new PauseTransition();
    private @Nullable KeyframeViewModel neighbour;

    /** @param slots all of them, in order; followed */
    OnionSkin(List<KeyframeViewModel> slots, KeyframeViewModel keyframe) {
        this.slots = slots;
        this.keyframe = keyframe;
        getStyleClass().add("onion-skin");
        setManaged(false);
        setMouseTransparent(true);
        setVisible(false);
        picture.setOpacity(SHOWS_THROUGH);
        getChildren().addAll(picture, thirds);
        rest.setOnFinished(event -> hide());
    }

    /** The hand moves the picture, and may pause. */
    void hold() {
        rest.stop();
        show();
    }

    /** The hand lets go of the picture. */
    void letGo() {
        goAfter(AFTER_DRAG);
    }

    /** The picture was moved by a key or the wheel, and may be at once again. */
    void glance() {
        show();
        goAfter(AFTER_STEP);
    }

    private void goAfter(Duration pause) {
        if (isVisible()) {
            rest.stop();
            rest.setDuration(pause);
            rest.playFromStart();
        }
    }

    private void show() {
        if (!isVisible()) {
            neighbour = neighbour().orElse(null);
            picture.setImage(
                    neighbour == null ? null : Nodes.image(neighbour.raster().getValue()));
            setVisible(neighbour != null);
            requestLayout();
        }
    }

    private void hide() {
        setVisible(false);
        picture.setImage(null);
        neighbour = null;
    }

    private Optional<KeyframeViewModel> neighbour() {
        int own = slots.indexOf(keyframe);
        return own < 0
                ? Optional.empty()
                : Stream.concat(
                                slots.subList(0, own).reversed().stream(),
                                slots.subList(own + 1, slots.size()).stream())
                        .filter(slot -> slot.raster().getValue() != null)
                        .findFirst();
    }

    @Override
    protected void layoutChildren() {
        KeyframeViewModel shown = neighbour;
        Image image = picture.getImage();
        if (shown == null || image == null) {
            return;
        }
        Viewport used = shown.viewport();
        double width = image.getWidth();
        double height = image.getHeight();
        picture.setViewport(
                new Rectangle2D(used.x() * width, used.y() * height, used.width() * width, used.height() * height));
        picture.setFitWidth(getWidth());
        picture.setFitHeight(getHeight());
        picture.setScaleX(shown.mirrored().get() ? -1 : 1);
        thirds.getElements().clear();
        for (int third = 1; third <= 2; third++) {
            double x = Math.round(getWidth() * third / 3);
            double y = Math.round(getHeight() * third / 3);
            thirds.getElements()
                    .addAll(new MoveTo(x, 0), new LineTo(x, getHeight()), new MoveTo(0, y), new LineTo(getWidth(), y));
        }
    }
}
