package dev.noisediffusion.ui.view;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** A small bar: the longer and the redder, the more probably a frame has artifacts. Not there while nobody knows. */
final class ScoreMark extends StackPane {
    private static final PseudoClass DOUBTFUL = PseudoClass.getPseudoClass("doubtful");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final double LEAST_DOUBTFUL = 0.35;
    private static final double LEAST_BAD = 0.65;
    private static final double SHORTEST = 4;
    private static final double THICKNESS = 4;

    private final Region bar = Nodes.styled(new Region(), "score-bar");
    private double score;

    ScoreMark() {
        getStyleClass().add("score-mark");
        setMinHeight(THICKNESS);
        setMaxHeight(THICKNESS);
        setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(this, Priority.ALWAYS);
        bar.setManaged(false);
        getChildren().add(bar);
        setManaged(false);
        setVisible(false);
    }

    /** @param next in [0, 1], or null */
    void show(@Nullable Double next) {
        setManaged(next != null);
        setVisible(next != null);
        if (next != null) {
            score = next;
            pseudoClassStateChanged(DOUBTFUL, score >= LEAST_DOUBTFUL && score < LEAST_BAD);
            pseudoClassStateChanged(BAD, score >= LEAST_BAD);
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        bar.resizeRelocate(0, 0, Math.max(SHORTEST, score * getWidth()), getHeight());
    }
}
