package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.atOnce;
import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import dev.noisediffusion.ui.viewmodel.RenderState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Who has the keyboard while a card lies over the window, and after it. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class CardsTest {
    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner renders = new SwitchedJobRunner();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        studio = world.studio(new InlineJobRunner(), renders, world.rest);
        StudioStage.show(stage, studio, StudioStage.darkSettings());
        FakeWorld.fill(studio);
        world.rest.elapse();
        studio.playback().seek(5);
    }

    private Node find(String query) {
        return robot.lookup(query).query();
    }

    private void focus(String query) {
        Node node = find(query);
        onFx(node::requestFocus);
        assertTrue(node.isFocused(), query);
    }

    private boolean isFavourite() {
        return studio.film().cells().get(5).marksProperty().get().favouriteShown();
    }

    @Test
    void theNameOfAnExportIsTypedAndTheFilmBeneathKeepsItsFrames() {
        focus("#filmstrip");
        onFx(() -> studio.export().open());
        assertTrue(find("#export-name").isFocused());
        robot.push(KeyCode.DELETE);
        robot.write("film");
        assertEquals("film", studio.export().nameProperty().get());
        assertEquals(17, studio.film().cells().size());
        assertFalse(isFavourite());
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.export().showingProperty().get());
        assertTrue(find("#filmstrip").isFocused(), "the keyboard returns to where it was");
        robot.push(KeyCode.F);
        assertTrue(isFavourite());
    }

    @Test
    void aCardIsADialogWithItsNameForScreenReaders() {
        onFx(() -> studio.export().open());
        assertEquals(AccessibleRole.DIALOG, find("#export-dialog").getAccessibleRole());
        assertEquals(world.texts.get("export.title"), find("#export-dialog").getAccessibleText());
    }

    @Test
    void aKeyThatArrivesBeneathIsTheCards() {
        onFx(() -> studio.export().open());
        focus("#filmstrip");
        robot.push(KeyCode.F);
        assertFalse(isFavourite());
        assertTrue(find("#export-name").isFocused());
        focus("#filmstrip");
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.export().showingProperty().get());
    }

    @Test
    void underTheListOfModelsNothingIsCancelledAndNothingPlays() {
        onFx(() -> {
            renders.holdBack();
            studio.parameters().gamma().set(0.3);
            world.rest.elapse();
            studio.models().show();
        });
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        robot.push(KeyCode.M);
        assertFalse(studio.maskTool().inHandProperty().get());
        focus("#models-list");
        robot.push(KeyCode.SPACE);
        assertFalse(studio.playback().playingProperty().get());
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.models().showingProperty().get());
        assertEquals(RenderState.RENDERING, studio.render().stateProperty().get());
        robot.push(KeyCode.ESCAPE);
        assertEquals(RenderState.CANCELLED, studio.render().stateProperty().get());
    }

    private Node owner() {
        return Objects.requireNonNull(stage.getScene().getFocusOwner());
    }

    private static boolean isWithin(Node part, Node node) {
        return node.equals(part) || (node.getParent() != null && isWithin(part, node.getParent()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tabGoesRoundInTheCard(boolean back) {
        onFx(() -> studio.export().open());
        Node pane = find("#export-pane");
        Set<Node> reached = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            atOnce(() -> owner().fireEvent(
                            new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.TAB, back, false, false, false)));
            reached.add(owner());
            assertTrue(isWithin(pane, owner()), () -> "outside at " + owner());
        }
        assertTrue(reached.contains(find("#export-name")));
        assertTrue(reached.contains(find("#export-cancel")));
        assertTrue(reached.contains(find("#export-folder-choose")));
        onFx(() -> {
            find("#export-go").requestFocus();
            owner().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.TAB, false, false, false, false));
        });
        assertTrue(owner().isFocusVisible(), "who has gone round looks like it");
    }

    @Test
    void enterIsForTheCardInSightAndForNoneThatIsGone() {
        onFx(() -> studio.export().open());
        robot.push(KeyCode.ESCAPE);
        onFx(() -> stage.getScene().getRoot().requestFocus());
        robot.push(KeyCode.ENTER);
        assertEquals(0, world.exports.size());
        onFx(() -> studio.presets().startSaving());
        assertTrue(find("#preset-name").isFocused());
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.presets().namingProperty().get());
        onFx(() -> studio.export().open());
        robot.push(KeyCode.ENTER);
        assertFalse(studio.export().showingProperty().get());
        assertEquals(1, world.exports.size());
    }

    @Test
    void theListOfShortcutsComesOverNoOtherCard() {
        onFx(() -> studio.export().open());
        robot.push(KeyCode.F1);
        assertTrue(find("#export-name").isFocused());
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.export().showingProperty().get());
        robot.push(KeyCode.F1);
        assertTrue(find("#shortcuts-dialog-close").isFocused());
    }
}
