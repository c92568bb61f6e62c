package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.CompareMode;
import dev.noisediffusion.ui.viewmodel.CompareViewModel;
import dev.noisediffusion.ui.viewmodel.FrameCell;
import dev.noisediffusion.ui.viewmodel.PaneViewModel;
import dev.noisediffusion.ui.viewmodel.PreviewStage;
import dev.noisediffusion.ui.viewmodel.PreviewViewModel;
import dev.noisediffusion.ui.viewmodel.Raster;
import dev.noisediffusion.ui.viewmodel.RenderState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import dev.noisediffusion.ui.viewmodel.Viewport;
import dev.noisediffusion.ui.viewmodel.ZoomViewModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.HPos;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** The pictures that are compared, arranged as the mode asks for; or the morph alone. */
final class PicturesView extends Region {
    private static final double GAP = 16;
    private static final double CORNER = 4;
    private static final List<String> IDS = List.of("preview-main", "preview-rival", "preview-third", "preview-fourth");

    private final StudioViewModel studio;
    private final Texts texts;
    private final CompareViewModel compare;
    private final List<PictureView> panes = new ArrayList<>();
    private final PictureView heat;
    private final WipeLine line;
    private final ZoomMenu sizes;
    private boolean held;

    PicturesView(StudioViewModel studio) {
        this.studio = studio;
        this.texts = studio.texts();
        this.compare = studio.compare();
        PreviewViewModel preview = studio.preview();
        getStyleClass().add("preview-pictures");
        setMinSize(0, 0);
        for (int i = 0; i < IDS.size(); i++) {
            panes.add(pane(preview.panes().get(i), IDS.get(i)));
        }
        var mask = new MaskOverlay(studio.maskTool(), texts);
        var artifacts = new HeatOverlay(studio.critic(), texts);
        panes.getFirst().cover(artifacts);
        panes.getFirst().cover(mask);
        heat = difference(preview);
        line = new WipeLine(compare.wipeProperty(), texts);
        sizes = new ZoomMenu(preview.zoom(), texts);
        getChildren().addAll(panes);
        getChildren().addAll(heat, line, sizes);
        Nodes.follow(compare.modeProperty(), this::arrange);
        Nodes.follow(compare.wipeProperty(), share -> requestLayout());
        Nodes.follow(preview.zoom().viewportProperty(), part -> zoom(preview.zoom()));
        Nodes.follow(preview.zoom().scaleProperty(), scale -> zoom(preview.zoom()));
        Nodes.follow(preview.zoom().showsPixels(), pixels -> zoom(preview.zoom()));
        Nodes.follow(preview.zoom().viewportProperty(), mask::show);
        Nodes.follow(preview.zoom().viewportProperty(), artifacts::show);
        PictureGestures.install(this, preview.zoom());
        var menu = new FrameMenu(studio);
        setOnContextMenuRequested(event -> {
            if (event.isKeyboardTrigger()
                    || pictureAt(event.getX(), event.getY()).isPresent()) {
                frame().map(menu::ofLarge)
                        .orElseGet(this::menuOfCompared)
                        .show(this, event.getScreenX(), event.getScreenY());
                event.consume();
            }
        });
        setOnKeyPressed(event -> {
            // A stroke of the brush gives the picture the keyboard; Delete must not remove a frame while one paints.
            if (!studio.maskTool().inHandProperty().get()) {
                frame().ifPresent(frame -> menu.onKey(event, frame));
            }
        });
    }

    private Stream<PictureView> pictures() {
        return Stream.concat(panes.stream(), Stream.of(heat));
    }

    private void zoom(ZoomViewModel zoom) {
        Viewport part = zoom.viewportProperty().get();
        double share = Math.min(zoom.scale(), 1);
        pictures()
                .forEach(picture -> picture.zoom(part, share, zoom.showsPixels().get()));
        showHand();
    }

    /** Shows that a drag has taken hold of the pictures, or has let go of them. */
    void hold(boolean taken) {
        held = taken;
        showHand();
    }

    /** Of what is seen in part the hand shows that it can be moved; the brush has a mark of its own over it. */
    private void showHand() {
        boolean whole = studio.preview().zoom().scale() <= 1;
        Cursor hand = whole ? Cursor.DEFAULT : held ? Cursor.CLOSED_HAND : Cursor.OPEN_HAND;
        pictures().forEach(picture -> picture.showHand(hand));
    }

    private PictureView pane(PaneViewModel pane, String id) {
        Label name = Nodes.shownWhen(
                PictureView.caption(pane.captionProperty()),
                compare.modeProperty().map(mode -> mode != CompareMode.SINGLE));
        Label updating = Nodes.shownWhen(Nodes.boundLabel(stage(pane), "pill"), pane.staleProperty());
        var picture = new PictureView(pane.rasterProperty(), CORNER, updating, name);
        picture.setId(id);
        // In a wipe one lies over the other, whose caption is to be reached with the mouse too.
        picture.setPickOnBounds(false);
        describe(picture, pane.captionProperty());
        return picture;
    }

    private void describe(PictureView picture, ObservableValue<String> caption) {
        picture.accessibleTextProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get(
                                "preview.picture",
                                caption.getValue(),
                                studio.playback().indexProperty().get() + 1),
                        caption,
                        studio.playback().indexProperty()));
    }

    /** Which kind of picture stands for the frame until it is finished. */
    private ObservableValue<String> stage(PaneViewModel pane) {
        return Bindings.createStringBinding(
                () -> {
                    PreviewStage stage = studio.live().stageProperty().get();
                    boolean live = pane.coveredProperty().get() && stage != PreviewStage.NONE;
                    return live
                            ? texts.get("preview.stage." + stage)
                            : whyOld(pane.outdatedProperty().get());
                },
                pane.coveredProperty(),
                pane.outdatedProperty(),
                studio.live().stageProperty(),
                studio.render().stateProperty());
    }

    /** Why a picture is not what the settings make: its successor is on the way, or was not asked for. */
    private String whyOld(boolean outdated) {
        boolean coming = !outdated && studio.render().stateProperty().get() == RenderState.RENDERING;
        return texts.get(coming ? "preview.stale" : "preview.outdated");
    }

    private PictureView difference(PreviewViewModel preview) {
        PaneViewModel left = preview.panes().get(0);
        PaneViewModel right = preview.panes().get(1);
        ObservableValue<String> why = Bindings.createStringBinding(
                () -> whyOld(left.outdatedProperty().get()
                        || right.outdatedProperty().get()),
                left.outdatedProperty(),
                right.outdatedProperty(),
                studio.render().stateProperty());
        Label updating = Nodes.shownWhen(
                Nodes.boundLabel(why, "pill"), Bindings.or(left.staleProperty(), right.staleProperty()));
        ObservableValue<String> caption = Bindings.createStringBinding(
                () -> texts.get(
                        "compare.difference",
                        left.captionProperty().get(),
                        right.captionProperty().get()),
                left.captionProperty(),
                right.captionProperty());
        var legend =
                new HeatLegend(caption, preview.heatProperty(), compare.range().valueProperty(), texts);
        ObservableValue<@Nullable Raster> raster =
                preview.heatProperty().map(shown -> shown == null ? null : shown.raster());
        var picture = new PictureView(raster, CORNER, updating, legend);
        picture.setId("preview-difference");
        describe(picture, caption);
        return picture;
    }

    /** What there is for pictures that are no single frame. */
    private ContextMenu menuOfCompared() {
        MenuItem alone = Nodes.menuItem(
                texts, "preview.alone", new KeyCodeCombination(KeyCode.F11), studio.preview()::toggleAlone);
        var menu = new ContextMenu(alone, new SeparatorMenuItem());
        menu.getItems().addAll(ZoomMenu.items(studio.preview().zoom(), texts));
        return menu;
    }

    /** The frame of the film that is shown, where nothing else is shown beside it. */
    private Optional<FrameCell> frame() {
        boolean single = compare.modeProperty().get() == CompareMode.SINGLE;
        return studio.film().cells().stream()
                .skip(studio.playback().indexProperty().get())
                .filter(cell -> single)
                .findFirst();
    }

    private void arrange(CompareMode mode) {
        for (int i = 0; i < panes.size(); i++) {
            panes.get(i).setVisible(i < shown(mode));
        }
        heat.setVisible(mode == CompareMode.DIFFERENCE);
        line.setVisible(mode == CompareMode.WIPE);
        panes.get(0).placeCaption(mode == CompareMode.WIPE ? HPos.LEFT : HPos.CENTER);
        panes.get(1).placeCaption(mode == CompareMode.WIPE ? HPos.RIGHT : HPos.CENTER);
        requestLayout();
    }

    private static int shown(CompareMode mode) {
        return switch (mode) {
            case SINGLE -> 1;
            case SIDE_BY_SIDE, WIPE -> 2;
            case DIFFERENCE -> 0;
            case GRID -> IDS.size();
        };
    }

    /** Whether a place is on the line of a wipe; anywhere in the picture while the whole of it is seen. */
    boolean isOnLine(double x) {
        boolean fits = studio.preview().zoom().viewportProperty().get().width() == 1;
        double middle = line.getLayoutX() + WipeLine.WIDTH / 2;
        return line.isVisible() && (fits || Math.abs(x - middle) <= WipeLine.WIDTH / 2);
    }

    void moveLine(double x) {
        Bounds place = place(panes.getFirst());
        line.moveTo((x - place.getMinX()) / place.getWidth());
        line.requestFocus();
    }

    /** Where the picture under a place lies, if there is one. */
    Optional<Bounds> pictureAt(double x, double y) {
        return pictures()
                .filter(Node::isVisible)
                .map(PicturesView::place)
                .filter(place -> place.contains(x, y))
                .findFirst();
    }

    private static Bounds place(PictureView picture) {
        Bounds place = picture.place();
        return new BoundingBox(
                picture.getLayoutX() + place.getMinX(),
                picture.getLayoutY() + place.getMinY(),
                place.getWidth(),
                place.getHeight());
    }

    @Override
    protected void layoutChildren() {
        CompareMode mode = compare.modeProperty().get();
        double x = snappedLeftInset();
        double y = snappedTopInset();
        double width = Math.max(0, getWidth() - x - snappedRightInset());
        double height = Math.max(0, getHeight() - y - snappedBottomInset());
        int columns = mode == CompareMode.SIDE_BY_SIDE || mode == CompareMode.GRID ? 2 : 1;
        int rows = mode == CompareMode.GRID ? 2 : 1;
        double paneHeight = (height - (rows - 1) * GAP) / rows;
        double paneWidth = Math.min((width - (columns - 1) * GAP) / columns, widestPicture(paneHeight));
        double first = Math.floor(x + (width - columns * paneWidth - (columns - 1) * GAP) / 2);
        for (int i = 0; i < panes.size(); i++) {
            double left = first + i % columns * (paneWidth + GAP);
            double top = y + Math.min(i / columns, rows - 1) * (paneHeight + GAP);
            panes.get(i).resizeRelocate(left, top, paneWidth, paneHeight);
        }
        heat.resizeRelocate(x, y, width, height);
        panes.get(1).uncover(mode == CompareMode.WIPE ? compare.wipeProperty().get() : 0);
        measure();
        panes.getFirst().layout();
        layOutLine(place(panes.getFirst()));
        sizes.autosize();
        sizes.relocate(
                x + width - sizes.getWidth(), y + height + Math.floor((snappedBottomInset() - sizes.getHeight()) / 2));
    }

    /** Tells the zoom how large the pictures are where they fill their places; all that are seen are of one size. */
    private void measure() {
        int pixels = studio.preview().frameWidth();
        double width = pictures()
                .filter(Node::isVisible)
                .mapToDouble(PictureView::fittedWidth)
                .findFirst()
                .orElse(0);
        if (pixels > 0 && width > 0) {
            studio.preview().zoom().fitsAt(width * getScene().getWindow().getRenderScaleX() / pixels);
        }
    }

    /** So that pictures that do not fill the width stand together in the middle. */
    private double widestPicture(double height) {
        double widest = panes.stream()
                .filter(Node::isVisible)
                .mapToDouble(pane -> pane.widthAt(height))
                .max()
                .orElse(0);
        return widest == 0 ? Double.MAX_VALUE : Math.ceil(widest);
    }

    private void layOutLine(Bounds picture) {
        double middle = picture.getMinX() + compare.wipeProperty().get() * picture.getWidth();
        line.resizeRelocate(
                Math.rint(middle - WipeLine.WIDTH / 2), picture.getMinY(), WipeLine.WIDTH, picture.getHeight());
    }
}
