package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.FilmstripViewModel;
import dev.noisediffusion.ui.viewmodel.FrameCell;
import dev.noisediffusion.ui.viewmodel.PlaybackViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;

/** The film, frame by frame; only the frames in sight have nodes. */
final class FilmstripView extends StackPane {
    /** What of the height is not the picture of a frame: its number, the scroll bar's room, the edges. */
    private static final double AROUND_THUMBNAIL = 46;

    private static final double GAP = 6;

    private final ListView<FrameCell> list;

    FilmstripView(StudioViewModel studio, Texts texts) {
        FilmstripViewModel film = studio.film();
        PlaybackViewModel playback = studio.playback();
        var menu = new FrameMenu(studio);
        getStyleClass().add("filmstrip");
        list = new ListView<>(film.cells());
        list.setId("filmstrip");
        list.setAccessibleText(texts.get("filmstrip.name"));
        list.setOrientation(Orientation.HORIZONTAL);
        DoubleBinding side = heightProperty().subtract(AROUND_THUMBNAIL);
        list.fixedCellSizeProperty().bind(Bindings.max(40, side).add(4 + GAP));
        list.setCellFactory(view -> new FilmstripCell(side, studio.frames(), menu, texts));
        list.setPlaceholder(Nodes.label(texts.get("filmstrip.empty"), "hint"));
        // The frame under the mouse is chosen by the press, and may be the one that is shown already.
        list.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> playback.pause());
        list.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            FrameCell cell = list.getSelectionModel().getSelectedItem();
            if (cell != null) {
                menu.onKey(event, cell);
            }
        });
        list.setOnContextMenuRequested(event -> {
            if (event.isKeyboardTrigger()) {
                showMenu(menu);
                event.consume();
            }
        });
        getChildren().add(list);
        Nodes.follow(playback.indexProperty(), index -> show(index.intValue()));
        list.getSelectionModel().selectedIndexProperty().subscribe(selected -> {
            if (selected.intValue() >= 0) {
                playback.seek(selected.intValue());
            }
        });
        film.cells().addListener((ListChangeListener<FrameCell>)
                change -> show(playback.indexProperty().get()));
    }

    private void show(int index) {
        if (index < list.getItems().size()) {
            list.getSelectionModel().clearAndSelect(index);
            scrollIntoSight(index);
        }
    }

    /** The menu of the frame that is chosen, in the middle of it. */
    private void showMenu(FrameMenu menu) {
        int index = list.getSelectionModel().getSelectedIndex();
        if (index >= 0 && list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            flow.scrollTo(index);
            IndexedCell<?> cell = flow.getVisibleCell(index);
            if (cell != null) {
                Point2D middle = cell.localToScreen(cell.getWidth() / 2, cell.getHeight() / 2);
                menu.of(list.getItems().get(index)).show(cell, middle.getX(), middle.getY());
            }
        }
    }

    private void scrollIntoSight(int index) {
        if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            IndexedCell<?> first = flow.getFirstVisibleCell();
            IndexedCell<?> last = flow.getLastVisibleCell();
            boolean inSight = first != null && last != null && index > first.getIndex() && index < last.getIndex();
            boolean all = first != null
                    && last != null
                    && last.getIndex() - first.getIndex() + 1 >= list.getItems().size();
            if (!inSight && !all) {
                list.scrollTo(Math.max(0, index - 2));
            }
        }
    }
}
