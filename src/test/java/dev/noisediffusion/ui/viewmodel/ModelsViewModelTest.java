package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.library.Catalogue;
import dev.noisediffusion.library.CatalogueEntry;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.InlineJobRunner;
import dev.noisediffusion.ui.SwitchedJobRunner;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsViewModelTest {
    private static final String CATS = "ddpm-cat-256";

    @TempDir
    private Path folder;

    private final FakeWorld world = new FakeWorld();
    private final SwitchedJobRunner jobs = new SwitchedJobRunner();
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void useTheFolderOfThisTest() {
        world.library = folder;
        world.downloads = (entry, progress, cancellation) -> {
            asked.add(entry.id());
            cancellation.throwIfCancelled();
            progress.onProgress(new Progress(new Activity.Named("weights"), 0.5, Optional.of(Duration.ofSeconds(30))));
            Path target = folder.resolve("models").resolve(entry.id());
            Files.createDirectories(target);
            return Fixtures.copy("unet2d-modern", target);
        };
    }

    private StudioViewModel studio() {
        StudioViewModel studio = world.studio(jobs, new InlineJobRunner(), world.rest);
        studio.models().show();
        return studio;
    }

    private static ModelRow row(ModelsViewModel models, String id) {
        return models.rows().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static ModelQuestion question(ModelsViewModel models) {
        ModelQuestion question = models.questionProperty().get();
        assertNotNull(question);
        return question;
    }

    @Test
    void whatIsThereComesBeforeWhatCanBeHad() {
        ModelsViewModel models = studio().models();
        assertTrue(models.showingProperty().get());
        ModelRow starter = models.rows().getFirst();
        assertEquals(ModelRowState.READY, starter.stateProperty().get());
        assertTrue(starter.factsProperty().get().contains("comes with the studio"));
        ModelRow cats = row(models, CATS);
        assertEquals(ModelRowState.OFFERED, cats.stateProperty().get());
        assertEquals("Apache-2.0  ·  455 MB to download", cats.factsProperty().get());
        assertTrue(models.summaryProperty().get().startsWith("Models: 1  ·"), models.summaryProperty()::get);
    }

    @Test
    void theLicenceIsShownBeforeAnythingIsAskedOfAServer() {
        ModelsViewModel models = studio().models();
        models.download(row(models, CATS));
        assertEquals(ModelQuestion.Kind.LICENCE, question(models).kind());
        assertTrue(question(models).text().contains("Apache-2.0"), question(models)::text);
        assertTrue(question(models).text().contains("No checksum is published"), question(models)::text);
        models.decline();
        assertNull(models.questionProperty().get());
        assertEquals(List.of(), asked);
        models.download(row(models, CATS));
        models.accept();
        assertEquals(List.of(CATS), asked);
        assertEquals(ModelRowState.READY, row(models, CATS).stateProperty().get());
        assertEquals("", row(models, CATS).noteProperty().get());
        assertTrue(models.summaryProperty().get().startsWith("Models: 2  ·"), models.summaryProperty()::get);
    }

    @Test
    void progressIsSaidInBytesAndTimeLeft() {
        ModelsViewModel models = studio().models();
        ModelRow cats = row(models, CATS);
        var said = new ArrayList<String>();
        cats.noteProperty().subscribe(note -> said.add(note));
        models.download(cats);
        models.accept();
        assertTrue(said.contains("228 MB of 455 MB, 30 s left"), said::toString);
    }

    @Test
    void aDownloadThatWaitsSaysSo() {
        world.downloads = (entry, progress, cancellation) -> {
            progress.onProgress(new Progress(Activity.Work.WAITING, 0.5, Optional.empty()));
            return folder;
        };
        ModelsViewModel models = studio().models();
        ModelRow cats = row(models, CATS);
        var said = new ArrayList<String>();
        cats.noteProperty().subscribe(note -> said.add(note));
        models.download(cats);
        models.accept();
        assertTrue(said.contains("228 MB of 455 MB  ·  Waiting"), said::toString);
    }

    @Test
    void aPausedDownloadKeepsWhatHasArrivedAndGoesOnWithoutAsking() throws IOException {
        ModelsViewModel models = studio().models();
        ModelRow cats = row(models, CATS);
        models.download(cats);
        jobs.holdBack();
        models.accept();
        assertEquals(ModelRowState.FETCHING, cats.stateProperty().get());
        Path part = folder.resolve("models/.downloads").resolve(CATS).resolve("config.json.part");
        Files.createDirectories(part.getParent());
        Files.write(part, new byte[1000]);
        models.pause(cats);
        jobs.runAll();
        assertEquals(ModelRowState.PARTLY, cats.stateProperty().get());
        models.download(cats);
        assertNull(models.questionProperty().get());
        jobs.runAll();
        assertEquals(ModelRowState.READY, row(models, CATS).stateProperty().get());
    }

    @Test
    void aCancelledDownloadIsForgotten() throws IOException {
        ModelsViewModel models = studio().models();
        ModelRow cats = row(models, CATS);
        models.download(cats);
        jobs.holdBack();
        models.accept();
        Path part = folder.resolve("models/.downloads").resolve(CATS).resolve("config.json.part");
        Files.createDirectories(part.getParent());
        Files.write(part, new byte[1000]);
        models.cancel(cats);
        jobs.runAll();
        assertEquals(ModelRowState.OFFERED, cats.stateProperty().get());
        assertFalse(Files.exists(part));
    }

    @Test
    void whatCannotBeDeletedIsToldOfAsThat() throws IOException {
        Path downloads = Files.createDirectories(folder.resolve("models")).resolve(".downloads");
        Files.writeString(downloads, "no folder");
        ModelsViewModel models = studio().models();
        models.cancel(row(models, CATS));
        assertEquals(
                downloads.resolve(CATS)
                        + " could not be deleted: close what uses it, and check that you may write there.",
                models.messageProperty().get());
    }

    @Test
    void muchThatHasArrivedIsDeletedOnlyWhenTheUserSaysSo() throws IOException {
        Path part = folder.resolve("models/.downloads").resolve(CATS).resolve("config.json.part");
        Files.createDirectories(part.getParent());
        try (var file = new RandomAccessFile(part.toFile(), "rw")) {
            file.setLength(60_000_000);
        }
        ModelsViewModel models = studio().models();
        ModelRow cats = row(models, CATS);
        assertEquals(ModelRowState.PARTLY, cats.stateProperty().get());
        models.cancel(cats);
        assertEquals(ModelQuestion.Kind.DISCARD, question(models).kind());
        assertTrue(question(models).text().startsWith("60 MB of 455 MB"), question(models)::text);
        models.decline();
        assertTrue(Files.exists(part));
        jobs.holdBack();
        models.download(cats);
        models.cancel(cats);
        assertEquals(ModelRowState.FETCHING, cats.stateProperty().get());
        models.accept();
        jobs.runAll();
        assertEquals(ModelRowState.OFFERED, cats.stateProperty().get());
        assertFalse(Files.exists(part));
    }

    @Test
    void aModelThatIsWholeBeforeTheAnswerIsKept() {
        ModelsViewModel models = studio().models();
        LibraryServices.Downloads planned = world.downloads;
        var questions = new ArrayList<ModelQuestion.Kind>();
        world.downloads = (entry, progress, cancellation) -> {
            Path whole = planned.download(entry, progress, cancellation);
            models.cancel(row(models, CATS));
            questions.add(question(models).kind());
            return whole;
        };
        models.download(row(models, CATS));
        models.accept();
        assertEquals(List.of(ModelQuestion.Kind.DISCARD), questions);
        models.accept();
        assertNull(models.questionProperty().get());
        assertEquals(ModelRowState.READY, row(models, CATS).stateProperty().get());
    }

    @Test
    void goingOfflinePausesADownloadAndGoingOnlineLetsItGoOn() {
        ModelsViewModel models = studio().models();
        ModelRow cats = row(models, CATS);
        models.download(cats);
        jobs.holdBack();
        models.accept();
        assertEquals(ModelRowState.FETCHING, cats.stateProperty().get());
        models.offline().choose(true);
        jobs.runAll();
        assertEquals(ModelRowState.OFFERED, cats.stateProperty().get());
        models.offline().choose(false);
        models.download(cats);
        models.accept();
        jobs.runAll();
        assertEquals(ModelRowState.READY, row(models, CATS).stateProperty().get());
    }

    @Test
    void aFailedDownloadSaysWhyOnItsRow() {
        world.downloads = (entry, progress, cancellation) -> {
            throw new IOException("The server does not answer.");
        };
        ModelsViewModel models = studio().models();
        models.download(row(models, CATS));
        models.accept();
        assertEquals(
                "The server does not answer.", row(models, CATS).noteProperty().get());
        assertEquals(ModelRowState.OFFERED, row(models, CATS).stateProperty().get());
    }

    @Test
    void choosingAModelOpensItAndMarksIt() {
        StudioViewModel studio = studio();
        ModelsViewModel models = studio.models();
        models.use(models.rows().getFirst());
        assertFalse(models.showingProperty().get());
        assertEquals("flowers-128", studio.model().name().getValue());
        assertTrue(models.rows().getFirst().inUseProperty().get());
        studio.model().open(Path.of("another"));
        assertFalse(models.rows().getFirst().inUseProperty().get());
    }

    @Test
    void theModelInUseCanBeChosenForAProjectThatKeepsAnother() throws IOException {
        StudioViewModel studio = studio();
        ProjectViewModel project = studio.work().project();
        ModelRow starter = studio.models().rows().getFirst();
        studio.models().use(starter);
        assertFalse(starter.choosableProperty().get());
        project.open(Files.writeString(
                folder.resolve("rose.morph"),
                "{\"format\": \"noisediffusion-project\", \"version\": 1, \"model\":"
                        + " {\"name\": \"rose\", \"id\": \"id of rose\", \"folder\": \"nowhere\"}}"));
        assertTrue(starter.inUseProperty().get());
        assertTrue(starter.choosableProperty().get());
        assertFalse(project.unsavedProperty().get());
        studio.models().use(starter);
        assertFalse(starter.choosableProperty().get());
        assertTrue(project.unsavedProperty().get());
    }

    @Test
    void aRefusalIsToldInTheLanguageOfTheWindow() throws IOException {
        var german = new FakeWorld(Texts.load(Locale.GERMAN));
        german.library = folder;
        ModelsViewModel models = german.studio().models();
        models.show();
        Path pickle = Fixtures.copy("unet2d-modern", Files.createDirectory(folder.resolve("pickle")));
        Path unet = pickle.resolve("unet");
        models.add(List.of(pickle));
        Files.move(unet.resolve("diffusion_pytorch_model.safetensors"), unet.resolve("diffusion_pytorch_model.bin"));
        models.show();
        String onItsRow = row(models, "pickle").noteProperty().get();
        assertTrue(onItsRow.startsWith(unet + " enthält nur diffusion_pytorch_model.bin"), onItsRow);
        models.add(List.of(folder.resolve("nowhere")));
        assertEquals(
                "Unter " + folder.resolve("nowhere") + " ist nichts: Prüfe den Namen, oder ob der Datenträger da ist.",
                models.messageProperty().get());
    }

    @Test
    void aModelThatWorksAgainKeepsItsVerdictAndNotWhatWasWrong() throws IOException {
        ModelsViewModel models = studio().models();
        Path model = Fixtures.copy("unet2d-modern", Files.createDirectory(folder.resolve("mended")));
        models.add(List.of(model));
        Path weights = model.resolve("unet").resolve("diffusion_pytorch_model.safetensors");
        Path away = Files.move(weights, weights.resolveSibling("diffusion_pytorch_model.bin"));
        models.show();
        ModelRow row = row(models, "mended");
        assertEquals(ModelRowState.UNUSABLE, row.stateProperty().get());
        assertFalse(row.noteProperty().get().isEmpty());
        Files.move(away, weights);
        models.show();
        assertEquals(ModelRowState.READY, row.stateProperty().get());
        assertEquals("", row.noteProperty().get());
        models.verify(row);
        String verdict = row.noteProperty().get();
        assertFalse(verdict.isEmpty());
        models.show();
        assertEquals(verdict, row.noteProperty().get());
    }

    @Test
    void bytesAreSaidAsInTheLanguageOfTheWindow() {
        CatalogueEntry cats = Catalogue.ofStudio().find(CATS).orElseThrow();
        var begun = new Progress(new Activity.Named("weights"), 0.02, Optional.empty());
        var german = new ModelWords(Texts.load(Locale.GERMAN));
        assertEquals("9,1 MB von 455 MB", german.progress(begun, cats));
    }

    @Test
    void aDroppedFolderIsAddedAndOneThatIsNoModelIsToldOf() {
        ModelsViewModel models = studio().models();
        models.add(List.of(Fixtures.folder("unet2d-modern")));
        ModelRow added = row(models, "unet2d-modern");
        assertEquals(ModelRowState.READY, added.stateProperty().get());
        assertTrue(added.isRemovable());
        models.add(List.of(folder));
        assertTrue(models.messageProperty().get().contains(folder.toString()), models.messageProperty()::get);
        world.answers.add(Fixtures.folder("unet2d-adm-v"));
        models.addFolder();
        assertEquals("", models.messageProperty().get());
        row(models, "unet2d-adm-v");
    }

    private Path zipOfAModel(String name) throws IOException {
        return Fixtures.zip("unet2d-modern", "", folder.resolve(name));
    }

    @Test
    void droppedZipsAreUnpackedOneAfterAnother() throws IOException {
        ModelsViewModel models = studio().models();
        Path bad = Files.writeString(folder.resolve("bad.zip"), "no archive");
        List<Path> zips = List.of(zipOfAModel("one.zip"), bad, zipOfAModel("two.zip"));
        jobs.holdBack();
        models.add(zips);
        assertTrue(models.unpacking().runningProperty().get());
        assertEquals("Unpacking one.zip", models.unpacking().textProperty().get());
        jobs.runAll();
        assertFalse(models.unpacking().runningProperty().get());
        assertEquals(ModelRowState.READY, row(models, "one").stateProperty().get());
        assertEquals(ModelRowState.READY, row(models, "two").stateProperty().get());
        assertTrue(row(models, "one").isRemovable());
        assertTrue(models.messageProperty().get().contains("bad.zip could not be read"), models.messageProperty()::get);
    }

    @Test
    void aZipThatIsRefusedSaysWhyAndACancelledOneEndsTheRest() throws IOException {
        ModelsViewModel models = studio().models();
        models.add(List.of(Files.writeString(folder.resolve("bad.zip"), "no archive")));
        assertTrue(models.messageProperty().get().contains("bad.zip could not be read"), models.messageProperty()::get);
        int before = models.rows().size();
        jobs.holdBack();
        models.add(List.of(zipOfAModel("one.zip"), zipOfAModel("two.zip")));
        assertEquals("", models.messageProperty().get());
        models.unpacking().cancel();
        jobs.runAll();
        assertFalse(models.unpacking().runningProperty().get());
        assertEquals(before, models.rows().size());
    }

    @Test
    void removingAsksFirst() {
        ModelsViewModel models = studio().models();
        models.add(List.of(Fixtures.folder("unet2d-modern")));
        int before = models.rows().size();
        models.remove(row(models, "unet2d-modern"));
        assertTrue(question(models).text().contains("Its files stay"), question(models)::text);
        models.decline();
        assertEquals(before, models.rows().size());
        models.remove(row(models, "unet2d-modern"));
        models.accept();
        assertEquals(before - 1, models.rows().size());
    }

    @Test
    void whoeverRemovesTheModelInUseIsToldSo() {
        StudioViewModel studio = studio();
        ModelsViewModel models = studio.models();
        models.add(List.of(Fixtures.folder("unet2d-modern")));
        String told = "It is in use: it makes the pictures now.";
        models.remove(row(models, "unet2d-modern"));
        assertFalse(question(models).text().contains(told), question(models)::text);
        models.decline();
        models.use(row(models, "unet2d-modern"));
        models.show();
        models.remove(row(models, "unet2d-modern"));
        assertTrue(question(models).text().contains(told), question(models)::text);
    }

    @Test
    void theModelThatWasAskedAboutIsRemovedThoughAnotherHasTakenItsId() throws IOException {
        ModelsViewModel models = studio().models();
        Path linked = Fixtures.copy("unet2d-modern", Files.createDirectories(folder.resolve("elsewhere/foo")));
        models.add(List.of(linked));
        models.remove(row(models, "foo"));
        models.add(List.of(zipOfAModel("foo.zip")));
        assertEquals(ModelQuestion.Kind.REMOVAL, question(models).kind());
        models.accept();
        assertTrue(Files.isDirectory(folder.resolve("models/foo")));
        assertTrue(Files.isDirectory(linked));
        assertTrue(models.rows().stream()
                .flatMap(row -> row.model().stream())
                .noneMatch(model -> model.folder().equals(linked)));
    }

    @Test
    void verifyingSaysWhatCameOfIt() {
        ModelsViewModel models = studio().models();
        ModelRow starter = models.rows().getFirst();
        models.verify(starter);
        assertTrue(starter.noteProperty().get().startsWith("Verified"), starter.noteProperty()::get);
        assertEquals(ModelRowState.READY, starter.stateProperty().get());
        models.add(List.of(Fixtures.folder("unet2d-modern")));
        ModelRow added = row(models, "unet2d-modern");
        models.verify(added);
        assertTrue(added.noteProperty().get().startsWith("Not verified"), added.noteProperty()::get);
        models.add(List.of(Fixtures.folder("sd-tiny-single.safetensors")));
        ModelRow file = row(models, "sd-tiny-single.safetensors");
        models.verify(file);
        assertTrue(file.noteProperty().get().startsWith("Not verified"), file.noteProperty()::get);
    }
}
