package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.util.List;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What stands beneath the settings of the real window. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class HintsWindowTest {
    private final FakeWorld world = new FakeWorld();
    private final SettingsViewModel settings = StudioStage.darkSettings();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        studio = world.studio();
        FakeWorld.fill(studio);
        world.rest.elapse();
        StudioStage.show(stage, studio, settings);
    }

    private Label hint(String setting) {
        return robot.lookup("#parameter-" + setting + " .parameter-hint").queryAs(Label.class);
    }

    private boolean isThere(String setting) {
        assertEquals(hint(setting).isVisible(), hint(setting).isManaged(), setting);
        return hint(setting).isVisible();
    }

    private String text(String key) {
        return world.texts.get("parameter." + key);
    }

    @Test
    void aSettingThatChangesNothingSaysWhyInPlaceOfWhatItDoes() {
        assertEquals(text("seed.idle"), hint("seed").getText());
        assertEquals(text("travel.idle"), hint("travel").getText());
        assertEquals(text("gamma.help"), hint("gamma").getText());
        onFx(() -> stage.getScene().getRoot().applyCss());
        assertTrue(hint("seed").isDisabled());
        assertEquals(1, hint("seed").getOpacity(), "it is there to be read");
        onFx(() -> studio.parameters().gamma().set(0.3));
        assertEquals(text("seed.help"), hint("seed").getText());
        onFx(() -> studio.parameters().method().set(MethodName.SLERP));
        assertEquals(text("gamma.idle"), hint("gamma").getText());
        assertEquals(text("depth.help"), hint("depth").getText());
        onFx(() -> studio.parameters().method().set(MethodName.CROSSFADE));
        assertEquals(text("depth.idle"), hint("depth").getText());
    }

    @Test
    void whatSettingsDoIsSwitchedOffAndWhyOneChangesNothingStays() {
        List<String> ofAllKinds = List.of("method", "gamma", "placement", "prompt");
        assertTrue(ofAllKinds.stream().allMatch(this::isThere));
        robot.clickOn("#settings").clickOn("#settings-explanations").clickOn("#settings-dialog-close");
        assertFalse(settings.explanationsProperty().get());
        assertTrue(ofAllKinds.stream().noneMatch(this::isThere));
        assertTrue(isThere("seed"));
        onFx(() -> studio.parameters().gamma().set(0.3));
        assertFalse(isThere("seed"));
        onFx(() -> studio.export().open());
        assertTrue(isThere("quality"), "a dialog has room for them");
        onFx(() -> {
            studio.export().close();
            settings.explanationsProperty().set(true);
        });
        assertTrue(ofAllKinds.stream().allMatch(this::isThere));
    }
}
