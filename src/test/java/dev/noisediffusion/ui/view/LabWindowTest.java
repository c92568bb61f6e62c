package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.ThemeChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Paint;
import javafx.scene.paint.Stop;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The page of the lab in the real window, at its smallest. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class LabWindowTest {
    private static final String SPOILT = """
            {"format": "noisediffusion-experiment", "version": 1, "name": "spoilt", "title": "Spoilt", "question": "Is it told?",
             "pairs": {"natural": 3, "generated": 0, "seed": 1, "generatedSteps": 3},
             "render": {"fractions": [0.5], "steps": 4, "depth": 0.6}, "seeds": [0],
             "grid": [{"set": {"placement": "none"}},
                      {"set": {"method": "slerp"}, "axes": {"noiseScale": [1.2]}}],
             "baseline": "placement=none"}
            """;

    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();
    private final SettingsViewModel settings = StudioStage.darkSettings();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        world.modelSide = 64;
        world.pictures = new FileReader();
        studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        StudioStage.show(stage, studio, settings);
        StudioStage.size(stage, 1024, 640);
        studio.model().open(Path.of("Flowers 128"));
        studio.parameters().steps().set(4);
        studio.parameters().frames().set(5);
        studio.keyframes().add(StudioStage.samples("01-dahlia.jpg", "03-marigold.jpg", "02-anemone.jpg"));
    }

    private <T extends Node> T find(String query, Class<T> type) {
        return robot.lookup(query).queryAs(type);
    }

    private boolean isShown() {
        return robot.lookup("#lab").tryQuery().map(Node::isVisible).orElse(false);
    }

    @Test
    void anExperimentRunsACellIsPointedAtChosenAndUsed() {
        robot.clickOn("#lab-open");
        assertTrue(isShown());
        robot.clickOn("#lab-start");
        waitForFxEvents();
        TableView<?> table = find("#lab-table", TableView.class);
        assertEquals(11, table.getItems().size());
        assertTrue(table.getColumns().size() > 5);
        assertTrue(find("#lab-use", Button.class).isDisabled());
        Node third = robot.lookup(".lab-mark").nth(12).query();
        robot.moveTo(third);
        assertTrue(find("#lab-numbers", Label.class).getText().contains("pairs: 3"));
        robot.clickOn(third);
        assertFalse(find("#lab-use", Button.class).isDisabled());
        robot.moveTo("#lab-close");
        assertTrue(find("#lab-numbers", Label.class).getText().contains("pairs: 3"), "the chosen cell stays");
        Screenshots.take(stage.getScene(), "lab-dark-small");
        onFx(() -> table.getSelectionModel().clearAndSelect(4));
        robot.clickOn("#lab-use");
        assertEquals(0.4, studio.parameters().gamma().get());
        robot.push(KeyCode.SHORTCUT, KeyCode.Z);
        assertEquals(0, studio.parameters().gamma().get());
        robot.clickOn("#lab-report");
        assertEquals(1, world.opened.size());
        robot.clickOn("#lab-folder");
        assertEquals(1, world.shown.size());
    }

    @Test
    void whyASettingCannotBeUsedIsTold(@TempDir Path folder) throws IOException {
        world.answers.add(Files.writeString(folder.resolve("spoilt.json"), SPOILT));
        onFx(() -> {
            studio.lab().open();
            studio.lab().setup().openExperiment();
            studio.lab().start();
        });
        onFx(() -> stage.getScene().getRoot().layout());
        Label why = find("#lab-impossible", Label.class);
        assertFalse(why.isVisible());
        Button use = find("#lab-use", Button.class);
        Bounds place = use.localToScene(use.getLayoutBounds());
        TableView<?> table = find("#lab-table", TableView.class);
        onFx(() -> table.getSelectionModel().clearAndSelect(1));
        onFx(() -> stage.getScene().getRoot().layout());
        assertTrue(use.isDisabled());
        assertTrue(why.isVisible());
        assertEquals(place, use.localToScene(use.getLayoutBounds()), "nothing moves");
        Bounds reason = why.localToScene(why.getLayoutBounds());
        assertEquals(place.getMinX(), reason.getMinX(), 1, "under the button that it explains");
        assertTrue(reason.getMinY() >= place.getMaxY(), reason::toString);
        assertEquals(why.getText(), ((Text) why.lookup(".text")).getText());
        Screenshots.take(stage.getScene(), "lab-impossible");
        onFx(() -> table.getSelectionModel().clearAndSelect(0));
        assertFalse(use.isDisabled());
        assertFalse(why.isVisible());
    }

    @Test
    void thePathsAreInPlaceOfTheNumbersWhereItIsNarrowAndBesideThemWhereItIsWide() {
        onFx(() -> studio.lab().open());
        assertFalse(find("#lab-paths", Node.class).isVisible(), "nothing is measured yet");
        onFx(() -> studio.lab().start());
        assertFalse(find("#lab-paths", Node.class).isVisible());
        robot.clickOn("#lab-paths-tab");
        assertTrue(find("#lab-paths", Node.class).isVisible());
        assertFalse(find("#lab-table", Node.class).isVisible());
        assertEquals(11, robot.lookup(".lab-way").queryAll().size());
        assertEquals(AccessibleRole.IMAGE_VIEW, find(".lab-plot", Node.class).getAccessibleRole());
        Screenshots.take(stage.getScene(), "lab-paths-small");
        robot.clickOn("#lab-paths-tab");
        assertTrue(find("#lab-paths", Node.class).isVisible(), "one of both is always there");

        Node way = robot.lookup(".lab-reach").nth(10).query();
        onFx(() -> way.getOnMouseEntered().handle(StudioStage.mouse(MouseEvent.MOUSE_ENTERED, way)));
        assertEquals("Lubrication γ 1", find("#lab-chosen-setting", Label.class).getText());
        onFx(() -> way.getOnMouseClicked().handle(StudioStage.mouse(MouseEvent.MOUSE_CLICKED, way)));
        onFx(() -> way.getOnMouseExited().handle(StudioStage.mouse(MouseEvent.MOUSE_EXITED, way)));
        assertEquals("Lubrication γ 1", find("#lab-chosen-setting", Label.class).getText());
        TableView<?> table = find("#lab-table", TableView.class);
        assertEquals(10, table.getSelectionModel().getSelectedCells().getFirst().getRow());
        robot.clickOn("#lab-use");
        assertEquals(1, studio.parameters().gamma().get());

        onFx(() -> stage.setWidth(1500));
        assertTrue(find("#lab-paths", Node.class).isVisible());
        assertTrue(table.isVisible());
        assertFalse(find("#lab-paths-tab", Node.class).getParent().getParent().isVisible());
        onFx(() -> table.getSelectionModel().clearAndSelect(3));
        assertTrue(robot.lookup(".lab-path .hint").queryAll().stream()
                .anyMatch(label -> ((Label) label).getText().startsWith("Lubrication γ 0.3\n")));
    }

    private static Paint ground(Region region) {
        return region.getBackground().getFills().getFirst().getFill();
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void intervalsAreReadOnTheStrongestColours(ThemeChoice look) {
        onFx(() -> {
            settings.theme().set(look);
            studio.lab().open();
            studio.lab().start();
        });
        onFx(() -> {
            stage.getScene().getRoot().layout();
            stage.getScene().getRoot().applyCss();
        });
        var legend = (LinearGradient) ground(find(".lab-scale", Region.class));
        Color page = (Color) ground(find("#lab", Region.class));
        Color words = (Color) find(".lab-range", Label.class).getTextFill();
        double strongest = 0;
        for (Stop stop : legend.getStops()) {
            assertTrue(Contrast.between(words, Contrast.over(stop.getColor(), page)) >= Contrast.OF_WORDS);
            strongest = Math.max(strongest, stop.getColor().getOpacity());
        }
        double found = 0;
        for (Region mark : robot.lookup(".lab-mark").queryAllAs(Region.class)) {
            double tint = mark.getBackground() == null ? 0 : ((Color) ground(mark)).getOpacity();
            assertTrue(tint <= strongest + 0.001, "stronger than the legend: " + tint);
            found = Math.max(found, tint);
        }
        assertTrue(found > 0, "nothing is tinted");
    }

    private static boolean hasRing(RadioButton button) {
        Region circle = (Region) button.lookup(".radio");
        return circle.getBorder() != null && !circle.getBorder().isEmpty();
    }

    @Test
    void photographsAreChosenByKeyWhereTheKeyboardIsSeen() {
        onFx(() -> studio.lab().open());
        RadioButton morph = find("#lab-of-morph", RadioButton.class);
        RadioButton folder = find("#lab-of-folder", RadioButton.class);
        onFx(morph::applyCss);
        assertFalse(hasRing(morph));
        onFx(() -> {
            find("#lab-open-experiment", Node.class).requestFocus();
            stage.getScene().getFocusOwner().requestFocusTraversal(TraversalDirection.NEXT);
        });
        assertTrue(morph.isFocused());
        onFx(morph::applyCss);
        assertTrue(hasRing(morph));

        robot.push(KeyCode.DOWN);
        assertTrue(morph.isSelected(), "no folder was chosen");
        world.answers.add(Path.of("assets", "samples"));
        onFx(morph::requestFocus);
        robot.push(KeyCode.DOWN);
        assertTrue(folder.isSelected());
        assertTrue(studio.lab().setup().isOfFolder().getValue());
        robot.push(KeyCode.UP);
        assertFalse(studio.lab().setup().isOfFolder().getValue());
    }

    @Test
    void aFolderThatIsBeingReadIsGivenUpByChoosingThePicturesOfTheMorph() {
        onFx(() -> studio.lab().open());
        RadioButton morph = find("#lab-of-morph", RadioButton.class);
        RadioButton folder = find("#lab-of-folder", RadioButton.class);
        jobs.holdBack();
        world.answers.add(Path.of("assets", "samples"));
        onFx(folder::fire);
        assertTrue(folder.isSelected());
        assertTrue(find("#lab-start", Button.class).isDisabled());
        onFx(morph::fire);
        assertTrue(morph.isSelected());
        assertFalse(find("#lab-start", Button.class).isDisabled());
        onFx(jobs::runAll);
        assertTrue(morph.isSelected());
        assertFalse(studio.lab().setup().isOfFolder().getValue());

        world.answers.add(Path.of("assets", "samples"));
        onFx(folder::fire);
        onFx(jobs::runAll);
        assertTrue(folder.isSelected());
        assertTrue(studio.lab().setup().isOfFolder().getValue());
    }

    @Test
    void everyArrowGoesThroughJoinedButtons() {
        onFx(() -> {
            studio.lab().open();
            studio.lab().start();
        });
        onFx(() -> find("#lab-numbers-tab", Node.class).requestFocus());
        robot.push(KeyCode.DOWN);
        assertTrue(find("#lab-paths", Node.class).isVisible());
        robot.push(KeyCode.UP);
        assertFalse(find("#lab-paths", Node.class).isVisible());
    }

    @Test
    void theKeyboardOpensChoosesAndCloses() {
        robot.push(KeyCode.SHORTCUT, KeyCode.L);
        assertTrue(isShown());
        assertEquals("lab-experiment", stage.getScene().getFocusOwner().getId());
        assertTrue(find("#compare", Node.class).isDisabled());
        assertTrue(find("#mask", Node.class).isDisabled());
        onFx(() -> studio.lab().start());
        int frame = studio.playback().indexProperty().get();
        onFx(() -> find("#lab-table", Node.class).requestFocus());
        robot.push(KeyCode.DOWN).push(KeyCode.DOWN).push(KeyCode.RIGHT);
        assertEquals(frame, studio.playback().indexProperty().get(), "the studio beneath hears no keys");
        assertFalse(find("#lab-use", Button.class).isDisabled());
        assertTrue(find(".filmstrip", Node.class).isDisabled());
        robot.push(KeyCode.ESCAPE);
        assertFalse(isShown());
        assertFalse(find(".filmstrip", Node.class).isDisabled());
        assertFalse(find("#compare", Node.class).isDisabled());
        assertFalse(find("#mask", Node.class).isDisabled());
    }

    @Test
    void escapeHidesTheTasksBeforeItClosesThePage() {
        onFx(() -> {
            studio.lab().open();
            studio.exports().toggle();
        });
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.exports().showingProperty().get());
        assertTrue(isShown());
        robot.push(KeyCode.ESCAPE);
        assertFalse(isShown());
    }
}
