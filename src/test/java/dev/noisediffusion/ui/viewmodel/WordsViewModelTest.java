package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Phrase;
import dev.noisediffusion.morph.Prompting;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.ui.FakeWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said to a model that reads three words. */
class WordsViewModelTest {
    private final FakeWorld world = new FakeWorld();
    private StudioViewModel studio;
    private WordsViewModel words;

    @BeforeEach
    void setUp() {
        world.readsWords = true;
        studio = world.renderedStudio();
        words = studio.parameters().words();
    }

    private Prompting prompting() {
        return studio.parameters().settings(2).prompting();
    }

    @Test
    void wordsAreShownAndSaidToModelsThatReadThemAlone() {
        assertTrue(words.areRead().get());
        words.prompt().set("a red rose");
        assertEquals(new Prompting("a red rose", "", 5), prompting());
        world.readsWords = false;
        studio.model().open(Path.of("wordless"));
        assertFalse(words.areRead().get());
        assertEquals(Prompting.NONE, prompting());
        world.readsWords = true;
        studio.model().open(Path.of("model"));
        assertEquals(new Prompting("a red rose", "", 5), prompting());
    }

    @Test
    void theNetworkIsToldWhenTheHandRests() {
        world.told.clear();
        words.prompt().set("a red rose");
        words.negative().set("blur");
        words.guidance().set(7.5);
        world.rest.elapse();
        assertTrue(world.told.contains(new Guidance("a red rose", "", 1)), "pictures are encoded unguided");
        assertEquals(new Guidance("a red rose", "blur", 7.5), world.told.getLast());
    }

    @Test
    void withoutWordsThereIsNothingToGuide() {
        words.guidance().set(9);
        assertEquals(Prompting.NONE, prompting());
        assertFalse(words.guidance().relevant().get());
        words.negative().set("blur");
        assertTrue(words.guidance().relevant().get());
        assertEquals(new Prompting("", "blur", 9), prompting());
        studio.parameters().method().set(MethodName.CROSSFADE);
        assertFalse(words.prompt().relevant().get());
    }

    @Test
    void onePromptServesAllUnlessThereIsAnotherAtTheEnd() {
        words.prompt().set("a rose");
        assertEquals(new Prompting("a rose", "", 5), prompting());
        words.promptTo().set("a bird");
        assertEquals(new Prompting("a rose", "", 5, "a bird"), prompting());
        world.told.clear();
        world.rest.elapse();
        assertTrue(world.told.contains(new Guidance(new Phrase("a rose", "a bird", 0.5), "", 5)));
        assertEquals(
                "Prompt at the end", studio.work().history().undoNameProperty().get());
    }

    @Test
    void whatTheModelHasNoRoomForIsSaid() {
        var unread = words.unread(words.prompt());
        words.prompt().set("a red rose");
        assertEquals("", unread.getValue());
        words.prompt().set("a red rose at night");
        assertEquals("at night", unread.getValue());
        world.readsWords = false;
        studio.model().open(Path.of("wordless"));
        assertEquals("", unread.getValue());
    }

    @Test
    void linesBecomeOneAndTheMeasurelessIsCut() {
        words.prompt().set("  a rose\nat\r\nnight ");
        assertEquals("a rose at night", words.prompt().get());
        words.prompt().set("rose ".repeat(10_000));
        assertEquals(TextParameter.LONGEST - 1, words.prompt().get().length());
    }

    @Test
    void whatIsCutIsNotCutInsideACharacter() {
        String almost = "a".repeat(TextParameter.LONGEST - 1);
        words.prompt().set(almost + "🌹 and more");
        assertEquals(almost, words.prompt().get());
        words.prompt().set(almost.substring(1) + "🌹 and more");
        assertEquals(almost.substring(1) + "🌹", words.prompt().get());
    }

    @Test
    void undoTakesWordsBackAndKeepsThoseTypedInOneGoTogether() {
        HistoryViewModel history = studio.work().history();
        words.prompt().set("a");
        words.prompt().set("a rose");
        assertEquals("Prompt", history.undoNameProperty().get());
        world.gesture.elapse();
        words.prompt().set("a tulip");
        history.undo();
        assertEquals("a rose", words.prompt().get());
        history.undo();
        assertEquals("", words.prompt().get());
        history.redo();
        history.redo();
        assertEquals("a tulip", words.prompt().get());
    }

    @Test
    void undoneWordsBringTheFilmBackWithoutTheNetwork() {
        words.prompt().set("a rose");
        world.rest.elapse();
        assertTrue(studio.film().isComplete());
        world.networkCalls.set(0);
        studio.work().history().undo();
        assertTrue(studio.film().isComplete());
        assertEquals(0, world.networkCalls.get());
    }

    @Test
    void resetForgetsThem() {
        words.prompt().set("a rose");
        words.guidance().set(9);
        studio.parameters().reset();
        assertEquals("", words.prompt().get());
        assertEquals(5, words.guidance().get());
    }
}
