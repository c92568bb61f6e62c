package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.stage.Popup;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class AllWindowsTest {
    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();
    private final List<String> news = new ArrayList<>();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        StudioStage.show(stage, studio);
    }

    private void openPopup(String name) {
        var popup = new Popup();
        popup.getContent().add(new Label(name));
        popup.setOnHidden(event -> news.add(name));
        popup.show(stage);
    }

    @Test
    void allWorkIsToldToEndBeforeTheWindowsGoTheNewestFirst() {
        onFx(() -> {
            jobs.holdBack();
            studio.model().open(Path.of("model"));
            jobs.tokens().getLast().onCancel(() -> news.add("work"));
            stage.setOnHidden(event -> news.add("window"));
            openPopup("popup");
            openPopup("newer popup");
            AllWindows.leave(studio);
        });
        assertEquals(List.of("work", "newer popup", "popup", "window"), news);
    }
}
