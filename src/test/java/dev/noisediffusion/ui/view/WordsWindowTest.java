package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.atOnce;
import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.morph.EncodingCache;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.morph.Prompting;
import dev.noisediffusion.onnx.OrtEngine;
import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.project.Recipe;
import dev.noisediffusion.ui.FakeBench;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.viewmodel.FrameShape;
import dev.noisediffusion.ui.viewmodel.OpenModel;
import dev.noisediffusion.ui.viewmodel.Raster;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Words are typed in the real window, for a real model that reads them. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class WordsWindowTest {
    @TempDir
    private static Path shared;

    private static Path export;

    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private StudioViewModel studio;
    private Stage stage;

    @BeforeAll
    static void makeExport() throws IOException, ModelException {
        export = Fixtures.leanExport(shared.resolve("export"));
    }

    @Start
    void start(Stage given) {
        stage = given;
        world.pictures = new FileReader();
        world.models = (folder, notices) -> openModel(folder);
        studio = world.studio();
        StudioStage.show(stage, studio);
        StudioStage.size(stage, 1440, 900);
        studio.parameters().steps().set(2);
        studio.parameters().frames().set(3);
    }

    @AfterEach
    void close() {
        atOnce(stage::hide);
        studio.close();
    }

    /** The tiny Stable Diffusion by its folder, all else without words. */
    private OpenModel openModel(Path folder) throws Exception {
        if (!Files.exists(folder)) {
            return world.openModel(folder);
        }
        DiffusionModel model = new OrtEngine(new GraphCache(world.graphs)).open(folder);
        return new OpenModel(
                new Recipe.Model(model.name(), model.id()),
                new FrameShape(model.width(), model.height()),
                model.batchSize(),
                "CPU",
                ParameterValues.NONE,
                Optional.empty(),
                new MorphRenderer(model, new EncodingCache()),
                new FakeBench(model),
                model);
    }

    private Node node(String query) {
        return robot.lookup(query).query();
    }

    private Raster middle() {
        return Objects.requireNonNull(
                studio.film().cells().get(1).thumbnailProperty().get());
    }

    @Test
    void aPromptIsTypedRenderedAndUndoneAndItsEndThatIsNotReadIsSaid() {
        onFx(() -> studio.model().open(Path.of("Flowers 128")));
        assertFalse(node("#words").isVisible());
        onFx(() -> {
            studio.model().open(export);
            studio.keyframes().add(StudioStage.samples("01-dahlia.jpg", "03-marigold.jpg"));
            world.rest.elapse();
        });
        assertTrue(node("#words").isVisible());
        Raster wordless = middle();

        onFx(() -> node("#field-prompt").requestFocus());
        robot.write("a red rose");
        robot.push(KeyCode.ENTER);
        onFx(world.rest::elapse);
        assertEquals(
                new Prompting("a red rose", "", 5),
                studio.parameters().settings(2).prompting());
        assertFalse(Arrays.equals(wordless.argb(), middle().argb()));
        assertFalse(node("#cut-prompt").isVisible());

        robot.push(KeyCode.TAB);
        waitForFxEvents();
        assertTrue(node("#field-promptTo").isFocused());
        robot.push(KeyCode.TAB);
        waitForFxEvents();
        assertTrue(node("#field-negative").isFocused());
        onFx(() -> ((TextArea) node("#field-negative")).setText("tulip ".repeat(75) + "AND a rose"));
        robot.push(KeyCode.TAB);
        waitForFxEvents();
        assertTrue(((Label) node("#cut-negative")).getText().contains("“and a rose”"));
        assertTrue(node("#cut-negative").isVisible());
        Screenshots.take(stage.getScene(), "words");

        onFx(studio.work().history()::undo);
        assertEquals("", ((TextArea) node("#field-negative")).getText());
        assertFalse(node("#cut-negative").isVisible());
        onFx(studio.work().history()::undo);
        assertEquals("", ((TextArea) node("#field-prompt")).getText());
        assertEquals(wordless, middle());
    }

    @Test
    void wordsGoOnWhereTheHandWasAfterTheyWereTaken() {
        onFx(() -> studio.model().open(export));
        TextArea field = (TextArea) node("#field-prompt");
        onFx(field::requestFocus);
        robot.write("a red ");
        robot.push(KeyCode.ENTER);
        robot.write("rose");
        robot.push(KeyCode.ENTER);
        waitForFxEvents();
        assertEquals("a red rose", field.getText());

        onFx(() -> field.replaceSelection("\nin bloom"));
        robot.push(KeyCode.ENTER);
        robot.write(" now");
        robot.push(KeyCode.ENTER);
        waitForFxEvents();
        assertEquals("a red rose in bloom now", field.getText());
        assertEquals(
                "a red rose in bloom now", studio.parameters().words().prompt().get());
        assertFalse(field.isUndoable(), "what was taken is for the work to undo");
    }
}
