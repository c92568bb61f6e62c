package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.project.Preset;
import dev.noisediffusion.project.PresetFolder;
import dev.noisediffusion.project.ProjectException;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresetsViewModelTest {
    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private StudioViewModel studio;
    private PresetsViewModel presets;

    @BeforeEach
    void open() {
        world.presets = folder;
        studio = world.studio();
        presets = studio.presets();
    }

    private void save(String name) {
        presets.startSaving();
        presets.nameProperty().set(name);
        presets.takeName();
    }

    @Test
    void theStudioBeginsWithThePaper() {
        assertEquals("Paper", presets.currentProperty().get());
        studio.parameters().gamma().set(0.42);
        assertEquals("", presets.currentProperty().get());
        studio.parameters().gamma().reset();
        studio.parameters().frames().set(40);
        assertEquals("Paper", presets.currentProperty().get());
    }

    @Test
    void choosingIsOneStep() {
        studio.parameters().frames().set(40);
        studio.parameters().gamma().set(0.42);
        presets.choose("Dreamy");
        assertEquals("Dreamy", presets.currentProperty().get());
        assertEquals(40, studio.parameters().frames().get());
        assertEquals("preset Dreamy", studio.work().history().undoNameProperty().get());
        studio.work().history().undo();
        assertEquals(0.42, studio.parameters().gamma().get());
        assertEquals("", presets.currentProperty().get());
        studio.work().history().redo();
        assertEquals("Dreamy", presets.currentProperty().get());
    }

    @Test
    void everyLookOfTheStudioIsAnother() {
        for (String name : presets.builtInNames()) {
            presets.choose(name);
            assertEquals(name, presets.currentProperty().get());
        }
    }

    @Test
    void onesOwnIsKeptForTheNextSession() {
        studio.parameters().gamma().set(0.42);
        studio.parameters().steps().set(33);
        save(" Mine ");
        assertEquals("Mine", presets.currentProperty().get());
        assertTrue(presets.ownChosenProperty().get());
        StudioViewModel next = world.studio();
        next.presets().load();
        next.presets().choose("Mine");
        assertEquals(0.42, next.parameters().gamma().get());
        assertEquals(33, next.parameters().steps().get());
    }

    @Test
    void onesOwnIsRenamedAndForgotten() {
        studio.parameters().gamma().set(0.42);
        save("Mine");
        presets.startRenaming();
        assertEquals("Mine", presets.nameProperty().get());
        presets.nameProperty().set("Ours");
        presets.takeName();
        assertEquals(List.of("Ours"), presets.ownNames());
        assertEquals("Ours", presets.currentProperty().get());
        presets.delete();
        assertEquals(List.of(), presets.ownNames());
        assertEquals("", presets.currentProperty().get());
        assertEquals(0.42, studio.parameters().gamma().get());
    }

    @Test
    void onesOwnThatFitsALookOfTheStudiosAsWellIsRenamedAndForgotten() {
        studio.parameters().steps().set(80);
        assertEquals("Paper", presets.currentProperty().get());
        save("Fine");
        assertEquals("Fine", presets.currentProperty().get());
        assertTrue(presets.ownChosenProperty().get());
        presets.choose("Paper");
        assertEquals("Paper", presets.currentProperty().get());
        assertFalse(presets.ownChosenProperty().get());
        presets.choose("Fine");
        presets.startRenaming();
        presets.nameProperty().set("Finer");
        presets.takeName();
        assertEquals(List.of("Finer"), presets.ownNames());
        assertEquals("Finer", presets.currentProperty().get());
        presets.delete();
        assertEquals(List.of(), presets.ownNames());
        assertEquals("Paper", presets.currentProperty().get());
    }

    @Test
    void onesOwnComesBeforeALookOfTheStudiosInTheNextSession() {
        studio.parameters().steps().set(80);
        save("Fine");
        StudioViewModel next = world.studio();
        next.presets().load();
        assertEquals("Paper", next.presets().currentProperty().get());
        next.parameters().steps().set(80);
        assertEquals("Fine", next.presets().currentProperty().get());
        assertTrue(next.presets().ownChosenProperty().get());
    }

    @Test
    void aLookOfTheStudiosIsChosenThoughOnesOwnOfAnotherLanguageHasItsName() {
        var german = new FakeWorld(Texts.load(Locale.GERMAN));
        german.presets = folder;
        studio = german.studio();
        presets = studio.presets();
        studio.parameters().gamma().set(0.42);
        save("Paper");
        open();
        presets.load();
        presets.choose("Paper");
        assertEquals(0.42, studio.parameters().gamma().get());
        assertTrue(presets.ownChosenProperty().get());
        presets.chooseStudios("Paper");
        assertEquals(0, studio.parameters().gamma().get());
        assertEquals("Paper", presets.currentProperty().get());
        assertFalse(presets.ownChosenProperty().get());
    }

    @Test
    void onesOwnWithValuesBeyondTheLimitsIsSetAndForgotten() throws ProjectException {
        var kept = new PresetFolder(folder);
        var values = new ParameterValues(
                Map.of("gamma", 0.123, "depth", 2.0),
                Map.of("placement", "NOWHERE"),
                Map.of(ParameterValues.BOUNDARY_OFF, true));
        kept.save(Preset.of("Wild", values));
        presets.load();
        presets.choose("Wild");
        assertEquals(0.12, studio.parameters().gamma().get());
        assertEquals(0.99, studio.parameters().depth().get());
        assertEquals("Wild", presets.currentProperty().get());
        assertTrue(presets.ownChosenProperty().get());
        presets.startRenaming();
        presets.nameProperty().set("Wilder");
        presets.takeName();
        assertEquals("Wilder", presets.currentProperty().get());
        assertEquals(values, kept.load().presets().getFirst().values(), "a name changes no value");
        presets.delete();
        assertEquals(List.of(), presets.ownNames());
    }

    @Test
    void onesOwnThatIsAsTheModelSuggestsIsForgotten() {
        world.suggestions.put("flowers", new ParameterValues(Map.of("gain", 1.4, "steps", 30.0), Map.of(), Map.of()));
        studio.model().open(Path.of("flowers"));
        assertEquals("Suggested", presets.currentProperty().get());
        save("Mine");
        assertEquals("Mine", presets.currentProperty().get());
        presets.choose("Suggested");
        assertEquals("Suggested", presets.currentProperty().get());
        presets.choose("Mine");
        presets.delete();
        assertEquals(List.of(), presets.ownNames());
        assertEquals("Suggested", presets.currentProperty().get());
    }

    @Test
    void ofTwoOfOnesOwnThatAreEqualTheOneChosenIsSet() {
        studio.parameters().gamma().set(0.42);
        save("Alike");
        save("Mine");
        assertEquals("Mine", presets.currentProperty().get());
        presets.choose("Alike");
        assertEquals("Alike", presets.currentProperty().get());
        studio.parameters().gamma().set(0.5);
        assertEquals("", presets.currentProperty().get());
        studio.parameters().gamma().set(0.42);
        assertEquals("Alike", presets.currentProperty().get());
        presets.choose("Mine");
        presets.delete();
        assertEquals(List.of("Alike"), presets.ownNames());
        assertEquals("Alike", presets.currentProperty().get());
    }

    @Test
    void aNameOfTheStudiosIsRefusedAndOnesOwnIsAnnounced() {
        studio.parameters().gamma().set(0.42);
        save("Mine");
        save("Paper");
        assertTrue(presets.namingProperty().get());
        assertFalse(presets.problemProperty().get().isEmpty());
        presets.nameProperty().set("Mine");
        assertEquals(
                "Takes the place of your preset “Mine”.",
                presets.problemProperty().get());
        presets.stopNaming();
        assertEquals(List.of("Mine"), presets.ownNames());
    }

    @Test
    void whatIsKeptAndForgottenInHasteIsDoneInThatOrder() {
        save("Old");
        var jobs = new SwitchedJobRunner();
        studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        presets = studio.presets();
        presets.load();
        presets.choose("Old");
        jobs.holdBack();
        save("New");
        presets.delete();
        assertEquals(1, jobs.waitingCount(), "one at a time");
        jobs.runNext();
        assertEquals(1, jobs.waitingCount());
        jobs.runAll();
        assertEquals(List.of("New"), presets.ownNames());
    }

    @Test
    void aDamagedFileIsToldAndStays() throws IOException {
        Path damaged = Files.writeString(folder.resolve("broken.json"), "{");
        presets.load();
        assertTrue(presets.messageProperty().get().contains("“" + damaged + "”"));
        save("Mine");
        presets.dismissMessage();
        assertEquals("{", Files.readString(damaged));
        assertEquals(List.of("Mine"), presets.ownNames());
    }
}
