package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.ManualJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FramesViewModelTest {
    private final FakeWorld world = new FakeWorld();
    private final StudioViewModel studio = lubricated();
    private final FramesViewModel frames = studio.frames();

    private StudioViewModel lubricated() {
        return lubricated(new InlineJobRunner());
    }

    private StudioViewModel lubricated(JobRunner renders) {
        StudioViewModel made = world.studio(new InlineJobRunner(), renders, world.rest);
        made.parameters().gamma().set(0.3);
        FakeWorld.fill(made);
        world.rest.elapse();
        return made;
    }

    private FrameCell cell(int index) {
        return studio.film().cells().get(index);
    }

    private FrameMarks marks(int index) {
        return cell(index).marksProperty().get();
    }

    private Picture picture(int index) {
        return cell(index).picture().orElseThrow();
    }

    private void reroll(int index) {
        frames.reroll(cell(index));
        world.rest.elapse();
    }

    @Test
    void aRerolledFrameIsTheOnlyOneThatIsMadeAgain() {
        List<Picture> before = FilmPictures.of(studio.film());
        studio.render().liveProperty().set(false);
        int calls = world.networkCalls.get();
        frames.reroll(cell(5));
        studio.render().start();
        int one = world.networkCalls.get() - calls;
        studio.parameters().seed().set(99);
        studio.render().start();
        // The frame in sight is made alone; of the others four fit into one call of this model. So all take five times
        // as many.
        assertEquals(6 * one, world.networkCalls.get() - calls);
        List<Picture> after = FilmPictures.of(studio.film());
        assertNotEquals(before.get(5), after.get(5));
        assertEquals(before.get(0), after.get(0));
        assertTrue(marks(5).locked());
        assertFalse(marks(4).locked());
    }

    @Test
    void takesAreKeptAndComeBackWithoutTheNetwork() {
        Picture original = picture(8);
        reroll(8);
        Picture first = picture(8);
        reroll(8);
        Picture second = picture(8);
        assertNotEquals(first, second);
        assertEquals(new FrameMarks(true, false, false, 2, 1), marks(8));
        int calls = world.networkCalls.get();
        frames.show(cell(8), 0);
        assertEquals(first, picture(8));
        frames.show(cell(8), -1);
        assertEquals(original, picture(8));
        assertEquals(calls, world.networkCalls.get());
    }

    @Test
    void theFavouriteIsMarkedAndFoundAgain() {
        reroll(8);
        Picture liked = picture(8);
        frames.toggleFavourite(cell(8));
        assertTrue(marks(8).favouriteShown());
        reroll(8);
        assertTrue(marks(8).favourite());
        assertFalse(marks(8).favouriteShown());
        frames.showFavourite(cell(8));
        assertEquals(liked, picture(8));
        frames.toggleFavourite(cell(8));
        assertFalse(marks(8).favourite());
    }

    @Test
    void aLockedFrameStaysWhenTheSeedChanges() {
        Picture before = picture(8);
        frames.toggleLock(cell(8));
        studio.parameters().seed().set(1234);
        world.rest.elapse();
        assertEquals(before, picture(8));
        assertNotEquals(before, picture(7));
        frames.toggleLock(cell(8));
        world.rest.elapse();
        assertNotEquals(before, picture(8));
    }

    @Test
    void ofAFilmThatIsNotUpToDateTheNoiseThatIsSeenIsKept() {
        studio.render().liveProperty().set(false);
        Picture before = picture(8);
        studio.parameters().seed().set(99);
        frames.toggleLock(cell(8));
        frames.toggleFavourite(cell(8));
        Picture other = picture(7);
        studio.parameters().seed().set(7);
        frames.toggleFavourite(cell(7));
        studio.render().start();
        assertEquals(before, picture(8));
        assertTrue(marks(8).favouriteShown());
        assertEquals(other, picture(7));
    }

    @Test
    void whileTheFilmRendersTheNoiseThatIsStillSeenIsKept() {
        var renders = new ManualJobRunner();
        StudioViewModel rendering = lubricated(renders);
        renders.runNext();
        FrameCell pending = rendering.film().cells().get(5);
        Picture before = pending.picture().orElseThrow();
        rendering.parameters().seed().set(99);
        world.rest.elapse();
        rendering.playback().seek(5);
        assertEquals(RenderState.RENDERING, rendering.render().stateProperty().get());
        assertEquals(PreviewStage.NONE, rendering.live().stageProperty().get());
        assertEquals(before, pending.picture().orElseThrow());
        rendering.frames().toggleLock(pending);
        world.rest.elapse();
        while (renders.waitingCount() > 0) {
            renders.runNext();
        }
        assertEquals(RenderState.FINISHED, rendering.render().stateProperty().get());
        assertEquals(
                99,
                rendering.film().version().orElseThrow().request().settings().seed());
        assertEquals(before, pending.picture().orElseThrow());
    }

    @Test
    void inAFilmOfAnotherLengthTheNoiseThatIsStillSeenIsKept() {
        var renders = new ManualJobRunner();
        StudioViewModel rendering = lubricated(renders);
        renders.runNext();
        Picture before = rendering.film().cells().get(8).picture().orElseThrow();
        rendering.parameters().seed().set(99);
        rendering.parameters().frames().set(33);
        world.rest.elapse();
        rendering.playback().step(1);
        assertEquals(PreviewStage.NONE, rendering.live().stageProperty().get());
        FrameCell pending = rendering.film().cells().get(16);
        assertEquals(before, pending.picture().orElseThrow());
        rendering.frames().toggleLock(pending);
        world.rest.elapse();
        assertEquals(before, pending.picture().orElseThrow());
        assertTrue(pending.isDone());
    }

    @Test
    void ofAGlimpseTheNoiseThatIsSeenIsKept() {
        Picture before = picture(8);
        studio.parameters().seed().set(99);
        assertEquals(PreviewStage.GLIMPSE, studio.live().stageProperty().get());
        frames.toggleLock(cell(8));
        world.rest.elapse();
        Picture locked = picture(8);
        assertNotEquals(before, locked);
        frames.toggleLock(cell(8));
        world.rest.elapse();
        assertEquals(locked, picture(8));
    }

    @Test
    void aFrameLeftOutComesBackByUndoAndByCommand() {
        Picture sixth = picture(6);
        frames.remove(cell(5));
        assertEquals(16, studio.film().cells().size());
        assertEquals(sixth, picture(5));
        assertTrue(frames.someRemovedProperty().get());
        studio.work().history().undo();
        assertEquals(17, studio.film().cells().size());
        frames.remove(cell(5));
        frames.remove(cell(9));
        assertEquals(15, studio.film().cells().size());
        frames.bringBack();
        assertEquals(17, studio.film().cells().size());
        assertFalse(frames.someRemovedProperty().get());
        studio.work().history().undo();
        assertEquals(15, studio.film().cells().size());
    }

    @Test
    void twoFramesStay() {
        studio.parameters().frames().set(2);
        world.rest.elapse();
        frames.remove(cell(0));
        assertEquals(2, studio.film().cells().size());
        assertEquals(
                "A film keeps at least two frames.", frames.messageProperty().get());
    }

    @Test
    void withoutFreshNoiseTheStudioSaysSoAndOffersToRaiseGamma() {
        studio.parameters().gamma().set(0);
        world.rest.elapse();
        Picture before = picture(8);
        frames.reroll(cell(8));
        assertTrue(frames.messageProperty().get().startsWith("There is no fresh noise"));
        assertTrue(frames.offeringProperty().get());
        assertFalse(marks(8).locked());
        frames.raiseGamma();
        world.rest.elapse();
        assertEquals(FramesViewModel.OFFERED_GAMMA, studio.parameters().gamma().get());
        assertTrue(marks(8).locked());
        assertNotEquals(before, picture(8));
        assertEquals("", frames.messageProperty().get());
        studio.work().history().undo();
        assertEquals(0, studio.parameters().gamma().get());
        assertFalse(marks(8).locked());
    }

    @Test
    void aMethodWithoutNoiseAndAKeyframeSayWhyNothingHappens() {
        frames.reroll(cell(0));
        assertTrue(frames.messageProperty()
                .get()
                .startsWith("This frame shows one of your pictures, or what the model makes of it"));
        assertFalse(frames.offeringProperty().get());
        studio.parameters().method().set(MethodName.SLERP);
        world.rest.elapse();
        frames.reroll(cell(8));
        assertTrue(frames.messageProperty().get().startsWith("This method uses no fresh noise"));
        assertFalse(frames.offeringProperty().get());
        frames.dismissMessage();
        assertEquals("", frames.messageProperty().get());
    }

    @Test
    void whileTheFilmIsOfAnotherCropItsFramesStayAsTheyAreAndSayWhy() {
        studio.render().liveProperty().set(false);
        assertTrue(frames.canChange(cell(8)));
        studio.keyframes().slots().getFirst().zoom(2);
        assertFalse(frames.canChange(cell(8)));
        List<Runnable> commands =
                List.of(() -> frames.reroll(cell(8)), () -> frames.toggleLock(cell(8)), () -> frames.remove(cell(8)));
        for (Runnable command : commands) {
            frames.dismissMessage();
            command.run();
            assertTrue(frames.messageProperty().get().startsWith("The pictures or crops have changed"));
            assertFalse(frames.offeringProperty().get());
        }
        studio.render().start();
        assertEquals("", frames.messageProperty().get());
        assertTrue(frames.canChange(cell(8)));
        assertEquals(FrameMarks.NONE, marks(8));
        assertEquals(17, studio.film().cells().size());
    }

    /** A film between three pictures, with the offer to raise gamma for a frame between the last two. */
    private void offerBehindTheSecondPicture() {
        studio.parameters().gamma().set(0);
        studio.keyframes().add(FakeWorld.offers("green.png"));
        world.rest.elapse();
        frames.reroll(cell(14));
        assertTrue(frames.offeringProperty().get());
    }

    private void assertNothingIsOffered() {
        assertEquals("", frames.messageProperty().get());
        assertFalse(frames.offeringProperty().get());
    }

    @Test
    void theOfferToRaiseGammaGoesWithItsPictures() {
        offerBehindTheSecondPicture();
        studio.keyframes().remove(studio.keyframes().slots().get(2));
        assertNothingIsOffered();
        world.rest.elapse();
        frames.raiseGamma();
        assertTrue(studio.film().cells().stream()
                .noneMatch(cell -> cell.marksProperty().get().locked()));
    }

    @Test
    void theOfferToRaiseGammaGoesWithItsFilm() {
        offerBehindTheSecondPicture();
        studio.parameters().frames().set(33);
        world.rest.elapse();
        assertNothingIsOffered();
    }

    @Test
    void withLiveOffTheOfferToRaiseGammaGoesWhenGammaOrTheMethodIsAnother() {
        studio.render().liveProperty().set(false);
        studio.parameters().gamma().set(0);
        frames.reroll(cell(8));
        assertTrue(frames.offeringProperty().get());
        studio.parameters().gamma().set(0.5);
        assertNothingIsOffered();
        studio.parameters().gamma().set(0);
        frames.reroll(cell(8));
        assertTrue(frames.offeringProperty().get());
        studio.parameters().method().set(MethodName.SLERP);
        assertNothingIsOffered();
    }

    @Test
    void aTipNamesWhatTheFrameWasMadeWith() {
        assertEquals("Frame 1 of 17, at 0.00\nYour picture A itself", frames.describe(cell(0)));
        assertEquals("Frame 9 of 17, at 0.50\nNoiseDiffusion\nγ 0.30, boundary 2.00\nSeed 0", frames.describe(cell(8)));
        reroll(8);
        assertTrue(frames.describe(cell(8)).endsWith(", of this frame alone"));
    }

    @Test
    void framesThatArePicturesWearTheirLetters() {
        assertEquals("A", frames.letter(cell(0)));
        assertEquals("", frames.letter(cell(8)));
        assertEquals("B", frames.letter(cell(16)));
        studio.keyframes().add(FakeWorld.offers("green.png"));
        world.rest.elapse();
        assertEquals("B", frames.letter(cell(8)));
        assertEquals("C", frames.letter(cell(16)));
        assertEquals("Frame 17 of 17, at 1.00\nYour picture C itself", frames.describe(cell(16)));
    }

    @Test
    void ofAFilmThatIsNotUpToDateAPictureThatHasLostItsPlaceWearsNoLetter() {
        studio.keyframes().add(FakeWorld.offers("green.png"));
        world.rest.elapse();
        studio.render().liveProperty().set(false);
        studio.keyframes().slots().getFirst().zoom(2);
        assertEquals(List.of("A", "B", "C"), frames.lettersProperty().get());
        studio.keyframes().move(studio.keyframes().slots().get(2), -1);
        assertEquals(List.of("A", "", ""), frames.lettersProperty().get());
        assertEquals("Frame 9 of 17, at 0.50\nYour picture itself", frames.describe(cell(8)));
        studio.render().start();
        assertEquals(List.of("A", "B", "C"), frames.lettersProperty().get());
    }

    private static List<String> names(StudioViewModel of) {
        return of.keyframes().slots().stream()
                .map(slot -> slot.name().getValue())
                .toList();
    }

    @Test
    void aFrameBecomesAPictureOfItsOwnSize() {
        studio.export().scale().set(3);
        Picture frame = picture(5);
        frames.useAsPicture(cell(5));
        assertEquals(List.of("red.png", "blue.png", "Frame 6"), names(studio));
        Picture taken =
                studio.keyframes().onPath().getLast().keyframe().orElseThrow().picture();
        assertEquals(frame, taken);
        assertEquals(world.modelSide, taken.width());
        assertEquals(
                "adding a picture", studio.work().history().undoNameProperty().get());
        studio.work().history().undo();
        assertEquals(List.of("red.png", "blue.png"), names(studio));
        studio.work().history().redo();
        assertEquals(List.of("red.png", "blue.png", "Frame 6"), names(studio));
    }

    @Test
    void aFrameBetweenExamplesLeavesThemInTheirPlaces() {
        StudioViewModel first = world.studio();
        first.model().open(Path.of("model"));
        first.keyframes()
                .add(List.of(
                        new PictureOffer.Example(Path.of("red.png")), new PictureOffer.Example(Path.of("blue.png"))));
        world.rest.elapse();
        first.frames().useAsPicture(first.film().cells().get(5));
        assertEquals(List.of("red.png", "blue.png", "Frame 6"), names(first));
    }

    @Test
    void aFrameGoesIntoThePlaceThatAPictureHasLeft() {
        FrameCell frame = cell(5);
        studio.render().liveProperty().set(false);
        studio.keyframes().remove(studio.keyframes().slots().getLast());
        frames.useAsPicture(frame);
        assertEquals(List.of("red.png", "Frame 6"), names(studio));
    }

    @Test
    void aFrameThatHasNotComeBecomesNoPicture() {
        cell(5).mark(FrameState.PENDING);
        frames.useAsPicture(cell(5));
        assertEquals(2, studio.keyframes().slots().size());
    }

    @Test
    void aFrameEndsNoPictureThatIsOnItsWay() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel slow = filled(jobs);
        FrameCell frame = slow.film().cells().get(5);
        jobs.holdBack();
        slow.keyframes().add(FakeWorld.offers("green.png"));
        slow.frames().useAsPicture(frame);
        jobs.runLast();
        assertEquals(
                "The pictures are still being read.",
                slow.frames().messageProperty().get());
        jobs.runAll();
        assertEquals(List.of("red.png", "blue.png", "green.png"), names(slow));
    }

    @Test
    void whilePicturesAreReadThatIsSaidOfAFrame() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel slow = filled(jobs);
        slow.render().liveProperty().set(false);
        FrameCell frame = slow.film().cells().get(5);
        assertEquals(Optional.empty(), slow.frames().whyNot(frame));
        jobs.holdBack();
        slow.keyframes().add(FakeWorld.offers("green.png"));
        assertEquals(Optional.of("render.reading"), slow.frames().whyNot(frame));
        slow.frames().toggleLock(frame);
        assertEquals(
                "The pictures are still being read.",
                slow.frames().messageProperty().get());
        jobs.runAll();
        assertEquals("", slow.frames().messageProperty().get());
        assertEquals(Optional.of("frames.otherPictures"), slow.frames().whyNot(frame));
    }

    private StudioViewModel filled(SwitchedJobRunner jobs) {
        StudioViewModel filled = world.studio(jobs, new InlineJobRunner(), world.rest);
        FakeWorld.fill(filled);
        world.rest.elapse();
        return filled;
    }

    @Test
    void aFrameIsNotTakenIntoOtherWork() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel slow = filled(jobs);
        jobs.holdBack();
        slow.frames().useAsPicture(slow.film().cells().get(5));
        slow.work().project().startNew();
        slow.work().project().discardAndGoOn();
        jobs.runAll();
        assertEquals(List.of("", ""), names(slow));
    }

    @Test
    void framesThatAreTakenAtOnceAllBecomePictures() {
        var jobs = new SwitchedJobRunner();
        StudioViewModel slow = filled(jobs);
        jobs.holdBack();
        slow.frames().useAsPicture(slow.film().cells().get(5));
        slow.frames().useAsPicture(slow.film().cells().get(8));
        jobs.runAll();
        assertEquals(List.of("red.png", "blue.png", "Frame 6", "Frame 9"), names(slow));
    }

    @Test
    void onlyFramesThatTheFilmLacksNowAreCountedAsLeftOut() {
        assertEquals(0, frames.leftOutProperty().get());
        frames.remove(cell(10));
        assertEquals(1, frames.leftOutProperty().get());
        frames.remove(cell(5));
        assertEquals(2, frames.leftOutProperty().get());
        studio.parameters().frames().set(9);
        assertEquals(1, frames.leftOutProperty().get(), "five eighths of the way");
        studio.parameters().frames().set(18);
        assertEquals(0, frames.leftOutProperty().get());
        assertTrue(frames.someRemovedProperty().get());
        studio.parameters().frames().set(17);
        assertEquals(2, frames.leftOutProperty().get());
        frames.bringBack();
        assertEquals(0, frames.leftOutProperty().get());
    }

    @Test
    void oneFrameThatIsLeftOutAndManyAreSaidInEveryLanguage() {
        Texts english = Texts.load(Locale.ENGLISH);
        assertEquals("1 left out", english.get("transport.leftOut", 1));
        String one = "1 frame is left out of the film. Click to bring back.";
        assertEquals(one, english.get("transport.leftOut.tooltip", 1));
        assertEquals(
                "2 frames are left out of the film. Click to bring back.", english.get("transport.leftOut.tooltip", 2));
        Texts german = Texts.load(Locale.GERMAN);
        assertEquals(
                "1 Einzelbild ist weggelassen. Klicken, um zurückzuholen.", german.get("transport.leftOut.tooltip", 1));
        assertEquals(
                "2 Einzelbilder sind weggelassen. Klicken, um zurückzuholen.",
                german.get("transport.leftOut.tooltip", 2));
        assertEquals("影片中去掉了 2 帧。单击可找回。", Texts.load(Locale.CHINESE).get("transport.leftOut.tooltip", 2));
    }

    @Test
    void editsStayWithTheirPicturesWhenThePathChanges() {
        reroll(8);
        Picture rolled = picture(8);
        studio.keyframes().add(FakeWorld.offers("green.png"));
        studio.keyframes().move(studio.keyframes().slots().get(2), -1);
        studio.keyframes().move(studio.keyframes().slots().get(1), -1);
        studio.parameters().frames().set(33);
        world.rest.elapse();
        assertTrue(marks(24).locked());
        assertEquals(rolled, picture(24));
    }
}
