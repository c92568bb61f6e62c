package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.Playback;
import dev.noisediffusion.ui.FakeWorld;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExportViewModelTest {
    private final FakeWorld world = new FakeWorld();

    @Test
    void aWholeFilmIsSavedAsChosenWithItsRecipe() {
        StudioViewModel studio = world.renderedStudio();
        ExportViewModel export = studio.export();
        export.open();
        assertTrue(export.showingProperty().get());
        export.format().set(FilmFormat.GIF);
        export.fps().set(20);
        export.scale().set(2);
        export.order().set(Playback.LOOP);
        assertEquals(
                "17 frames · 0.8 s · 32 × 32 pixels", export.summaryProperty().get());
        world.answers.add(Path.of("film.gif"));
        export.export();
        ExportRequest saved = world.exports.getFirst();
        assertEquals(17, saved.frames().size());
        assertEquals(FilmFormat.GIF, saved.settings().format());
        assertEquals(20, saved.settings().fps());
        assertEquals(2, saved.settings().sizeMultiple());
        assertEquals(Playback.LOOP, saved.settings().playback());
        assertEquals(2, saved.request().keyframes().size());
        assertEquals("model", saved.model().name());
        assertFalse(export.showingProperty().get());
        assertEquals("Saved film.gif", studio.status().textProperty().get());
    }

    @Test
    void thereIsNothingToExportBeforeTheFilmIsWhole() {
        ExportViewModel export = world.studio().export();
        assertFalse(export.canExportProperty().get());
        export.open();
        assertFalse(export.showingProperty().get());
    }

    @Test
    void changingOnesMindInTheDialogSavesNothing() {
        ExportViewModel export = world.renderedStudio().export();
        export.open();
        export.export();
        assertTrue(world.exports.isEmpty());
        assertTrue(export.showingProperty().get());
    }

    @Test
    void aTargetThatCannotBeWrittenIsTold() {
        world.exporter = (request, progress, cancellation) -> {
            throw new IOException("The disk is full.");
        };
        ExportViewModel export = world.renderedStudio().export();
        world.answers.add(Path.of("film.mp4"));
        export.export();
        assertEquals(ExportState.FAILED, export.stateProperty().get());
        assertEquals("The disk is full.", export.messageProperty().get());
        export.dismissMessage();
        assertEquals(ExportState.IDLE, export.stateProperty().get());
    }

    @Test
    void theComparisonGoesBesideTheMorphWhereThereIsOne() {
        StudioViewModel studio = world.renderedStudio();
        studio.export().sideBySideProperty().set(true);
        assertFalse(studio.export().canSetBesideProperty().get());
        studio.compare().toggle();
        world.rest.elapse();
        assertTrue(studio.export().canSetBesideProperty().get());
        world.answers.add(Path.of("film.mp4"));
        studio.export().export();
        assertEquals(17, world.exports.getFirst().rival().size());
    }

    @Test
    void repeatsCountOnlyInAVideoThatLoops() {
        ExportViewModel export = world.renderedStudio().export();
        export.repeats().set(3);
        export.fps().set(32);
        assertEquals(
                "96 frames · 3.0 s · 64 × 64 pixels", export.summaryProperty().get());
        export.order().set(Playback.ONCE);
        assertEquals(
                "17 frames · 0.5 s · 64 × 64 pixels", export.summaryProperty().get());
    }
}
