package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.FrameCell;
import dev.noisediffusion.ui.viewmodel.FrameState;
import dev.noisediffusion.ui.viewmodel.Raster;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.Locale;
import javafx.beans.binding.DoubleExpression;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** One frame in the filmstrip, whatever its state. */
final class FilmstripCell extends ListCell<FrameCell> {
    private static final PseudoClass PENDING = PseudoClass.getPseudoClass("pending");
    private static final PseudoClass RENDERING = PseudoClass.getPseudoClass("rendering");
    private static final PseudoClass KEYFRAME = PseudoClass.getPseudoClass("keyframe");

    private final Texts texts;
    private final ReadOnlyObjectWrapper<@Nullable Raster> raster = new ReadOnlyObjectWrapper<>();
    private final Label position = Nodes.label("", "frame-position");
    private final VBox content;
    private Subscription subscription = Subscription.EMPTY;

    /** @param side of the thumbnail */
    FilmstripCell(DoubleExpression side, Texts texts) {
        this.texts = texts;
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        getStyleClass().add("frame-cell");
        var thumb = Nodes.styled(new StackPane(new PictureView(raster, 3)), "frame-thumb");
        thumb.prefWidthProperty().bind(side.add(4));
        thumb.prefHeightProperty().bind(side);
        thumb.setMinHeight(USE_PREF_SIZE);
        thumb.setMaxHeight(USE_PREF_SIZE);
        content = Nodes.styled(new VBox(thumb, position), "frame");
    }

    @Override
    protected void updateItem(@Nullable FrameCell frame, boolean empty) {
        super.updateItem(frame, empty);
        subscription.unsubscribe();
        subscription = Subscription.EMPTY;
        if (frame == null || empty) {
            setGraphic(null);
            raster.set(null);
            return;
        }
        setGraphic(content);
        position.setText(String.format(Locale.ROOT, "%.2f", frame.position()));
        pseudoClassStateChanged(KEYFRAME, frame.isKeyframe());
        subscription = Subscription.combine(
                frame.thumbnailProperty().subscribe(thumbnail -> raster.set(thumbnail)),
                frame.stateProperty().subscribe(state -> show(frame, state)));
    }

    private void show(FrameCell frame, FrameState state) {
        pseudoClassStateChanged(PENDING, state == FrameState.PENDING);
        pseudoClassStateChanged(RENDERING, state == FrameState.RENDERING);
        int count = getListView() == null ? 0 : getListView().getItems().size();
        setAccessibleText(
                texts.get("filmstrip.cell", frame.index() + 1, count, texts.get("filmstrip." + state.name())));
    }
}
