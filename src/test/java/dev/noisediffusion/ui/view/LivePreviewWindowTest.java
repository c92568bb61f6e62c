package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import dev.noisediffusion.ui.viewmodel.PreviewStage;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.nio.file.Path;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** A slider moves in the real window: glimpse, draft, render. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class LivePreviewWindowTest {
    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        world.modelSide = 128;
        world.pictures = new FileReader();
        studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        StudioStage.show(stage, studio);
        studio.model().open(Path.of("Flowers 128"));
        studio.parameters().steps().set(10);
        studio.keyframes().add(StudioStage.samples("01-dahlia.jpg", "03-marigold.jpg"));
        world.rest.elapse();
        jobs.holdBack();
    }

    private Label pill() {
        return robot.lookup("#preview-main .pill").queryAs(Label.class);
    }

    private Image shownImage() {
        return robot.lookup("#preview-main .image-view")
                .queryAs(ImageView.class)
                .getImage();
    }

    @Test
    void thePictureFollowsTheSliderAndBecomesADraftAndThenTheFrame() {
        assertFalse(pill().isVisible());
        System.gc(); // a binding that nobody holds would be lost here, and the picture with it
        Image before = shownImage();
        assertNotNull(before);
        Slider slider = robot.lookup("#parameter-gamma .slider").queryAs(Slider.class);
        robot.drag(slider.lookup(".thumb")).moveBy(60, 0);
        // The glimpse, and the health of its noise.
        assertEquals(2, jobs.waitingCount());
        onFx(jobs::runAll);
        assertTrue(pill().isVisible());
        assertEquals("Glimpse", pill().getText());
        assertNotSame(before, shownImage());
        Screenshots.take(stage.getScene(), "live-glimpse");
        robot.drop();
        onFx(() -> {
            world.rest.elapse();
            jobs.runAll();
        });
        assertEquals(PreviewStage.NONE, studio.live().stageProperty().get());
        assertNotNull(shownImage());
        assertFalse(pill().isVisible());
    }
}
