package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.KeyframeViewModel;
import dev.noisediffusion.ui.viewmodel.Viewport;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Cursor;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.util.Subscription;

/** A picture behind a frame of the model's shape: the picture is moved and zoomed, what lies beyond is dimmed. */
final class CropView extends Region {
    private static final double MARGIN = 10;
    private static final double NUDGE = 0.05;

    private final KeyframeViewModel keyframe;
    private final ObservableBooleanValue chosen;
    private final ImageView picture = new ImageView();
    private final ImageView clipMap = Nodes.styled(new ImageView(), "clip-map");
    private final OnionSkin neighbour;
    private final Rectangle frame = Nodes.styled(new Rectangle(), "crop-frame");
    private final List<Rectangle> shades = Stream.generate(() -> Nodes.styled(new Rectangle(), "crop-shade"))
            .limit(4)
            .toList();
    private final Rectangle clip = new Rectangle();
    private final Subscription shapeChanges;
    private boolean gripped;
    private double lastX;
    private double lastY;

    /**
     * The view of a picture's crop.
     *
     * @param slots all of them, in order; followed: the picture beside this one shows through while the crop moves
     * @param chosen whether the wheel is for the picture by itself, and not for the column that it lies in
     */
    CropView(List<KeyframeViewModel> slots, KeyframeViewModel keyframe, ObservableBooleanValue chosen) {
        this.keyframe = keyframe;
        this.chosen = chosen;
        this.neighbour = new OnionSkin(slots, keyframe);
        getStyleClass().add("crop");
        getChildren().add(picture);
        getChildren().addAll(shades);
        getChildren().addAll(clipMap, neighbour, frame);
        clip.setArcWidth(12);
        clip.setArcHeight(12);
        setClip(clip);
        setCursor(Cursor.OPEN_HAND);
        picture.setSmooth(true);
        Nodes.follow(keyframe.raster(), raster -> {
            picture.setImage(Nodes.image(raster));
            requestLayout();
        });
        clipMap.setSmooth(true);
        clipMap.setMouseTransparent(true);
        Nodes.follow(keyframe.clipMapProperty(), map -> {
            clipMap.setImage(Nodes.image(map));
            requestLayout();
        });
        Nodes.follow(keyframe.viewportChanges(), crop -> requestLayout());
        shapeChanges = keyframe.shape().subscribe(shape -> requestLayout());
        listen();
    }

    /** Follows the shape of the model no more, which outlives the picture and would keep this view. */
    void release() {
        shapeChanges.unsubscribe();
    }

    private void listen() {
        setOnMousePressed(this::grip);
        setOnMouseDragged(this::drag);
        setOnMouseReleased(event -> {
            gripped = false;
            setCursor(Cursor.OPEN_HAND);
            neighbour.letGo();
        });
        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                keyframe.resetCrop();
            }
        });
        setOnScroll(this::zoom);
        setOnZoom(event -> {
            keyframe.zoom(event.getZoomFactor());
            neighbour.glance();
            event.consume();
        });
    }

    private void grip(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY) {
            gripped = true;
            lastX = event.getX();
            lastY = event.getY();
            setCursor(Cursor.CLOSED_HAND);
        }
    }

    private void drag(MouseEvent event) {
        if (!gripped) {
            return;
        }
        keyframe.pan((lastX - event.getX()) / frame.getWidth(), (lastY - event.getY()) / frame.getHeight());
        lastX = event.getX();
        lastY = event.getY();
        neighbour.hold();
        event.consume();
    }

    private void zoom(ScrollEvent event) {
        if (event.getDeltaY() != 0 && (chosen.get() || event.isShortcutDown())) {
            keyframe.zoom(Math.pow(1.1, event.getDeltaY() / 40));
            neighbour.glance();
            event.consume();
        }
    }

    /** Shift and an arrow move, plus and minus zoom, H mirrors, zero begins again; with Ctrl they are for others. */
    void onKey(KeyEvent event) {
        if (event.isShortcutDown()) {
            return;
        }
        KeyCode code = event.getCode();
        if (code == KeyCode.PLUS || code == KeyCode.ADD || code == KeyCode.EQUALS) {
            keyframe.zoom(1.1);
        } else if (code == KeyCode.MINUS || code == KeyCode.SUBTRACT) {
            keyframe.zoom(1 / 1.1);
        } else if (code == KeyCode.DIGIT0 || code == KeyCode.NUMPAD0) {
            keyframe.resetCrop();
        } else if (code == KeyCode.H) {
            keyframe.mirror();
        } else if (event.isShiftDown() && code.isArrowKey()) {
            keyframe.pan(
                    code == KeyCode.LEFT ? -NUDGE : code == KeyCode.RIGHT ? NUDGE : 0,
                    code == KeyCode.UP ? -NUDGE : code == KeyCode.DOWN ? NUDGE : 0);
        } else {
            return;
        }
        neighbour.glance();
        event.consume();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        Bounds hole = hole(width, height);
        place(frame, hole.getMinX(), hole.getMinY(), hole.getWidth(), hole.getHeight());
        place(clip, 0, 0, width, height);
        place(shades.get(0), 0, 0, width, hole.getMinY());
        place(shades.get(1), 0, hole.getMaxY(), width, height - hole.getMaxY());
        place(shades.get(2), 0, hole.getMinY(), hole.getMinX(), hole.getHeight());
        place(shades.get(3), hole.getMaxX(), hole.getMinY(), width - hole.getMaxX(), hole.getHeight());
        clipMap.setFitWidth(hole.getWidth());
        clipMap.setFitHeight(hole.getHeight());
        clipMap.relocate(hole.getMinX(), hole.getMinY());
        neighbour.resizeRelocate(hole.getMinX(), hole.getMinY(), hole.getWidth(), hole.getHeight());
        Viewport used = keyframe.viewport();
        boolean mirrored = keyframe.mirrored().get();
        double before = mirrored ? 1 - used.x() - used.width() : used.x();
        picture.setFitWidth(hole.getWidth() / used.width());
        picture.setFitHeight(hole.getHeight() / used.height());
        picture.setScaleX(mirrored ? -1 : 1);
        picture.relocate(
                hole.getMinX() - before * picture.getFitWidth(), hole.getMinY() - used.y() * picture.getFitHeight());
    }

    private Bounds hole(double width, double height) {
        double ratio = keyframe.shape().getValue().ratio();
        double holeWidth = Math.max(1, Math.min(width - 2 * MARGIN, (height - 2 * MARGIN) * ratio));
        double holeHeight = holeWidth / ratio;
        return new BoundingBox(
                Math.round((width - holeWidth) / 2), Math.round((height - holeHeight) / 2), holeWidth, holeHeight);
    }

    private static void place(Rectangle rectangle, double x, double y, double width, double height) {
        rectangle.setX(x);
        rectangle.setY(y);
        rectangle.setWidth(Math.max(0, width));
        rectangle.setHeight(Math.max(0, height));
    }
}
