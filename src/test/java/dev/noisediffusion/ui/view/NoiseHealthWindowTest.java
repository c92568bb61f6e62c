package dev.noisediffusion.ui.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.viewmodel.PictureOffer;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The health of the noise in the real window. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class NoiseHealthWindowTest {
    private static final Path SAMPLES = Path.of("assets", "samples");

    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private final SettingsViewModel settings = SettingsViewModel.unsaved();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        world.modelSide = 128;
        world.pictures = new FileReader();
        studio = world.studio();
        stage.setX(0);
        stage.setY(0);
        settings.healthOpenProperty().set(true);
        new StudioWindow(studio, settings, () -> {}).show(stage);
        studio.model().open(Path.of("Flowers 128"));
        studio.parameters().steps().set(10);
        studio.keyframes()
                .add(List.of(
                        new PictureOffer.File(SAMPLES.resolve("01-dahlia.jpg")),
                        new PictureOffer.File(SAMPLES.resolve("03-marigold.jpg"))));
        world.rest.elapse();
        studio.playback().seek(8);
    }

    private String text(String query) {
        return robot.lookup(query).queryAs(Label.class).getText();
    }

    private ImageView clipMap() {
        return robot.lookup(".slot .crop .clip-map").queryAs(ImageView.class);
    }

    /** The outline of the histogram. */
    private String bars() {
        return robot.lookup(".chart-filled")
                .queryAs(javafx.scene.shape.Path.class)
                .getElements()
                .toString();
    }

    @Test
    void theChartFollowsTheSlider() {
        String before = bars();
        assertNotEquals("[]", before);
        Slider slider = robot.lookup("#parameter-gamma .slider").queryAs(Slider.class);
        robot.drag(slider.lookup(".thumb")).moveBy(60, 0);
        waitForFxEvents();
        assertNotEquals(before, bars());
        assertTrue(Files.exists(Screenshots.take(stage.getScene(), "health-live")));
        robot.drop();
    }

    @Test
    void theClipMapCoversThePictures() {
        assertNull(clipMap().getImage());
        robot.clickOn("#clip-map");
        assertNotNull(clipMap().getImage());
        assertTrue(Files.exists(Screenshots.take(stage.getScene(), "health-clip-map")));
        robot.clickOn("#clip-map");
        assertNull(clipMap().getImage());
    }

    @Test
    void aSuggestionIsTakenWithAClickAndUndoneWithAnother() {
        double gamma = studio.parameters().gamma().get();
        robot.clickOn("#suggest");
        assertTrue(text("#suggestion-summary").startsWith("Noise"));
        assertTrue(Files.exists(Screenshots.take(stage.getScene(), "health-suggestion")));
        robot.clickOn("#apply-suggestion");
        assertNotEquals(gamma, studio.parameters().gamma().get());
        assertFalse(robot.lookup("#suggestion").query().isVisible());
        robot.clickOn("#history-undo");
        assertEquals(gamma, studio.parameters().gamma().get());
    }

    @Test
    void foldedItLeavesTheVerdictAndIsFoundSoTheNextTime() {
        Node title = robot.lookup("#noise-health > .title").query();
        Node summary = robot.lookup("#health-summary").query().getParent();
        assertFalse(summary.isVisible());

        robot.clickOn(title);

        assertTrue(summary.isVisible());
        assertEquals(text("#health-verdict"), text("#health-summary"));
        assertFalse(settings.healthOpenProperty().get());
        robot.clickOn(title);
        assertTrue(settings.healthOpenProperty().get());
    }
}
