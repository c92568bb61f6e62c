package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.viewmodel.PictureOffer;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The project in the window: menu, keys, question, drop. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class ProjectWindowTest {
    private static final Path SAMPLES = Path.of("assets", "samples");

    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private final AtomicBoolean released = new AtomicBoolean();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        world.modelSide = 128;
        world.pictures = new FileReader();
        studio = world.studio();
        StudioStage.show(stage, studio, FakeWorld.unsaved(), () -> released.set(true));
        StudioStage.size(stage, 1440, 900);
        studio.model().open(Path.of("Flowers 128"));
    }

    private void fill() {
        onFx(() -> {
            studio.parameters().steps().set(4);
            studio.keyframes().add(StudioStage.samples("01-dahlia.jpg", "03-marigold.jpg"));
        });
    }

    private boolean isShown(String query) {
        return robot.lookup(query).tryQuery().filter(node -> node.isVisible()).isPresent();
    }

    private String title() {
        return robot.lookup("#project").queryAs(MenuButton.class).getText();
    }

    @Test
    void saveNewAndOpenByKeys() {
        fill();
        assertEquals("Untitled •", title());
        assertEquals("Untitled • – NoiseDiffusion Studio", stage.getTitle());
        Path file = folder.resolve("dahlia.morph");
        world.answers.add(file);
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertTrue(Files.exists(file));
        assertEquals("dahlia", title());
        robot.push(KeyCode.CONTROL, KeyCode.N);
        assertEquals("Untitled", title());
        assertFalse(studio.keyframes().areReady());
        world.answers.add(file);
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.O);
        assertTrue(studio.keyframes().areReady());
        assertEquals("dahlia – NoiseDiffusion Studio", stage.getTitle());
    }

    @Test
    void theMenuShowsWhatThereIs() {
        fill();
        world.answers.add(folder.resolve("dahlia.morph"));
        robot.clickOn("#project");
        Screenshots.take(stage.getScene(), "project");
        robot.clickOn("#project-save");
        assertEquals("dahlia", title());
        onFx(() -> studio.work().project().startNew());
        robot.clickOn("#project").clickOn("#project-recent");
        robot.clickOn("dahlia.morph  —  " + folder);
        assertEquals("dahlia", title());
    }

    @Test
    void closingAsksAboutUnsavedWork() {
        fill();
        onFx(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        assertTrue(studio.work().project().askingProperty().get());
        Screenshots.take(stage.getScene(), "unsaved");
        robot.push(KeyCode.ESCAPE);
        assertFalse(studio.work().project().askingProperty().get());
        assertTrue(stage.isShowing());
        onFx(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        world.answers.add(folder.resolve("dahlia.morph"));
        robot.push(KeyCode.ENTER);
        waitForFxEvents();
        assertTrue(Files.exists(folder.resolve("dahlia.morph")));
        assertTrue(released.get());
        assertFalse(stage.isShowing());
    }

    @Test
    void aProjectDroppedOnASlotOpensInsteadOfBeingAPicture() throws Exception {
        fill();
        Path copy = Files.copy(SAMPLES.resolve("01-dahlia.jpg"), folder.resolve("gone.jpg"));
        onFx(() -> studio.keyframes().put(studio.keyframes().slots().getFirst(), List.of(new PictureOffer.File(copy))));
        Path file = folder.resolve("dahlia.morph");
        world.answers.add(file);
        onFx(() -> studio.work().project().save());
        Files.delete(copy);
        onFx(() -> studio.work().project().startNew());
        var content = new ClipboardContent();
        content.putFiles(List.of(file.toFile()));
        onFx(() -> new DragboardOf(content).dropOn(robot.lookup(".slot").query()));
        assertEquals("dahlia", title());
        assertTrue(isShown("#project-message"));
        Screenshots.take(stage.getScene(), "missing");
        world.answers.add(SAMPLES.resolve("01-dahlia.jpg"));
        robot.clickOn(".slot-locate");
        assertTrue(studio.keyframes().areReady());
        assertEquals("", studio.keyframes().slots().getFirst().messageProperty().get());
    }

    @Test
    void theLineOfAProjectThatWasChangedElsewhereSavesItUnderAnotherName() throws IOException {
        fill();
        Path file = folder.resolve("dahlia.morph");
        world.answers.add(file);
        onFx(() -> studio.work().project().save());
        Files.writeString(file, "changed");
        onFx(() -> studio.parameters().gamma().set(0.5));
        onFx(() -> studio.work().project().save());
        assertTrue(isShown("#project-message"));
        assertFalse(isShown("#project-message-models"));
        Path other = folder.resolve("tulip.morph");
        world.answers.add(other);
        robot.clickOn("#project-message-save-as");
        assertTrue(Files.exists(other));
        assertEquals("tulip", title());
        assertFalse(isShown("#project-message"));
        assertEquals("changed", Files.readString(file));
    }

    @Test
    void aModelDroppedOnASlotGoesIntoTheListOfModels() {
        var content = new ClipboardContent();
        content.putFiles(List.of(Fixtures.folder("unet2d-modern").toFile()));
        onFx(() -> new DragboardOf(content).dropOn(robot.lookup(".slot").query()));
        assertTrue(isShown("#models-dialog"));
        assertTrue(isShown("#model-unet2d-modern"));
        assertEquals("", studio.keyframes().slots().getFirst().messageProperty().get());
    }

    @Test
    void aProjectIsPasted() {
        fill();
        Path file = folder.resolve("dahlia.morph");
        world.answers.add(file);
        onFx(() -> studio.work().project().save());
        onFx(() -> studio.work().project().startNew());
        var content = new ClipboardContent();
        content.putFiles(List.of(file.toFile()));
        onFx(() -> Clipboard.getSystemClipboard().setContent(content));
        robot.push(KeyCode.SHORTCUT, KeyCode.V);
        assertEquals("dahlia", title());
        assertTrue(studio.keyframes().areReady());
    }

    @Test
    void aPictureThatIsPastedIsOneWhateverRecipeItHasInside() throws IOException {
        Path still = folder.resolve("still.png");
        PngFile.write(FakeWorld.plain(32, 32, 0xff0000), still, Map.of("noisediffusion-recipe", "{}"));
        var content = new ClipboardContent();
        content.putFiles(List.of(still.toFile()));
        onFx(() -> Clipboard.getSystemClipboard().setContent(content));
        robot.push(KeyCode.SHORTCUT, KeyCode.V);
        assertEquals("still.png", studio.keyframes().slots().getFirst().name().getValue());
        assertEquals("", studio.work().project().messageProperty().get());
    }

    private String drawn(String query) {
        return robot.lookup(query + " .text").queryAs(Text.class).getText();
    }

    @Test
    void namesKeepTheirUnderscores() {
        fill();
        onFx(() -> studio.model().open(Path.of("tulips_256")));
        world.answers.add(folder.resolve("a_b.morph"));
        onFx(() -> studio.work().project().save());
        onFx(() -> stage.getScene().getRoot().layout());
        assertEquals("a_b", drawn("#project"));
        assertEquals("tulips_256", drawn("#model-chip"));
    }

    @Test
    void aLongNameLeavesTheRestOfTheHeaderInSight() {
        fill();
        onFx(() -> StudioStage.size(stage, 1024, 640));
        world.answers.add(folder.resolve("n".repeat(60) + ".morph"));
        onFx(() -> studio.work().project().save());
        onFx(() -> studio.parameters().gamma().set(0.5));
        onFx(() -> stage.getScene().getRoot().layout());
        assertTrue(drawn("#project").endsWith("n •"), () -> drawn("#project"));
        Node help = robot.lookup("#help").query();
        double end = help.localToScene(help.getLayoutBounds()).getMaxX();
        assertTrue(end <= stage.getScene().getWidth(), "the last button ends at " + end);
        Region export = robot.lookup("#export").queryAs(Region.class);
        assertEquals(export.prefWidth(-1), export.getWidth(), 1);
    }

    @Test
    void aShortNameStaysWholeBesideLongOnes() {
        fill();
        world.device = "d".repeat(60);
        onFx(() -> {
            StudioStage.size(stage, 1024, 640);
            studio.model().open(Path.of("m".repeat(60)));
        });
        onFx(() -> stage.getScene().getRoot().layout());
        assertEquals("Untitled •", drawn("#project"));
    }

    @Test
    void theKeysOfTheProjectRestWhileACardIsOpen() {
        world.answers.add(folder.resolve("a.morph"));
        fill();
        robot.clickOn("#settings");
        robot.push(KeyCode.CONTROL, KeyCode.S);
        robot.push(KeyCode.CONTROL, KeyCode.N);
        assertFalse(Files.exists(folder.resolve("a.morph")));
        assertFalse(studio.work().project().askingProperty().get());
        robot.push(KeyCode.ESCAPE);
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertTrue(Files.exists(folder.resolve("a.morph")));
    }
}
