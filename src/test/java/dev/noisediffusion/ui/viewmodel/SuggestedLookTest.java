package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.ManualJobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class SuggestedLookTest {
    private static final String SUGGESTED = "Suggested";

    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private StudioViewModel studio;

    @BeforeEach
    void open() {
        world.sessions = folder.resolve("sessions");
        world.pictures = new FileReader();
        world.suggestions.put("flowers", suggestion(Map.of("gain", 1.4, "depth", 0.67, "steps", 30.0)));
        world.suggestions.put("cats", suggestion(Map.of("gamma", 0.1)));
        studio = world.studio();
    }

    private static ParameterValues suggestion(Map<String, Double> numbers) {
        return new ParameterValues(numbers, Map.of(), Map.of());
    }

    private void use(String model) {
        studio.model().open(Path.of(model));
    }

    private void assertLook(double gamma, double gain, double depth, int steps) {
        ParametersViewModel parameters = studio.parameters();
        assertEquals(
                List.of(gamma, gain, depth, (double) steps),
                List.of(
                        parameters.gamma().get(),
                        parameters.gain().get(),
                        parameters.depth().get(),
                        parameters.steps().get()));
    }

    private String look() {
        return studio.presets().currentProperty().get();
    }

    private boolean isUnsaved() {
        return studio.work().project().unsavedProperty().get();
    }

    private List<PictureOffer.File> pictures() throws IOException {
        Path file = folder.resolve("a.png");
        PngFile.write(FakeWorld.plain(32, 32, 0xff0000), file, Map.of());
        return List.of(new PictureOffer.File(file));
    }

    @Test
    void resettingWhatNobodyHasSetChangesNothing() {
        use("flowers");
        StudioState before = studio.work().history().state();
        studio.parameters().reset();
        assertEquals(before, studio.work().history().state());
        assertFalse(isUnsaved());
    }

    @Test
    void aStudioThatNobodyHasSetBeginsAsItsModelSuggests() {
        use("flowers");
        assertLook(0, 1.4, 0.67, 30);
        assertEquals(SUGGESTED, look());
        assertTrue(studio.presets().suggested().tip().contains("flowers"));
        assertFalse(isUnsaved());
    }

    @Test
    void itFollowsFromModelToModelAndBackToThePaper() {
        use("flowers");
        use("cats");
        assertLook(0.1, 1.2, 0.7, 50);
        use("silent");
        assertLook(0, 1.2, 0.7, 50);
        assertEquals("Paper", look());
        assertFalse(studio.presets().suggested().isOffered());
    }

    @Test
    void theLengthOfTheFilmIsNoLook() {
        studio.parameters().frames().set(40);
        use("flowers");
        assertLook(0, 1.4, 0.67, 30);
        assertEquals(40, studio.parameters().frames().get());
        assertTrue(isUnsaved());
    }

    @Test
    void itIsOneStepThatCanBeUndone() {
        use("flowers");
        HistoryViewModel history = studio.work().history();
        assertEquals("settings as flowers suggests", history.undoNameProperty().get());
        history.undo();
        assertLook(0, 1.2, 0.7, 50);
        use("cats");
        assertLook(0, 1.2, 0.7, 50);
    }

    @Test
    void whatSomebodyHasSetStaysAndTheLookIsOffered() {
        studio.parameters().gamma().set(0.25);
        use("flowers");
        assertLook(0.25, 1.2, 0.7, 50);
        assertEquals("", look());
        studio.presets().choose(SUGGESTED);
        assertLook(0, 1.4, 0.67, 30);
        assertEquals(SUGGESTED, look());
    }

    @Test
    void aSettingThatWasTakenBackCountsAsNotSet() {
        studio.parameters().gamma().set(0.25);
        studio.work().history().undo();
        use("flowers");
        assertEquals(SUGGESTED, look());
    }

    @Test
    void resettingGoesWhereTheModelBegins() {
        use("flowers");
        studio.parameters().gain().set(2);
        studio.parameters().gain().reset();
        assertEquals(1.4, studio.parameters().gain().get());
        studio.presets().choose("Dreamy");
        studio.parameters().reset();
        assertLook(0, 1.4, 0.67, 30);
        studio.parameters().gainsApartProperty().set(true);
        studio.parameters().muGain().set(2);
        studio.parameters().muGain().reset();
        assertEquals(1.4, studio.parameters().muGain().get());
    }

    @Test
    void newWorkBeginsAsTheModelSuggests() {
        use("flowers");
        studio.parameters().gain().set(2);
        studio.work().project().startNew();
        studio.work().project().discardAndGoOn();
        assertLook(0, 1.4, 0.67, 30);
        assertFalse(isUnsaved());
        assertEquals("", studio.work().history().undoNameProperty().get());
        use("cats");
        assertLook(0.1, 1.2, 0.7, 50);
    }

    @Test
    void aProjectIsNeverOverwrittenEvenWhereItHasTheDefaults() throws IOException {
        Path file = folder.resolve("paper.morph");
        world.answers.add(file);
        studio.work().project().saveAs();
        studio = world.studio();
        use("flowers");
        studio.work().project().open(file);
        assertLook(0, 1.2, 0.7, 50);
        use("cats");
        assertLook(0, 1.2, 0.7, 50);
        assertFalse(isUnsaved());
    }

    @Test
    void whatAProjectDoesNotSayIsNotTheModelsToSay() throws IOException {
        Path file = folder.resolve("old.morph");
        world.answers.add(file);
        studio.work().project().saveAs();
        String without = Files.readString(file).replaceAll("\"gain\"\\s*:\\s*1.2\\s*,", "");
        assertFalse(without.equals(Files.readString(file)));
        Files.writeString(file, without);
        use("flowers");
        studio.work().project().open(file);
        assertLook(0, 1.2, 0.7, 50);
    }

    @Test
    void picturesThatCameWithTheSessionStaySavedWhenTheModelComesAfterThem() throws IOException {
        studio.work().begin(pictures());
        use("flowers");
        assertEquals(SUGGESTED, look());
        assertFalse(isUnsaved());
    }

    @Test
    void picturesThatCameWithTheSessionStaySavedWhenTheModelComesBeforeThem() throws IOException {
        var jobs = new ManualJobRunner();
        studio = world.studio(jobs, jobs, world.rest);
        studio.work().begin(pictures());
        use("flowers");
        jobs.runLast();
        assertEquals(SUGGESTED, look());
        while (jobs.waitingCount() > 0) {
            jobs.runNext();
        }
        assertEquals(
                SlotState.LOADED,
                studio.keyframes().slots().getFirst().stateProperty().get());
        assertFalse(isUnsaved());
    }

    @Test
    void itsNameIsTaken() {
        PresetsViewModel presets = studio.presets();
        presets.startSaving();
        presets.nameProperty().set(SUGGESTED);
        assertFalse(presets.problemProperty().get().isEmpty());
        presets.takeName();
        assertTrue(presets.namingProperty().get());
    }
}
