package dev.noisediffusion.ui.view;

import static dev.noisediffusion.ui.view.StudioStage.awaitTip;
import static dev.noisediffusion.ui.view.StudioStage.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.viewmodel.NoiseChart;
import dev.noisediffusion.ui.viewmodel.NoiseHealth;
import dev.noisediffusion.ui.viewmodel.SettingsViewModel;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import dev.noisediffusion.ui.viewmodel.ThemeChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TitledPane;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** The health of the noise in the real window. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class NoiseHealthWindowTest {
    private final FakeWorld world = new FakeWorld();
    private final FxRobot robot = new FxRobot();
    private final SettingsViewModel settings = FakeWorld.unsaved();
    private StudioViewModel studio;
    private Stage stage;

    @Start
    void start(Stage given) {
        stage = given;
        world.modelSide = 128;
        world.pictures = new FileReader();
        studio = world.studio();
        settings.healthOpenProperty().set(true);
        StudioStage.show(stage, studio, settings);
        studio.model().open(Path.of("Flowers 128"));
        studio.parameters().steps().set(10);
        studio.keyframes().add(StudioStage.samples("01-dahlia.jpg", "03-marigold.jpg"));
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
        Screenshots.take(stage.getScene(), "health-live");
        robot.drop();
    }

    @Test
    void theClipMapCoversThePictures() {
        assertNull(clipMap().getImage());
        robot.clickOn("#clip-map");
        assertNotNull(clipMap().getImage());
        Screenshots.take(stage.getScene(), "health-clip-map");
        robot.clickOn("#clip-map");
        assertNull(clipMap().getImage());
    }

    @Test
    void aSuggestionIsTakenWithAClickAndUndoneWithAnother() {
        double gamma = studio.parameters().gamma().get();
        robot.clickOn("#suggest");
        assertTrue(text("#suggestion-summary").startsWith("Noise"));
        Screenshots.take(stage.getScene(), "health-suggestion");
        robot.clickOn("#apply-suggestion");
        assertNotEquals(gamma, studio.parameters().gamma().get());
        assertFalse(robot.lookup("#suggestion").query().isVisible());
        robot.clickOn("#history-undo");
        assertEquals(gamma, studio.parameters().gamma().get());
    }

    @Test
    void whyNothingIsSuggestedIsSaidWhereTheWholePanelHasATooltip() throws TimeoutException {
        onFx(() -> studio.parameters().method().set(MethodName.SLERP));
        robot.moveTo("#suggest");
        awaitTip("Only for NoiseDiffusion: choose it under Method first.");
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

    private static Paint border(Region region) {
        return region.getBorder().getStrokes().getFirst().getTopStroke();
    }

    @Test
    void itsTitleWearsABorderWhileItHasTheKeyboard() {
        TitledPane health = robot.lookup("#noise-health").queryAs(TitledPane.class);
        Region title = robot.lookup("#noise-health > .title").queryAs(Region.class);
        onFx(() -> health.setExpanded(false));
        onFx(title::applyCss);
        assertEquals(Color.TRANSPARENT, border(title));
        onFx(() -> {
            health.requestFocus();
            health.requestFocusTraversal(TraversalDirection.NEXT);
            stage.getScene().getFocusOwner().requestFocusTraversal(TraversalDirection.PREVIOUS);
        });
        assertTrue(health.isFocusVisible());
        onFx(title::applyCss);
        assertNotEquals(Color.TRANSPARENT, border(title));
    }

    @Test
    void itsChartsArePicturesForScreenReaders() {
        var charts = robot.lookup(".health-charts .chart").queryAll();
        assertEquals(2, charts.size());
        for (Node chart : charts) {
            assertEquals(AccessibleRole.IMAGE_VIEW, chart.getAccessibleRole());
            assertFalse(chart.getAccessibleText().isBlank());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ThemeChoice.class,
            names = {"LIGHT", "DARK"})
    void theBoundaryIsSeenBesideTheBarsAndOnThem(ThemeChoice look) {
        onFx(() -> settings.theme().set(look));
        onFx(() -> stage.getScene().getRoot().applyCss());
        Line boundary = robot.lookup(".chart-boundary").queryAs(Line.class);
        Color line = (Color) boundary.getStroke();
        Region chart = (Region) boundary.getParent();
        Color ground = (Color) chart.getBackground().getFills().getFirst().getFill();
        Color filled = (Color) robot.lookup(".chart-filled")
                .queryAs(javafx.scene.shape.Path.class)
                .getFill();
        assertTrue(Contrast.between(line, ground) >= Contrast.OF_MARKS);
        assertTrue(Contrast.between(line, Contrast.over(filled, ground)) >= Contrast.OF_MARKS);
    }

    @Test
    void thePeakOfALineIsInTheChart() {
        var narrow = new NoiseChart.Curve(List.of(0.0, 0.1, 1.9, 0.1, 0.0), List.of());
        var flat = new NoiseChart.Curve(List.of(0.1, 0.2, 0.4, 0.2, 0.1), List.of());
        var shown = new SimpleObjectProperty<@Nullable NoiseChart>(new NoiseChart(flat, List.of(narrow), 2));
        onFx(() -> {
            var histogram = new HistogramView(shown);
            histogram.resize(100, 50);
            histogram.layout();
            var line = (javafx.scene.shape.Path) histogram.lookup(".line-0");
            double top = line.getElements().stream()
                    .filter(LineTo.class::isInstance)
                    .mapToDouble(part -> ((LineTo) part).getY())
                    .min()
                    .orElseThrow();
            assertTrue(top >= 0, "cut off " + top);
        });
    }

    @Test
    void underThePageOfTheLabNothingIsMeasured() {
        NoiseHealth before = studio.health().healthProperty().get();
        onFx(() -> studio.lab().toggle());
        onFx(() -> studio.parameters().gamma().set(0.9));
        assertSame(before, studio.health().healthProperty().get());
        onFx(() -> studio.lab().toggle());
        assertNotSame(before, studio.health().healthProperty().get());
    }
}
