package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.BrushMode;
import dev.noisediffusion.ui.viewmodel.MaskToolViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.Viewport;
import java.util.Locale;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.Group;
import javafx.scene.image.ImageView;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Rectangle;

/** Lies exactly over a picture: the mask in colours, and the brush that paints it. There only while the tool is out. */
final class MaskOverlay extends Region {
    private final MaskToolViewModel tool;
    private final ImageView colours = new ImageView();
    private final Circle rim = Nodes.styled(new Circle(), "brush-rim");
    private final Circle shade = Nodes.styled(new Circle(), "brush-shade");
    private final Circle core = Nodes.styled(new Circle(), "brush-core");
    private final Group brush = new Group(shade, rim, core);
    private final Rectangle clip = new Rectangle();
    private Viewport part = Viewport.WHOLE;

    MaskOverlay(MaskToolViewModel tool, Texts texts) {
        this.tool = tool;
        setId("mask-overlay");
        getStyleClass().add("mask-overlay");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(texts.get("mask.picture"));
        getChildren().addAll(colours, brush);
        colours.setSmooth(true);
        brush.setManaged(false);
        brush.setVisible(false);
        setClip(clip);
        setCursor(Cursor.CROSSHAIR);
        visibleProperty().bind(tool.inHandProperty());
        Nodes.follow(tool.colours(), raster -> {
            colours.setImage(Nodes.image(raster));
            requestLayout();
        });
        Nodes.follow(tool.size().valueProperty(), size -> requestLayout());
        Nodes.follow(tool.softness().valueProperty(), softness -> requestLayout());
        Nodes.follow(tool.mode().valueProperty(), this::tint);
        listen();
    }

    private void tint(BrushMode mode) {
        rim.getStyleClass().setAll("brush-rim", "brush-" + mode.name().toLowerCase(Locale.ROOT));
    }

    private void listen() {
        setOnMousePressed(this::press);
        setOnMouseDragged(this::drag);
        setOnMouseReleased(this::release);
        setOnMouseMoved(this::follow);
        setOnMouseEntered(this::follow);
        setOnMouseExited(event -> brush.setVisible(false));
        setOnMouseClicked(MouseEvent::consume);
        setOnScroll(this::scroll);
    }

    /** The part of the frame that is in sight. */
    void show(Viewport shown) {
        part = shown;
        requestLayout();
    }

    /** Where in the frame a place of this view lies, in fractions of its sides. */
    private Point2D inFrame(double x, double y) {
        return new Point2D(part.x() + x / getWidth() * part.width(), part.y() + y / getHeight() * part.height());
    }

    /** Paints with the main button; what other buttons do while it is up is for the pictures beneath. */
    private void press(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY) {
            Point2D place = inFrame(event.getX(), event.getY());
            tool.begin(place.getX(), place.getY(), event.isAltDown());
        }
        keepWhilePainting(event);
    }

    private void drag(MouseEvent event) {
        follow(event);
        Point2D place = inFrame(event.getX(), event.getY());
        tool.moveTo(place.getX(), place.getY());
        keepWhilePainting(event);
    }

    private void release(MouseEvent event) {
        if (event.getButton() == MouseButton.PRIMARY) {
            tool.end();
            event.consume();
        }
    }

    private static void keepWhilePainting(MouseEvent event) {
        if (event.isPrimaryButtonDown()) {
            event.consume();
        }
    }

    private void follow(MouseEvent event) {
        brush.setVisible(true);
        brush.relocate(0, 0);
        brush.setTranslateX(event.getX());
        brush.setTranslateY(event.getY());
    }

    private void scroll(ScrollEvent event) {
        double delta = event.getDeltaY() == 0 ? event.getDeltaX() : event.getDeltaY();
        if (event.isShortcutDown() && delta != 0) {
            tool.resize(Math.signum(delta));
            event.consume();
        }
    }

    @Override
    protected void layoutChildren() {
        clip.setWidth(getWidth());
        clip.setHeight(getHeight());
        double frameWidth = getWidth() / part.width();
        double frameHeight = getHeight() / part.height();
        colours.setFitWidth(frameWidth);
        colours.setFitHeight(frameHeight);
        colours.relocate(-part.x() * frameWidth, -part.y() * frameHeight);
        double radius = tool.size().get() / 200 * Math.min(frameWidth, frameHeight);
        rim.setRadius(radius);
        shade.setRadius(radius + 1);
        core.setRadius(radius * (1 - tool.softness().get() / 100));
    }
}
