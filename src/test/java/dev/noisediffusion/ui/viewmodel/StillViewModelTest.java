package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StillViewModelTest {
    private final FakeWorld world = new FakeWorld();
    private final StudioViewModel studio = world.renderedStudio();
    private final StillViewModel still = studio.still();

    private FrameCell fifth() {
        return studio.film().cells().get(4);
    }

    @Test
    void aFrameIsSavedWithItsRecipeInTheSizeOfExports() {
        studio.export().scale().set(2);
        world.answers.add(Path.of("still.png"));
        still.save(fifth());
        ExportRequest saved = world.exports.getFirst();
        assertEquals(Path.of("still.png"), saved.target());
        assertEquals(FilmFormat.CONTACT_SHEET, saved.settings().format());
        assertEquals(2, saved.settings().sizeMultiple());
        assertEquals(List.of(fifth().picture().orElseThrow()), saved.frames());
        assertEquals(studio.film().version().orElseThrow().request(), saved.request());
        assertEquals("Saved still.png", studio.status().textProperty().get());
    }

    @Test
    void aFrameIsCopiedInTheSizeOfExports() {
        studio.export().scale().set(3);
        var board = new ArrayList<Raster>();
        still.copy(fifth(), board::add);
        assertEquals(3 * world.modelSide, board.getFirst().width());
        assertEquals(
                "Frame 5 is on the clipboard.", studio.status().textProperty().get());
    }

    @Test
    void whatTheDialogIsAboutIsSavedThoughTheFilmGoesOn() {
        Picture shown = fifth().picture().orElseThrow();
        FilmstripViewModel.Version version = studio.film().version().orElseThrow();
        world.whileAsking = () -> List.copyOf(studio.keyframes().slots()).forEach(studio.keyframes()::remove);
        world.answers.add(Path.of("still.png"));
        still.save(fifth());
        assertTrue(studio.film().cells().isEmpty());
        assertEquals(List.of(shown), world.exports.getFirst().frames());
        assertEquals(version.request(), world.exports.getFirst().request());
    }

    @Test
    void whatHasNotComeIsNeitherSavedNorCopied() {
        world.failing = true;
        studio.parameters().gain().set(0.7);
        world.rest.elapse();
        assertFalse(still.isThere(fifth()));
        world.answers.add(Path.of("still.png"));
        still.save(fifth());
        still.copy(fifth(), raster -> {
            throw new AssertionError("copied");
        });
        assertTrue(world.exports.isEmpty());
        assertEquals(1, world.answers.size());
    }

    private static void copyNothing(StudioViewModel studio) {
        studio.still().copy(studio.film().cells().get(4), raster -> {
            throw new AssertionError("copied");
        });
    }

    @Test
    void copyingAFrameThatIsStillComingSaysSo() {
        var renders = new SwitchedJobRunner();
        StudioViewModel slow = world.studio(new InlineJobRunner(), renders, world.rest);
        FakeWorld.fill(slow);
        world.rest.elapse();
        String said = "Frame 5 is not rendered yet, so it was not copied.";
        renders.holdBack();
        slow.parameters().gamma().set(0.3);
        copyNothing(slow);
        assertEquals(said, slow.status().textProperty().get());
        world.rest.elapse();
        assertEquals(RenderState.RENDERING, slow.render().stateProperty().get());
        assertNotEquals(said, slow.status().textProperty().get());
        copyNothing(slow);
        assertEquals(said, slow.status().textProperty().get(), "also while it is rendered");
        Picture picture = FakeWorld.plain(world.modelSide, world.modelSide, 0x40a060);
        slow.film().deliver(8, picture, Raster.of(picture));
        assertNotEquals(said, slow.status().textProperty().get());
    }

    @Test
    void aFrameThatAChangeIsAboutToReplaceIsNotThere() {
        studio.parameters().gamma().set(0.3);
        FrameCell inSight =
                studio.film().cells().get(studio.playback().indexProperty().get());
        assertFalse(still.isThere(inSight));
        world.rest.elapse();
        assertTrue(still.isThere(inSight));
        studio.render().liveProperty().set(false);
        studio.parameters().gamma().set(0.4);
        assertTrue(still.isThere(inSight), "it is what is seen");
    }

    @Test
    void aFrameThatIsNotReplacedAfterAllIsThereUnlessALookStandsInItsPlace() {
        var renders = new SwitchedJobRunner();
        StudioViewModel slow = world.studio(new InlineJobRunner(), renders, world.rest);
        FakeWorld.fill(slow);
        world.rest.elapse();
        renders.holdBack();
        slow.parameters().gamma().set(0.3);
        world.rest.elapse();
        int index = slow.playback().indexProperty().get();
        Picture picture = FakeWorld.plain(world.modelSide, world.modelSide, 0x40a060);
        slow.film().deliver(index, picture, Raster.of(picture));
        slow.film().deliver(index + 2, picture, Raster.of(picture));
        FrameCell inSight = slow.film().cells().get(index);
        FrameCell other = slow.film().cells().get(index + 2);
        assertTrue(slow.still().isThere(inSight));
        assertTrue(slow.still().isThere(other));
        slow.parameters().gamma().set(0.4);
        assertFalse(slow.still().isThere(other));
        slow.render().cancel();
        assertNotNull(slow.live().rasterProperty().get());
        assertTrue(slow.still().isThere(other));
        assertFalse(slow.still().isThere(inSight));
        slow.playback().seek(index + 2);
        assertTrue(slow.still().isThere(other));
        assertTrue(slow.still().isThere(inSight));
    }

    @Test
    void aFrameThatIsNotInTheFilmAnyMoreIsNotThere() {
        FrameCell before = fifth();
        studio.parameters().frames().set(9);
        world.rest.elapse();
        assertFalse(still.isThere(before));
        assertTrue(still.isThere(fifth()));
        world.answers.add(Path.of("still.png"));
        still.save(before);
        assertTrue(world.exports.isEmpty());
    }

    @Test
    void whatIsBeingSavedIsSavedThoughTheWindowCloses() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel slow = world.studio(jobs, new InlineJobRunner(), world.rest);
        FakeWorld.fill(slow);
        world.rest.elapse();
        world.exporter = (request, progress, cancellation) -> {
            cancellation.throwIfCancelled();
            world.exports.add(request);
        };
        jobs.holdBack();
        world.answers.add(Path.of("still.png"));
        slow.still().save(slow.film().cells().get(4));
        jobs.tokens().getLast().cancel();
        jobs.runLast();
        assertEquals(Path.of("still.png"), world.exports.getFirst().target());
    }

    @Test
    void aFailureIsTold() {
        world.exporter = (request, progress, cancellation) -> {
            throw new IOException("The disk is full.");
        };
        world.answers.add(Path.of("still.png"));
        still.save(fifth());
        assertEquals("The disk is full.", studio.exports().messageProperty().get());
    }
}
