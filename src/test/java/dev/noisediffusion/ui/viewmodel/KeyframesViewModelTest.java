package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.morph.Segment;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.ManualJobRunner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyframesViewModelTest {
    private final FakeWorld world = new FakeWorld();
    private final StudioViewModel studio = world.studio();
    private final KeyframesViewModel keyframes = studio.keyframes();

    private List<String> names() {
        return names(studio);
    }

    private static List<String> names(StudioViewModel studio) {
        return studio.keyframes().slots().stream()
                .map(slot -> slot.name().getValue())
                .toList();
    }

    @Test
    void picturesFillTheFreeSlotsAndThenNewOnes() {
        keyframes.add(FakeWorld.offers("red.png", "blue.png", "green.png"));
        assertEquals(List.of("red.png", "blue.png", "green.png"), names());
        assertTrue(keyframes.areReady());
    }

    @Test
    void severalPicturesDroppedOnASlotGoThereAndWhereThereIsRoom() {
        keyframes.put(keyframes.slots().get(1), FakeWorld.offers("blue.png", "red.png"));
        assertEquals(List.of("red.png", "blue.png"), names());
    }

    @Test
    void picturesAreInsertedBetweenOthersInOneStep() {
        var jobs = new ManualJobRunner();
        StudioViewModel patient = world.studio(jobs, new InlineJobRunner(), world.rest);
        patient.keyframes().add(FakeWorld.offers("red.png", "blue.png"));
        runAll(jobs);
        StudioState before = patient.work().history().state();
        patient.keyframes().insert(1, FakeWorld.offers("green.png", "wide.png"));
        runAll(jobs);
        assertEquals(List.of("red.png", "green.png", "wide.png", "blue.png"), names(patient));
        patient.work().history().undo();
        assertEquals(before, patient.work().history().state());
        assertEquals(List.of("red.png", "blue.png"), names(patient));
    }

    @Test
    void emptySlotsBesideThePlaceTakeWhatIsInserted() {
        keyframes.insert(1, FakeWorld.offers("red.png", "blue.png", "green.png"));
        assertEquals(List.of("red.png", "blue.png", "green.png"), names());
        keyframes.insert(3, FakeWorld.offers("wide.png"));
        keyframes.insert(0, FakeWorld.offers("red.jpg"));
        assertEquals(List.of("red.jpg", "red.png", "blue.png", "green.png", "wide.png"), names());
    }

    @Test
    void aSlotInsertedForAPictureThatDoesNotComeGoesWhenTheUserHasReadWhy() {
        keyframes.add(FakeWorld.offers("red.png", "blue.png"));
        StudioState before = studio.work().history().state();
        keyframes.insert(1, FakeWorld.offers("bad.png", "green.png"));
        assertEquals(List.of("red.png", "", "green.png", "blue.png"), names());
        keyframes.slots().get(1).dismissMessage();
        assertEquals(List.of("red.png", "green.png", "blue.png"), names());
        studio.work().history().undo();
        assertEquals(before, studio.work().history().state());
    }

    @Test
    void whatIsNoPictureByItsNameMayBeSomethingElse() {
        assertTrue(KeyframesViewModel.arePictures(FakeWorld.offers("a.PNG", "b.c.jpeg", "d.tif")));
        assertTrue(
                KeyframesViewModel.arePictures(List.of(new PictureOffer.Web(URI.create("https://example.org/page")))));
        for (String other : List.of("work.morph", "film.mp4", "model.zip", "folder", "png")) {
            assertFalse(KeyframesViewModel.arePictures(FakeWorld.offers("a.png", other)), other);
        }
    }

    @Test
    void aSlotTellsWhereItsPictureIsFromAndHowMuchOfItIsUsed() {
        studio.model().open(Path.of("model"));
        keyframes.add(FakeWorld.offers("wide.png"));
        KeyframeViewModel slot = keyframes.slots().getFirst();
        String place = "wide.png\n" + Path.of("").toAbsolutePath() + "\n";
        assertEquals(place + "32 × 16 pixels, 16 × 16 used", keyframes.describe(slot));
        slot.zoom(2);
        assertEquals(
                place + "32 × 16 pixels, 8 × 8 used\nFewer than the model’s 16 × 16: it will look soft.",
                keyframes.describe(slot));
        slot.load(new PictureOffer.Pixels(new Raster(40, 40, new int[1600])));
        assertEquals("Pasted picture\n40 × 40 pixels, 40 × 40 used", keyframes.describe(slot));
        assertEquals("", keyframes.describe(keyframes.slots().get(1)));
    }

    @Test
    void onlyAFileIsShownInItsFolder() {
        KeyframeViewModel slot = keyframes.slots().getFirst();
        slot.load(new PictureOffer.Pixels(new Raster(4, 4, new int[16])));
        assertTrue(keyframes.file(slot).isEmpty());
        keyframes.showInFolder(slot);
        slot.load(new PictureOffer.File(Path.of("red.png")));
        keyframes.showInFolder(slot);
        assertEquals(List.of(Path.of("red.png").toAbsolutePath()), world.shown);
    }

    @Test
    void aPictureThatCannotBeReadSaysWhyInItsSlot() {
        keyframes.add(FakeWorld.offers("bad.png"));
        KeyframeViewModel slot = keyframes.slots().getFirst();
        assertEquals(SlotState.FAILED, slot.stateProperty().get());
        assertEquals(
                "“bad.png” is damaged or cut off: copy or download it again, or save it anew from a picture program.",
                slot.messageProperty().get());
        slot.dismissMessage();
        assertEquals(SlotState.EMPTY, slot.stateProperty().get());
    }

    @Test
    void aSlotThatWasMadeForAPictureThatDoesNotComeGoesWhenTheUserHasReadWhy() {
        HistoryViewModel history = studio.work().history();
        keyframes.add(FakeWorld.offers("red.png", "blue.png"));
        StudioState before = history.state();
        keyframes.add(FakeWorld.offers("bad.png"));
        KeyframeViewModel made = keyframes.slots().getLast();
        assertEquals(SlotState.FAILED, made.stateProperty().get());
        assertEquals(before, history.state(), "it is no part of the work");
        made.dismissMessage();
        assertEquals(List.of("red.png", "blue.png"), names());
        assertEquals(before, history.state());
        assertEquals("adding a picture", history.undoNameProperty().get());
    }

    @Test
    void aSlotThatWasMadeForAPictureThatDoesNotComeTakesAnother() {
        keyframes.add(FakeWorld.offers("red.png", "blue.png"));
        keyframes.add(FakeWorld.offers("bad.png"));
        keyframes.add(FakeWorld.offers("green.png"));
        KeyframeViewModel made = keyframes.slots().getLast();
        made.load(new PictureOffer.File(Path.of("bad.png")));
        made.dismissMessage();
        assertEquals(List.of("red.png", "blue.png", "green.png"), names());
        assertEquals(3, studio.work().history().state().slots().size());
    }

    @Test
    void twoSlotsStayPartOfTheWorkBesideOneWhosePictureDoesNotCome() {
        HistoryViewModel history = studio.work().history();
        keyframes.add(FakeWorld.offers("red.png", "blue.png"));
        keyframes.add(FakeWorld.offers("bad.png"));
        keyframes.remove(keyframes.slots().getFirst());
        StudioState before = history.state();
        assertEquals(2, before.slots().size());
        keyframes.slots().getLast().dismissMessage();
        assertEquals(List.of("blue.png", ""), names());
        assertEquals(before, history.state());
    }

    @Test
    void whatIsPastedIsAsLargeAsAFileWouldBe() {
        var pasted = new PictureOffer.Pixels(new Raster(10_000, 2, new int[20_000]));
        keyframes.add(List.of(pasted, pasted));
        assertEquals(
                8192, keyframes.keyframes().orElseThrow().getFirst().picture().width());
    }

    @Test
    void aBrokenPictureIsToldOfInTheLanguageOfTheWindow(@TempDir Path folder) throws IOException {
        var german = new FakeWorld(Texts.load(Locale.GERMAN));
        german.pictures = new FileReader();
        byte[] png = PngFile.bytes(FakeWorld.plain(64, 64, 0x336699));
        Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(png, png.length / 2));
        Path letter = Files.writeString(folder.resolve("letter.jpg"), "Sehr geehrte Damen und Herren");
        KeyframesViewModel slots = german.studio().keyframes();
        slots.add(List.of(new PictureOffer.File(cut), new PictureOffer.File(letter)));
        assertEquals(
                "„cut.png“ ist beschädigt oder abgeschnitten: Kopiere es noch einmal, lade es noch einmal herunter, oder"
                        + " speichere es mit einem Bildprogramm neu.",
                slots.slots().getFirst().messageProperty().get());
        assertEquals(
                "„letter.jpg“ ist kein Bild, das sich hier lesen lässt, wie es auch heißt: Wähle eine Datei in PNG,"
                        + " JPEG, GIF, BMP, WebP oder TIFF.",
                slots.slots().get(1).messageProperty().get());
    }

    @Test
    void aPictureThatCannotBeReadLeavesTheOneBeforeInPlace() {
        keyframes.add(FakeWorld.offers("red.png"));
        KeyframeViewModel slot = keyframes.slots().getFirst();
        slot.load(new PictureOffer.File(Path.of("bad.png")));
        assertEquals("red.png", slot.name().getValue());
        assertFalse(slot.messageProperty().get().isEmpty());
    }

    @Test
    void twoSlotsAlwaysStay() {
        keyframes.add(FakeWorld.offers("red.png", "blue.png"));
        keyframes.remove(keyframes.slots().getFirst());
        assertEquals(List.of("blue.png", ""), names());
    }

    @Test
    void slotsMoveAndTurnRound() {
        keyframes.add(FakeWorld.offers("red.png", "blue.png", "green.png"));
        keyframes.move(keyframes.slots().get(2), -1);
        assertEquals(List.of("red.png", "green.png", "blue.png"), names());
        keyframes.move(keyframes.slots().getFirst(), -1);
        assertEquals(List.of("red.png", "green.png", "blue.png"), names());
        keyframes.reverse();
        assertEquals(List.of("blue.png", "green.png", "red.png"), names());
    }

    private static List<Path> examples() {
        return List.of(Path.of("red.png"), Path.of("blue.png"));
    }

    private static void runAll(ManualJobRunner jobs) {
        while (jobs.waitingCount() > 0) {
            jobs.runNext();
        }
    }

    @Test
    void theUsersOwnPicturesTakeThePlacesOfTheExamplesInOneStep() {
        var jobs = new ManualJobRunner();
        StudioViewModel patient = world.studio(jobs, new InlineJobRunner(), world.rest);
        patient.work().beginWithExamples(examples());
        runAll(jobs);
        StudioState before = patient.work().history().state();
        assertFalse(patient.work().project().unsavedProperty().get());
        patient.work().drop(FakeWorld.offers("wide.jpg", "green.jpg"));
        runAll(jobs);
        assertEquals(List.of("wide.jpg", "green.jpg"), names(patient));
        patient.work().history().undo();
        assertEquals(before, patient.work().history().state());
        assertEquals(List.of("red.png", "blue.png"), names(patient));
        patient.work().drop(FakeWorld.offers("wide.jpg", "green.jpg"));
        runAll(jobs);
        assertEquals(List.of("wide.jpg", "green.jpg"), names(patient), "they are examples still");
    }

    @Test
    void examplesGiveWayWhileTheyAreOnTheirWay() {
        var jobs = new ManualJobRunner();
        StudioViewModel patient = world.studio(jobs, new InlineJobRunner(), world.rest);
        patient.work().beginWithExamples(examples());
        patient.work().drop(FakeWorld.offers("wide.jpg", "green.jpg"));
        runAll(jobs);
        assertEquals(List.of("wide.jpg", "green.jpg"), names(patient));
    }

    @Test
    void picturesDroppedOnOneExampleTakeThePlaceOfTheOtherToo() {
        studio.work().beginWithExamples(examples());
        keyframes.put(keyframes.slots().getFirst(), FakeWorld.offers("wide.png", "green.png"));
        assertEquals(List.of("wide.png", "green.png"), names());
        keyframes.add(FakeWorld.offers("red.png"));
        assertEquals(List.of("wide.png", "green.png", "red.png"), names());
    }

    @Test
    void examplesBesideThePlaceGiveWayToWhatIsInserted() {
        studio.work().beginWithExamples(examples());
        keyframes.insert(1, FakeWorld.offers("wide.png", "green.png", "red.jpg"));
        assertEquals(List.of("wide.png", "green.png", "red.jpg"), names());
    }

    @Test
    void anExampleThatWasCroppedStays() {
        studio.work().beginWithExamples(examples());
        keyframes.slots().getFirst().zoom(2);
        keyframes.add(FakeWorld.offers("wide.png", "green.png"));
        assertEquals(List.of("red.png", "wide.png", "green.png"), names());
    }

    @Test
    void anExampleStaysUntilAPictureIsThere() {
        studio.work().beginWithExamples(examples());
        keyframes.add(FakeWorld.offers("bad.png"));
        assertEquals(List.of("red.png", "blue.png"), names());
        assertFalse(keyframes.slots().getFirst().messageProperty().get().isEmpty());
    }

    @Test
    void noExamplesComeWhereTheUserWasFaster() {
        keyframes.add(FakeWorld.offers("wide.png"));
        studio.work().beginWithExamples(examples());
        assertEquals(List.of("wide.png", ""), names());
    }

    @Test
    void examplesComeAlthoughASettingWasMovedBefore() {
        studio.parameters().gamma().set(0.4);
        studio.work().beginWithExamples(examples());
        assertEquals(List.of("red.png", "blue.png"), names());
    }

    @Test
    void thePictureHandedOverLastWins() {
        var jobs = new ManualJobRunner();
        KeyframesViewModel patient =
                world.studio(jobs, new InlineJobRunner(), world.rest).keyframes();
        KeyframeViewModel slot = patient.slots().getFirst();
        slot.load(new PictureOffer.File(Path.of("red.png")));
        slot.load(new PictureOffer.File(Path.of("blue.png")));
        jobs.runNext();
        assertEquals(SlotState.LOADING, slot.stateProperty().get());
        runAll(jobs);
        assertEquals("blue.png", slot.name().getValue());
    }

    @Test
    void addressesFromABrowserAreFetched() {
        keyframes.add(List.of(
                new PictureOffer.Web(URI.create("https://example.org/garden/blue.jpg?size=1")),
                new PictureOffer.Web(URI.create("data:image/png;base64,iVBORw0KGgo="))));
        assertEquals(List.of("blue.jpg", "Pasted picture"), names());
    }

    @Test
    void addressesThatLeadNowhereSayWhy() {
        keyframes.add(List.of(
                new PictureOffer.Web(URI.create("https://example.org/missing.jpg")),
                new PictureOffer.Web(URI.create("ftp://example.org/a.jpg")),
                new PictureOffer.Web(URI.create("data:image/png;base64,%%%".replace("%", "!")))));
        assertEquals(
                List.of(
                        "answered with status 404",
                        "Addresses that begin with “ftp:” cannot be opened. Save the picture to a file and drop that.",
                        "The picture inside the address is damaged. Save the picture to a file and drop that."),
                keyframes.slots().stream()
                        .map(slot -> slot.messageProperty().get())
                        .toList());
    }

    @Test
    void theUsedPartIsMovedWithinThePictureAndZoomed() {
        studio.model().open(Path.of("model"));
        keyframes.add(FakeWorld.offers("wide.png"));
        KeyframeViewModel slot = keyframes.slots().getFirst();
        assertEquals(new Viewport(0.25, 0, 0.5, 1), slot.viewport());
        slot.pan(0.25, 3);
        assertEquals(new Viewport(0.375, 0, 0.5, 1), slot.viewport());
        slot.pan(9, 0);
        assertEquals(new Viewport(0.5, 0, 0.5, 1), slot.viewport());
        slot.zoom(2);
        assertEquals(0.25, slot.viewport().width());
        slot.zoom(1e-3);
        assertEquals(0.5, slot.viewport().width());
        slot.zoom(1e6);
        assertEquals(0.5 / Crop.MAX_ZOOM, slot.viewport().width());
        slot.resetCrop();
        assertEquals(new Viewport(0.25, 0, 0.5, 1), slot.viewport());
    }

    @Test
    void aMirroredPictureMovesAsItIsSeenUntilResetTakesTheMirrorAway() {
        studio.model().open(Path.of("model"));
        keyframes.add(FakeWorld.offers("wide.png"));
        KeyframeViewModel slot = keyframes.slots().getFirst();
        slot.mirror();
        assertTrue(slot.mirrored().get());
        assertEquals(new Viewport(0.25, 0, 0.5, 1), slot.viewport(), "the same part");
        slot.pan(0.25, 0);
        assertEquals(new Viewport(0.125, 0, 0.5, 1), slot.viewport());
        slot.zoom(2);
        assertTrue(slot.mirrored().get());
        assertTrue(slot.keyframe().orElseThrow().crop().mirrored());
        slot.resetCrop();
        assertFalse(slot.mirrored().get());
        assertEquals(new Viewport(0.25, 0, 0.5, 1), slot.viewport());
    }

    @Test
    void mirroringBelongsToThePictureAndItsCopyAndToNoOther() {
        KeyframeViewModel slot = keyframes.slots().getFirst();
        slot.mirror();
        assertFalse(slot.mirrored().get(), "there is nothing to mirror");
        keyframes.add(FakeWorld.offers("red.png", "blue.png"));
        slot.mirror();
        keyframes.duplicate(slot);
        keyframes.put(slot, FakeWorld.offers("green.png"));
        assertEquals(List.of("green.png", "red.png", "blue.png"), names());
        assertEquals(
                List.of(false, true, false),
                keyframes.slots().stream().map(other -> other.mirrored().get()).toList());
    }

    @Test
    void aPictureThatIsMissingKeepsItsCropWhateverKeysItsSlotHears() {
        var kept = new Crop(0.25, 0.75, 3, true);
        var rose = new MissingPicture("rose.png", "aa", Optional.empty(), Optional.empty());
        keyframes.restore(List.of(new SlotSnapshot(null, rose, kept, Segment.PLAIN)));
        StudioState before = studio.work().history().state();
        for (KeyframeViewModel slot : keyframes.slots()) {
            slot.pan(0.1, 0.1);
            slot.zoom(2);
            slot.mirror();
            assertEquals(before, studio.work().history().state());
            slot.resetCrop();
        }
        assertEquals(before, studio.work().history().state());
        assertEquals(kept, keyframes.slots().getFirst().cropProperty().get());
    }

    @Test
    void theUsedPartHasTheShapeOfTheModelsPictures() {
        world.modelRatio = 2;
        studio.model().open(Path.of("model"));
        keyframes.add(FakeWorld.offers("red.png"));
        KeyframeViewModel slot = keyframes.slots().getFirst();
        assertEquals(new Viewport(0, 0.25, 1, 0.5), slot.viewport());
        slot.pan(0.5, 9);
        assertEquals(new Viewport(0, 0.5, 1, 0.5), slot.viewport());
        slot.zoom(2);
        assertEquals(new Viewport(0.25, 0.625, 0.5, 0.25), slot.viewport());
    }

    @Test
    void chosenFilesGoWhereTheyWereChosenFor() {
        world.answers.add(Path.of("red.png"));
        keyframes.browseFor(keyframes.slots().get(1));
        world.answers.add(Path.of("blue.png"));
        keyframes.browse();
        assertEquals(List.of("blue.png", "red.png"), names());
        keyframes.browse();
        assertEquals(2, keyframes.slots().size());
    }
}
