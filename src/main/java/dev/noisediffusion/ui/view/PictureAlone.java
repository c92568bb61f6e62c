package dev.noisediffusion.ui.view;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Leaves only the picture and what plays it, over the whole screen, and brings the window back as it was. */
final class PictureAlone {
    private final Parent root;
    private final BooleanProperty alone;
    private final List<Node> around;
    private Subscription screen = Subscription.EMPTY;
    private boolean wasFull;
    /** What had the keyboard and went; null if that stayed. */
    private @Nullable Node before;

    private PictureAlone(Parent root, BooleanProperty alone, List<Node> around) {
        this.root = root;
        this.alone = alone;
        this.around = around;
    }

    /**
     * Follows a wish.
     *
     * @param root of the window
     * @param around what goes
     */
    static void install(Parent root, BooleanProperty alone, List<Node> around) {
        var picture = new PictureAlone(root, alone, around);
        alone.subscribe((was, now) -> picture.show(now));
        around.forEach(part -> Nodes.shownWhen(part, alone.not()));
    }

    private void show(boolean now) {
        Scene scene = root.getScene();
        if (scene == null || !(scene.getWindow() instanceof Stage stage)) {
            return;
        }
        giveKeyboard(scene, now);
        if (now) {
            // Escape does more than leave the full screen, and nothing is written over the picture.
            stage.setFullScreenExitKeyCombination(KeyCombination.NO_MATCH);
            stage.setFullScreenExitHint("");
            wasFull = stage.isFullScreen();
            stage.setFullScreen(true);
            screen.unsubscribe();
            screen = stage.fullScreenProperty().subscribe((was, full) -> screenChanged(full));
        } else {
            stage.setFullScreen(wasFull);
            stage.setFullScreenExitKeyCombination(null);
            stage.setFullScreenExitHint(null);
        }
    }

    /** The system has its own ways out of the full screen. */
    private void screenChanged(boolean full) {
        if (alone.get() && !full) {
            wasFull = false;
            alone.set(false);
        }
    }

    /** So that the arrows step the film and move nothing that is out of sight. */
    private void giveKeyboard(Scene scene, boolean now) {
        if (now && around.stream().anyMatch(Node::isFocusWithin)) {
            before = scene.getFocusOwner();
            root.requestFocus();
        } else if (!now && before != null) {
            before.requestFocus();
            before = null;
        }
    }
}
