package dev.noisediffusion.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.RecordedLog;
import dev.noisediffusion.files.Folders;
import dev.noisediffusion.files.Leftover;
import dev.noisediffusion.files.Lockless;
import dev.noisediffusion.files.Turns;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.library.FileCheck.Verdict;
import dev.noisediffusion.model.ContentHash;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ModelLibraryTest {
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures").toAbsolutePath();
    private static final Path TINY = FIXTURES.resolve("unet2d-modern");
    private static final String WEIGHTS = "unet/diffusion_pytorch_model.safetensors";

    @TempDir
    private Path folder;

    private final CancellationToken cancellation = new CancellationToken();

    private ModelLibrary library() {
        var places = new ModelLibrary.Places(
                folder.resolve("models"), Path.of("models").toAbsolutePath(), folder.resolve("hub"));
        return new ModelLibrary(places, Catalogue.ofStudio());
    }

    private LibraryModel copy() throws ModelException {
        return library().copy(TINY, ProgressListener.NONE, cancellation);
    }

    private List<String> ids() throws ModelException {
        return library().models().stream().map(LibraryModel::id).toList();
    }

    @Test
    void theStarterModelIsThereFromTheStart() throws Exception {
        LibraryModel starter = library().models().getFirst();
        assertEquals("flowers-128", starter.id());
        assertEquals(Origin.BUNDLED, starter.origin());
        assertTrue(starter.isUsable() && !starter.isRemovable());
        assertTrue(starter.bytes() > 1_000_000);
        assertFalse(starter.licence().isEmpty());
        assertThrows(ModelException.class, () -> library().remove(starter));
        for (FileCheck check : library().verify(starter, ProgressListener.NONE, cancellation)) {
            boolean weights = check.path().endsWith(".safetensors");
            assertTrue(
                    weights
                            ? check.verdict() == Verdict.VERIFIED
                            : !check.verdict().isBad(),
                    check.toString());
        }
    }

    @Test
    void aLinkedFolderStaysWhereItIsAlsoWhenItIsRemoved() throws Exception {
        LibraryModel linked = library().link(TINY);
        assertEquals(Origin.LINKED, linked.origin());
        assertEquals(TINY, linked.folder());
        assertEquals(linked.id(), library().link(TINY).id(), "twice is once");
        assertEquals(List.of("flowers-128", "unet2d-modern"), ids());
        library().remove(linked);
        assertEquals(List.of("flowers-128"), ids());
        assertTrue(Files.exists(TINY.resolve(WEIGHTS)));
    }

    @Test
    void theRootOfADriveIsAPlaceLikeAnyOther() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("models")).resolve("folders.json"), "[\"/\"]");
        LibraryModel root = library().models().getLast();
        assertEquals(Path.of("/"), root.folder());
        assertEquals(Path.of("/").toString(), root.name());
        assertFalse(root.problem().isEmpty());
        assertEquals(0, root.bytes());
        library().remove(root);
        assertEquals(List.of("flowers-128"), ids());
    }

    @Test
    void foldersLinkedAllAtOnceAreAllThere() throws Exception {
        List<String> names = List.of(
                "ldm-kl",
                "ldm-vq",
                "unet2d-adm-v",
                "unet2d-consistency",
                "unet2d-ddpm-legacy",
                "unet2d-edm",
                "unet2d-modern");
        ModelLibrary library = library();
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<LibraryModel>> linked = threads.invokeAll(names.stream()
                    .<Callable<LibraryModel>>map(name -> () -> library.link(FIXTURES.resolve(name)))
                    .toList());
            for (Future<LibraryModel> one : linked) {
                one.get();
            }
        }
        assertEquals(1 + names.size(), ids().size(), () -> "linked at once: " + names);
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void whereNothingCanBeLockedModelsAreLinkedAndDownloadedAllTheSame() throws Exception {
        Turns without = Lockless.turns();
        var links = new LinkedFolders(folder.resolve("models/folders.json"), without);
        links.add(TINY);
        assertEquals(List.of(TINY), links.read());
        var staging = new Staging(folder.resolve("models"), without);
        CatalogueEntry entry = Catalogue.ofStudio().models().getFirst();
        try (Turns.Turn ignored = staging.lock(entry)) {
            var failure = assertThrows(ModelException.class, () -> staging.lock(entry));
            assertRefused(ModelRefusal.BEING_DOWNLOADED, failure);
        }
    }

    @Test
    void aSingleFileThatNobodyPublishedIsNotVerified() throws Exception {
        LibraryModel file = library().link(FIXTURES.resolve("sd-tiny-single.safetensors"));
        assertEquals(Verdict.NOT_VERIFIED, verdict(file, "sd-tiny-single.safetensors"));
    }

    @Test
    void aCopyStandsByItselfAndIsDeletedWhenItIsRemoved() throws Exception {
        LibraryModel copied = copy();
        assertEquals(Origin.INSTALLED, copied.origin());
        assertEquals(-1, Files.mismatch(TINY.resolve(WEIGHTS), copied.folder().resolve(WEIGHTS)));
        assertThrows(ModelException.class, this::copy, "it is there");
        library().remove(copied);
        assertFalse(Files.exists(copied.folder()));
        assertLeftNothing();
    }

    @Test
    void aFolderThatCannotBeDeletedIsToldOfAsThat() throws Exception {
        LibraryModel copied = copy();
        library().remove(copied);
        var failure = assertThrows(ModelException.class, () -> library().remove(copied));
        assertEquals(ModelRefusal.NOT_DELETED.with(copied.folder()), failure.trouble());
        assertLeftNothing();
    }

    private void assertLeftNothing() throws IOException {
        try (Stream<Path> left = Files.list(folder.resolve("models"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aCancelledCopyLeavesNothing() throws Exception {
        assertThrows(
                CancellationException.class,
                () -> library().copy(TINY, progress -> cancellation.cancel(), cancellation));
        assertLeftNothing();
    }

    @Test
    void aCopyEndsInTheMiddleOfAFile() throws Exception {
        Path from = Files.createDirectory(folder.resolve("large"));
        Files.write(from.resolve("weights"), new byte[5 << 20]);
        Path to = folder.resolve("copied");
        assertThrows(
                CancellationException.class,
                () -> Folders.copy(from, to, bytes -> cancellation.cancel(), cancellation));
        assertTrue(Files.size(to.resolve("weights")) < 5 << 20);
    }

    /** A folder as a process left it that died long ago. */
    private Path left() throws IOException {
        return Leftover.leave(folder.resolve("models"), ".work-", 25);
    }

    @Test
    @SuppressWarnings("try") // held, not used
    void whatDeadProcessesLeftLongAgoIsDeletedAndWhatLivingOnesUseIsNot() throws Exception {
        Path used = left();
        Path lock = Leftover.lock(used);
        left();
        try (Turns.Turn ignored = new Turns().tryTake(lock).orElseThrow()) {
            LibraryModel copied = copy();
            assertEquals(List.of(used, lock, copied.folder()), inModels());
            left();
            library().remove(copied);
            assertEquals(List.of(used, lock), inModels());
        }
        library().remove(copy());
        assertLeftNothing();
    }

    private List<Path> inModels() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("models"))) {
            return all.sorted().toList();
        }
    }

    @Test
    void whatIsNoModelIsNotAdded() throws Exception {
        assertThrows(ModelException.class, () -> library().link(folder));
        assertThrows(ModelException.class, () -> library().copy(folder, ProgressListener.NONE, cancellation));
        assertEquals(List.of("flowers-128"), ids());
    }

    @Test
    void aModelThatBrokeIsShownWithTheReason() throws Exception {
        LibraryModel copied = copy();
        Files.delete(copied.folder().resolve(WEIGHTS));
        LibraryModel broken = library().find("unet2d-modern").orElseThrow();
        assertFalse(broken.isUsable());
        assertTrue(broken.problem().contains("safetensors"), broken.problem());
        library().remove(broken);
    }

    @Test
    void aModelWithANumberBeyondAllIsShownAmongTheOthers() throws Exception {
        LibraryModel copied = copy();
        Fixtures.edit(copied.folder().resolve("scheduler/scheduler_config.json"), "0.02", "9".repeat(400));
        assertEquals(List.of("flowers-128", "unet2d-modern"), ids());
        LibraryModel broken = library().find("unet2d-modern").orElseThrow();
        assertTrue(broken.problem().contains("\"beta_end\" to be a number"), broken.problem());
    }

    @Test
    void aLinkedModelThatBrokeStillTakesItsRoom() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        Folders.copy(TINY, elsewhere, bytes -> {}, cancellation);
        long whole = library().link(elsewhere).bytes();
        Path scheduler = elsewhere.resolve("scheduler/scheduler_config.json");
        long lost = Files.size(scheduler);
        Files.delete(scheduler);
        LibraryModel broken = library().find("elsewhere").orElseThrow();
        assertFalse(broken.isUsable());
        assertEquals(whole - lost, broken.bytes());
    }

    @Test
    void aLinkedFolderThatWentAwayIsShownAndCanBeRemoved() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        Folders.copy(TINY, elsewhere, bytes -> {}, cancellation);
        library().link(elsewhere);
        Folders.delete(elsewhere);
        LibraryModel gone = library().find("elsewhere").orElseThrow();
        assertFalse(gone.isUsable());
        library().remove(gone);
        assertEquals(List.of("flowers-128"), ids());
    }

    @Test
    void modelsOfTheHubsOwnLibraryAreFoundAndLeftToIt() throws Exception {
        Path snapshot = folder.resolve("hub/models--google--ddpm-tiny/snapshots/0123abc");
        Files.createDirectories(snapshot.getParent());
        Folders.copy(TINY, snapshot, bytes -> {}, cancellation);
        Files.createDirectories(folder.resolve("hub/models--someone--language-model/snapshots/1"));
        LibraryModel found = library().find("ddpm-tiny").orElseThrow();
        assertEquals(Origin.FOUND, found.origin());
        assertEquals("ddpm-tiny", found.name());
        assertThrows(ModelException.class, () -> library().remove(found));
        assertEquals(2, ids().size());
    }

    @Test
    void theHubsCacheIsWhereItsOwnLibraryHasIt() {
        Path home = Path.of("home");
        assertEquals(home.resolve(".cache/huggingface/hub"), HubCache.ofUser(home, Map.of()));
        var environment = new HashMap<String, String>();
        environment.put("XDG_CACHE_HOME", "/fast");
        assertEquals(Path.of("/fast/huggingface/hub"), HubCache.ofUser(home, environment));
        environment.put("HF_HOME", "/hf");
        assertEquals(Path.of("/hf/hub"), HubCache.ofUser(home, environment));
        environment.put("HUGGINGFACE_HUB_CACHE", "/older");
        assertEquals(Path.of("/older"), HubCache.ofUser(home, environment));
        environment.put("HF_HUB_CACHE", "/newer");
        assertEquals(Path.of("/newer"), HubCache.ofUser(home, environment));
    }

    @Test
    void theHubsCacheMayBeSaidFromTheUsersFolderOn() {
        Path home = Path.of("home");
        assertEquals(home.resolve("hf/hub"), HubCache.ofUser(home, Map.of("HF_HOME", "~/hf")));
        assertEquals(home, HubCache.ofUser(home, Map.of("HF_HUB_CACHE", "~")));
        assertEquals(Path.of("~other"), HubCache.ofUser(home, Map.of("HF_HUB_CACHE", "~other")));
    }

    @Test
    void whatCanBeNoFolderIsNotTheHubsCacheAndTheLogNamesIt() {
        Path home = Path.of("home");
        try (var log = new RecordedLog()) {
            assertEquals(home.resolve(".cache/huggingface/hub"), HubCache.ofUser(home, Map.of("HF_HOME", "a\0b")));
            String logged = log.entriesOf(HubCache.class).getFirst().getMessage();
            assertTrue(logged.contains("HF_HOME"), logged);
        }
    }

    @Test
    void sameNamesGetDifferentIds() throws Exception {
        copy();
        library().link(TINY);
        assertEquals(List.of("flowers-128", "unet2d-modern", "unet2d-modern-2"), ids());
    }

    @Test
    void verifyTellsGoodFromDamagedMissingAndUnknown() throws Exception {
        LibraryModel copied = copy();
        String sha = ContentHash.ofFile(copied.folder().resolve(WEIGHTS));
        Files.writeString(
                copied.folder().resolve("studio.json"),
                "{\"sha256\": {\"" + WEIGHTS + "\": \"" + sha + "\", \"gone.safetensors\": \"" + sha + "\"}}");
        assertEquals(Verdict.UNCHANGED, verdict(copied, WEIGHTS));
        Path elsewhere = folder.resolve("elsewhere");
        Folders.copy(copied.folder(), elsewhere, bytes -> {}, cancellation);
        assertEquals(Verdict.UNCHANGED, verdict(library().link(elsewhere), WEIGHTS), "nobody published it");
        assertEquals(Verdict.MISSING, verdict(copied, "gone.safetensors"));
        assertEquals(Verdict.NOT_VERIFIED, verdict(copied, "unet/config.json"));
        byte[] bytes = Files.readAllBytes(copied.folder().resolve(WEIGHTS));
        bytes[bytes.length / 2] ^= 1;
        Files.write(copied.folder().resolve(WEIGHTS), bytes);
        assertEquals(Verdict.DAMAGED, verdict(copied, WEIGHTS));
    }

    private Verdict verdict(LibraryModel model, String path) throws ModelException {
        var fractions = new ArrayList<Double>();
        List<FileCheck> checks = library().verify(model, progress -> fractions.add(progress.fraction()), cancellation);
        assertEquals(1, fractions.getLast());
        return checks.stream()
                .filter(check -> check.path().equals(path))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void checksumsOfFilesOutsideTheFolderAreRefused() throws Exception {
        LibraryModel copied = copy();
        Files.writeString(
                copied.folder().resolve("studio.json"), "{\"sha256\": {\"../../secret\": \"" + "0".repeat(64) + "\"}}");
        assertThrows(ModelException.class, () -> library().verify(copied, ProgressListener.NONE, cancellation));
    }

    private static void assertRefused(ModelRefusal refusal, Trouble.Carrier failure) {
        assertEquals(
                refusal,
                assertInstanceOf(Trouble.Refused.class, failure.trouble()).refusal());
    }

    @Test
    void aCopyThatTheDiskHasNoRoomForIsNotBegun() throws Exception {
        Path large = folder.resolve("large");
        Folders.copy(TINY, large, bytes -> {}, cancellation);
        try (var extra = Files.newByteChannel(
                large.resolve("extra.bin"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            extra.position(library().freeBytes() + (1L << 32));
            extra.write(ByteBuffer.wrap(new byte[1]));
        }
        var failure =
                assertThrows(ModelException.class, () -> library().copy(large, ProgressListener.NONE, cancellation));
        assertRefused(ModelRefusal.NO_ROOM, failure);
        assertFalse(Files.exists(folder.resolve("models")));
    }

    @Test
    void whatIsNotCopiedNeedsNoRoom() throws Exception {
        Path from = Files.createDirectories(folder.resolve("clone"));
        Files.write(from.resolve("weights"), new byte[5]);
        Files.write(from.resolve(".hidden"), new byte[7]);
        Files.write(Files.createDirectory(from.resolve(".git")).resolve("weights"), new byte[11]);
        assertEquals(5, Folders.bytesToCopy(from));
        assertEquals(23, Folders.bytes(from));
    }

    @Test
    void aDiskThatBecomesFullIsSaid() throws Exception {
        var installer = new Installer(folder.resolve("models"), new Turns());
        var failure = assertThrows(
                ModelException.class,
                () -> installer.install(TINY, "tiny", growing -> {
                    throw new IOException("No space left on device");
                }));
        assertRefused(ModelRefusal.DISK_FILLED, failure);
        assertLeftNothing();
    }

    @Test
    void aNewerSnapshotWithoutAModelDoesNotHideAnOlderWithOne() throws Exception {
        Path snapshots = Files.createDirectories(folder.resolve("hub/models--google--ddpm-tiny/snapshots"));
        Path partial = Files.createDirectory(snapshots.resolve("newest"));
        Files.writeString(partial.resolve("config.json"), "{}");
        Path older = snapshots.resolve("a");
        Path old = snapshots.resolve("b");
        for (Path good : List.of(older, old)) {
            Folders.copy(TINY, good, bytes -> {}, cancellation);
        }
        Files.setLastModifiedTime(older, FileTime.fromMillis(1_000_000));
        Files.setLastModifiedTime(old, FileTime.fromMillis(2_000_000));
        assertEquals(old, library().find("ddpm-tiny").orElseThrow().folder());
        assertEquals(List.of("flowers-128", "ddpm-tiny"), ids());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links there are for administrators")
    void aFolderThatCannotBeReadThroughIsSaidInASentence() throws Exception {
        LibraryModel copied = copy();
        Files.createSymbolicLink(copied.folder().resolve("unet/again"), copied.folder());
        var failure =
                assertThrows(ModelException.class, () -> library().verify(copied, ProgressListener.NONE, cancellation));
        assertRefused(ModelRefusal.UNREADABLE, failure);
    }
}
