package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.Mask;
import dev.noisediffusion.morph.MaskTarget;
import dev.noisediffusion.morph.Masks;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.ManualJobRunner;
import org.junit.jupiter.api.Test;

class MaskToolViewModelTest {
    private final FakeWorld world = new FakeWorld();
    private final StudioViewModel studio = world.renderedStudio();
    private final MaskToolViewModel tool = studio.maskTool();
    private final HistoryViewModel history = studio.work().history();
    private final MasksViewModel masks = studio.parameters().masks();

    private void stroke(double... places) {
        history.gestureBegins();
        tool.begin(places[0], places[1], false);
        for (int i = 2; i < places.length; i += 2) {
            tool.moveTo(places[i], places[i + 1]);
            world.gesture.elapse();
        }
        history.gestureEnds();
        tool.end();
    }

    private Masks inTheRequest() {
        return ((NoiseDiffusion) studio.parameters().settings(2).method()).masks();
    }

    @Test
    void aStrokeIsInTheRequestAndIsOneStep() {
        stroke(0.2, 0.5, 0.5, 0.5, 0.8, 0.5);
        Mask painted = inTheRequest().gamma();
        assertTrue(painted.step(64, 64) > Mask.NEUTRAL_STEP);
        assertEquals(Mask.NEUTRAL_STEP, painted.step(64, 10));
        assertEquals("the lubrication mask", history.undoNameProperty().get());
        stroke(0.5, 0.1, 0.5, 0.9);
        assertNotEquals(painted, inTheRequest().gamma());
        history.undo();
        assertEquals(painted, inTheRequest().gamma());
        history.undo();
        assertEquals(Masks.NONE, inTheRequest());
        history.redo();
        assertEquals(painted, inTheRequest().gamma());
    }

    @Test
    void eachMaskIsItsOwn() {
        tool.take(MaskTarget.INJECTION);
        tool.mode().set(BrushMode.LESS);
        stroke(0.5, 0.5);
        assertTrue(tool.inHandProperty().get());
        assertEquals("the injection mask", history.undoNameProperty().get());
        assertTrue(inTheRequest().injection().step(64, 64) < Mask.NEUTRAL_STEP);
        assertFalse(masks.isActive(MaskTarget.GAMMA).getValue());
        assertTrue(masks.areActive().getValue());
        tool.target().set(MaskTarget.BOUNDARY);
        assertFalse(tool.painted().getValue());
        stroke(0.5, 0.5);
        tool.clearAll();
        assertEquals(Masks.NONE, inTheRequest());
        assertEquals("the masks", history.undoNameProperty().get());
        history.undo();
        assertTrue(masks.isActive(MaskTarget.INJECTION).getValue());
        assertTrue(masks.isActive(MaskTarget.BOUNDARY).getValue());
    }

    @Test
    void theMarksSayWhatIsPaintedAndWhatIsInHand() {
        MaskMark injection = tool.marks().get(2);
        assertFalse(injection.inHand().getValue());
        injection.take();
        assertTrue(injection.inHand().getValue());
        assertFalse(injection.painted().getValue());
        stroke(0.5, 0.5);
        assertTrue(injection.painted().getValue());
        assertFalse(tool.marks().getFirst().painted().getValue());
        tool.toggle();
        assertFalse(injection.inHand().getValue());
    }

    @Test
    void invertingTwiceIsNothing() {
        stroke(0.3, 0.3);
        Masks before = masks.get();
        tool.invert();
        assertTrue(masks.get().gamma().step(38, 38) < Mask.NEUTRAL_STEP);
        tool.invert();
        assertEquals(before, masks.get());
    }

    @Test
    void softeningSpreadsAndClearingLeavesNothing() {
        tool.softness().set(0);
        stroke(0.5, 0.5);
        int rim = masks.get().gamma().step(64, 64 + 17);
        tool.soften();
        assertTrue(masks.get().gamma().step(64, 64 + 17) > rim);
        assertEquals("the lubrication mask", history.undoNameProperty().get());
        tool.clear();
        assertEquals(Masks.NONE, masks.get());
    }

    @Test
    void theOppositeIsPaintedWithAnotherKeyHeld() {
        tool.begin(0.5, 0.5, true);
        tool.end();
        assertTrue(masks.get().gamma().step(64, 64) < Mask.NEUTRAL_STEP);
    }

    @Test
    void withoutAButtonNothingIsPainted() {
        tool.moveTo(0.5, 0.5);
        stroke(0.2, 0.2);
        Masks before = masks.get();
        tool.moveTo(0.9, 0.9);
        assertEquals(before, masks.get());
    }

    @Test
    void undoEndsTheStroke() {
        tool.begin(0.5, 0.5, false);
        history.undo();
        tool.moveTo(0.8, 0.5);
        assertEquals(Masks.NONE, masks.get());
    }

    @Test
    void aStrokeEndsWhenTheBrushIsPutAwayOrTakenForAnotherMask() {
        tool.toggle();
        tool.begin(0.5, 0.5, false);
        Masks before = masks.get();
        tool.take(MaskTarget.INJECTION);
        tool.moveTo(0.8, 0.5);
        assertEquals(before, masks.get());
        tool.begin(0.2, 0.2, false);
        before = masks.get();
        tool.toggle();
        assertFalse(tool.inHandProperty().get());
        tool.moveTo(0.8, 0.5);
        assertEquals(before, masks.get());
    }

    @Test
    void theColoursAreThoseOfTheMaskInHand() {
        stroke(0.5, 0.5);
        assertNull(tool.colours().getValue());
        tool.toggle();
        Raster colours = tool.colours().getValue();
        assertNotNull(colours);
        assertEquals(0, colours.argb()[0]);
        int middle = colours.height() / 2 * colours.width() + colours.width() / 2;
        assertTrue(colours.argb()[middle] >>> 24 > 60);
        tool.coloursShownProperty().set(false);
        assertNull(tool.colours().getValue());
        tool.coloursShownProperty().set(true);
        tool.target().set(MaskTarget.BOUNDARY);
        assertNull(tool.colours().getValue());
    }

    private CompareMode compared(CompareMode mode, CompareSide left) {
        studio.compare().left().set(left);
        studio.compare().mode().set(mode);
        tool.take(MaskTarget.GAMMA);
        assertTrue(tool.inHandProperty().get());
        return studio.compare().mode().get();
    }

    @Test
    void theBrushComesOutOverTheMorphItself() {
        assertEquals(CompareMode.SINGLE, compared(CompareMode.DIFFERENCE, CompareSide.CURRENT));
        tool.toggle();
        assertEquals(CompareMode.SINGLE, compared(CompareMode.SIDE_BY_SIDE, CompareSide.SLERP));
        tool.toggle();
        assertEquals(CompareMode.SINGLE, compared(CompareMode.WIPE, CompareSide.ORIGINAL));
        tool.toggle();
        assertEquals(CompareMode.SINGLE, compared(CompareMode.WIPE, CompareSide.CURRENT));
        tool.toggle();
        assertEquals(CompareMode.SIDE_BY_SIDE, compared(CompareMode.SIDE_BY_SIDE, CompareSide.CURRENT));
        tool.toggle();
        assertEquals(CompareMode.GRID, compared(CompareMode.GRID, CompareSide.SLERP));
    }

    @Test
    void theBrushGoesWhereAnotherPictureTakesThePlaceOfTheMorph() {
        assertEquals(CompareMode.SIDE_BY_SIDE, compared(CompareMode.SIDE_BY_SIDE, CompareSide.CURRENT));
        studio.compare().swap();
        assertFalse(tool.inHandProperty().get());
        assertEquals(CompareMode.SINGLE, compared(CompareMode.SINGLE, CompareSide.SLERP));
        studio.compare().mode().set(CompareMode.DIFFERENCE);
        assertFalse(tool.inHandProperty().get());
        assertEquals(CompareMode.DIFFERENCE, studio.compare().mode().get());
        assertEquals(CompareMode.SINGLE, compared(CompareMode.SINGLE, CompareSide.CURRENT));
        studio.compare().mode().set(CompareMode.WIPE);
        assertFalse(tool.inHandProperty().get());
        assertEquals(CompareMode.WIPE, studio.compare().mode().get());
        studio.compare().left().set(CompareSide.SLERP);
        studio.parameters().method().set(MethodName.SLERP);
        studio.compare().mode().set(CompareMode.SIDE_BY_SIDE);
        tool.toggle();
        assertEquals(CompareMode.SIDE_BY_SIDE, studio.compare().mode().get());
        studio.parameters().method().set(MethodName.NOISE_DIFFUSION);
        assertFalse(tool.inHandProperty().get());
    }

    @Test
    void theBrushGrowsAndShrinksWithinItsLimits() {
        tool.resize(1);
        assertEquals(30, tool.size().get());
        for (int i = 0; i < 40; i++) {
            tool.resize(-1);
        }
        assertEquals(2, tool.size().get());
        tool.resize(1);
        assertEquals(3, tool.size().get());
    }

    @Test
    void theNoteSaysWhyNothingHappens() {
        studio.playback().seek(4);
        assertEquals("mask.note.gamma", tool.noteKey().getValue());
        studio.parameters().gamma().set(0.3);
        assertEquals("mask.note.GAMMA", tool.noteKey().getValue());
        studio.playback().seek(0);
        assertEquals("mask.note.ownPicture", tool.noteKey().getValue());
        studio.parameters().endpoints().set(Endpoints.METHOD);
        tool.target().set(MaskTarget.BOUNDARY);
        assertEquals("mask.note.BOUNDARY", tool.noteKey().getValue());
        studio.parameters().boundaryOffProperty().set(true);
        assertEquals("mask.note.boundary", tool.noteKey().getValue());
        studio.parameters().method().set(MethodName.SLERP);
        assertEquals("mask.note.method", tool.noteKey().getValue());
        for (String key :
                new String[] {"gamma", "boundary", "method", "ownPicture", "GAMMA", "BOUNDARY", "INJECTION"}) {
            assertTrue(world.texts.find("mask.note." + key).isPresent());
        }
    }

    @Test
    void theFilmStandsStillForTheBrush() {
        studio.playback().toggle();
        assertTrue(studio.playback().playingProperty().get());
        stroke(0.5, 0.5);
        assertFalse(studio.playback().playingProperty().get());
    }

    @Test
    void paintingIsSeenLive() {
        var jobs = new ManualJobRunner();
        StudioViewModel slow = world.studio(jobs, new dev.noisediffusion.ui.InlineJobRunner(), world.rest);
        FakeWorld.fill(slow);
        while (jobs.waitingCount() > 0) {
            jobs.runNext();
        }
        slow.parameters().gamma().set(0.5);
        world.rest.elapse();
        while (jobs.waitingCount() > 0) {
            jobs.runNext();
        }
        slow.playback().seek(8);
        while (jobs.waitingCount() > 0) {
            jobs.runNext();
        }
        slow.maskTool().begin(0.5, 0.5, false);
        slow.maskTool().moveTo(0.6, 0.5);
        assertEquals(1, jobs.waitingCount());
        jobs.runNext();
        assertEquals(PreviewStage.GLIMPSE, slow.live().stageProperty().get());
    }

    @Test
    void resettingEverythingResetsTheMasksAndIsTakenBack() {
        stroke(0.5, 0.5);
        Masks painted = masks.get();
        studio.parameters().reset();
        assertEquals(Masks.NONE, masks.get());
        history.undo();
        assertEquals(painted, masks.get());
    }

    @Test
    void valuesThatSayNothingOfMasksLeaveThem() {
        stroke(0.5, 0.5);
        Masks painted = masks.get();
        studio.parameters()
                .apply(new dev.noisediffusion.project.ParameterValues(java.util.Map.of("gamma", 0.7), null, null));
        assertEquals(painted, masks.get());
    }
}
