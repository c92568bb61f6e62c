package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.FrameCell;
import dev.noisediffusion.ui.viewmodel.FrameMarks;
import dev.noisediffusion.ui.viewmodel.FrameState;
import dev.noisediffusion.ui.viewmodel.FramesViewModel;
import dev.noisediffusion.ui.viewmodel.Raster;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.binding.DoubleExpression;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One frame in the filmstrip, whatever its state. */
final class FilmstripCell extends ListCell<FrameCell> {
    private static final PseudoClass PENDING = PseudoClass.getPseudoClass("pending");
    private static final PseudoClass RENDERING = PseudoClass.getPseudoClass("rendering");
    private static final PseudoClass KEYFRAME = PseudoClass.getPseudoClass("keyframe");

    private static final PseudoClass SHOWN = PseudoClass.getPseudoClass("shown");

    private final FramesViewModel frames;
    private final Texts texts;
    private final FontIcon locked = Nodes.styled(new FontIcon(Feather.LOCK), "frame-mark");
    private final FontIcon favourite = Nodes.styled(new FontIcon(Feather.STAR), "frame-mark", "frame-star");
    private final Tooltip tooltip = new Tooltip();
    private final ReadOnlyObjectWrapper<@Nullable Raster> raster = new ReadOnlyObjectWrapper<>();
    private final Label position = Nodes.label("", "frame-position");
    private final ScoreMark score = new ScoreMark();
    private final VBox content;
    private Subscription subscription = Subscription.EMPTY;

    /** @param side of the thumbnail */
    FilmstripCell(DoubleExpression side, FramesViewModel frames, FrameMenu menu, Texts texts) {
        this.frames = frames;
        this.texts = texts;
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        getStyleClass().add("frame-cell");
        var thumb = Nodes.styled(new StackPane(new PictureView(raster, 3)), "frame-thumb");
        thumb.prefWidthProperty().bind(side.add(4));
        thumb.prefHeightProperty().bind(side);
        thumb.setMinHeight(USE_PREF_SIZE);
        thumb.setMaxHeight(USE_PREF_SIZE);
        StackPane.setAlignment(locked, Pos.TOP_LEFT);
        StackPane.setAlignment(favourite, Pos.TOP_RIGHT);
        thumb.getChildren().addAll(locked, favourite);
        content = Nodes.styled(new VBox(thumb, Nodes.styled(new HBox(position, score), "frame-line")), "frame");
        tooltip.setShowDelay(Duration.millis(500));
        tooltip.setOnShowing(
                event -> tooltip.setText(getItem() == null ? "" : frames.describe(getItem()) + scored(getItem())));
        setOnContextMenuRequested(event -> {
            FrameCell frame = getItem();
            if (frame != null) {
                menu.of(frame).show(this, event.getScreenX(), event.getScreenY());
                event.consume();
            }
        });
    }

    @Override
    protected void updateItem(@Nullable FrameCell frame, boolean empty) {
        super.updateItem(frame, empty);
        subscription.unsubscribe();
        subscription = Subscription.EMPTY;
        if (frame == null || empty) {
            setGraphic(null);
            setTooltip(null);
            raster.set(null);
            return;
        }
        setGraphic(content);
        setTooltip(tooltip);
        subscription = Subscription.combine(
                frame.positionProperty().subscribe(where -> place(frame)),
                frame.keyframeProperty().subscribe(keyframe -> {
                    pseudoClassStateChanged(KEYFRAME, keyframe);
                    place(frame);
                }),
                frames.lettersProperty().subscribe(letters -> place(frame)),
                frame.thumbnailProperty().subscribe(thumbnail -> raster.set(thumbnail)),
                frame.marksProperty().subscribe(marks -> show(frame)),
                frame.scoreProperty().subscribe(value -> {
                    score.show(value);
                    show(frame);
                }),
                frame.stateProperty().subscribe(state -> show(frame)));
    }

    /** What a critic says of a frame, in a line of its own; empty where nobody asked one. */
    private String scored(FrameCell frame) {
        Double value = frame.scoreProperty().get();
        return value == null ? "" : "\n" + texts.get("critic.score", texts.number(value, 2));
    }

    private void place(FrameCell frame) {
        String letter = frames.letter(frame);
        String number = texts.number(frame.position(), 2);
        position.setText(letter.isEmpty() ? number : letter + " " + number);
        show(frame);
    }

    private void show(FrameCell frame) {
        FrameState state = frame.stateProperty().get();
        FrameMarks marks = frame.marksProperty().get();
        locked.setVisible(marks.locked());
        favourite.setVisible(marks.favourite());
        favourite.pseudoClassStateChanged(SHOWN, marks.favouriteShown());
        pseudoClassStateChanged(PENDING, state == FrameState.PENDING);
        pseudoClassStateChanged(RENDERING, state == FrameState.RENDERING);
        int count = getListView() == null ? 0 : getListView().getItems().size();
        String text = texts.get("filmstrip.cell", frame.index() + 1, count, texts.get("filmstrip." + state.name()));
        String letter = frames.letter(frame);
        String picture = letter.isEmpty() ? "" : ", " + texts.get("frames.mark.picture", letter);
        String lock = marks.locked() ? ", " + texts.get("frames.mark.locked") : "";
        String star = marks.favourite() ? ", " + texts.get("frames.mark.favourite") : "";
        setAccessibleText(text + picture + lock + star + scored(frame).replace("\n", ", "));
    }
}
