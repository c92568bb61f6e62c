package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusViewModelTest {
    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();
    private final StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
    private final StatusViewModel status = studio.status();
    private final List<String> said = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void fill() {
        studio.parameters().frames().set(5);
        studio.parameters().steps().set(10);
        FakeWorld.fill(studio);
        world.rest.elapse();
        status.textProperty().addListener((observable, before, now) -> said.add(now));
    }

    private List<String> running() {
        return status.works().stream()
                .filter(work -> work.runningProperty().get())
                .map(LongWork::id)
                .toList();
    }

    @Test
    void aSheetIsLongWorkLikeAnyOther() {
        // Of settings that the film does not show, or one cell was there already.
        studio.parameters().gain().set(1.3);
        jobs.holdBack();
        studio.sheet().openContactSheet();
        assertEquals(List.of("sheet"), running());
        assertEquals(1, status.countProperty().get());
        assertEquals("A quick look at every cell…", status.textProperty().get());
        assertEquals(-1, status.fractionProperty().get());
        jobs.runAll();
        assertEquals(List.of(), running());
        assertTrue(said.containsAll(List.of("0 of 25", "13 of 25", "25 of 25")), said::toString);
        assertFalse(status.busyProperty().get());
    }

    @Test
    void aSheetIsEndedFromTheLine() {
        jobs.holdBack();
        studio.sheet().openContactSheet();
        assertTrue(status.busyProperty().get());
        status.cancel();
        jobs.runAll();
        assertEquals("Stopped", studio.sheet().messageProperty().get());
        assertFalse(status.busyProperty().get());
    }

    @Test
    void givingUpOnAModelLeavesTheOneInUse() {
        String before = studio.model().name().getValue();
        jobs.holdBack();
        studio.model().open(Path.of("vast"));
        assertEquals(List.of("model"), running());
        status.cancel();
        assertFalse(status.busyProperty().get());
        jobs.runAll();
        assertEquals(before, studio.model().name().getValue());
        assertEquals(1, world.closedModels.get(), "the one that came too late");
        assertEquals("", studio.model().messageProperty().get());
    }

    @Test
    void givingUpOnAProjectLeavesTheWork() {
        Path file = folder.resolve("rose.morph");
        world.answers.add(file);
        studio.work().project().saveAs();
        studio.work().project().startNew();
        jobs.holdBack();
        studio.work().project().open(file);
        assertEquals(List.of("project"), running());
        status.cancel();
        assertFalse(status.busyProperty().get());
        jobs.runAll();
        assertEquals(
                0,
                studio.keyframes().slots().stream()
                        .filter(slot -> slot.keyframe().isPresent())
                        .count());
        assertFalse(studio.work().project().busyProperty().get());
    }

    @Test
    void aKeyGivesUpTheProjectAndNotTheModel() {
        Path file = folder.resolve("rose.morph");
        world.answers.add(file);
        studio.work().project().saveAs();
        studio.work().project().startNew();
        jobs.holdBack();
        studio.model().open(Path.of("vast"));
        assertFalse(status.giveUp());
        studio.work().project().open(file);
        assertEquals(List.of("project", "model"), running());
        assertTrue(status.giveUp());
        assertEquals(List.of("model"), running());
    }

    private void saveAFrame() {
        world.answers.add(folder.resolve("still.png"));
        studio.still().save(studio.film().cells().getFirst());
        assertEquals("Saved still.png", status.textProperty().get());
    }

    @Test
    void whatWasSavedIsNotToldOfAFilmThatIsNotUpToDateNorOfOtherWork() {
        String outdated = "Not up to date: press Render (Ctrl+R)";
        studio.render().liveProperty().set(false);
        saveAFrame();
        studio.parameters().gamma().set(0.3);
        assertEquals(outdated, status.textProperty().get());
        saveAFrame();
        studio.parameters().gamma().set(0.4);
        assertEquals(outdated, status.textProperty().get());
        saveAFrame();
        studio.model().open(Path.of("other"));
        assertEquals(outdated, status.textProperty().get());
        saveAFrame();
        studio.work().project().startNew();
        studio.work().project().discardAndGoOn();
        assertEquals("Add two pictures to begin", status.textProperty().get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "zh"})
    void everyActivityHasItsOwnWordsInEveryLanguage(String language) {
        var texts = Texts.load(Locale.of(language));
        List<Activity> all = Stream.concat(
                        Stream.of(Activity.Work.values()),
                        Stream.<Activity>of(new Activity.EncodingPicture(1, 2), new Activity.Named("rose.safetensors")))
                .toList();
        assertEquals(
                all.size(),
                new LinkedHashSet<>(all.stream().map(texts::activity).toList()).size());
        assertEquals("rose.safetensors", texts.activity(all.getLast()));
        assertFalse(texts.activity(new Activity.EncodingPicture(1, 2)).contains("{"));
    }
}
