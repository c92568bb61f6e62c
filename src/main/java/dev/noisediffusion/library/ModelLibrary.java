package dev.noisediffusion.library;

import dev.noisediffusion.files.Folders;
import dev.noisediffusion.files.Turns;
import dev.noisediffusion.files.WorkFolder;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.StudioManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The models that are there. The folders themselves are the truth: nothing is remembered of them but the places of those
 * that lie elsewhere. Every method reads the disk; none is for the thread of the window.
 */
public final class ModelLibrary {
    /** What the names of folders begin with in which models come and go; hidden, so that they are no models. */
    static final String WORK = ".work-";

    private final Places places;
    private final Catalogue catalogue;
    private final LinkedFolders links;
    private final Turns turns = new Turns();

    /**
     * Where models lie.
     *
     * @param root of those the studio downloads and copies; made when it is needed
     * @param bundled folder of those that come with the studio
     * @param hubCache folder of the hub's own library
     */
    public record Places(Path root, Path bundled, Path hubCache) {}

    /**
     * The models of a user.
     *
     * @param catalogue says which checksums have been published
     */
    public ModelLibrary(Places places, Catalogue catalogue) {
        this.places = places;
        this.catalogue = catalogue;
        this.links = new LinkedFolders(places.root().resolve("folders.json"), turns);
    }

    /** The folder of downloaded and copied models. */
    public Path root() {
        return places.root();
    }

    /** Where models grow that are being downloaded. */
    Staging staging() {
        return new Staging(places.root(), turns);
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    /** All models, those that come with the studio first. */
    public List<LibraryModel> models() throws ModelException {
        var models = new ArrayList<LibraryModel>();
        Set<String> taken = new HashSet<>();
        for (Path folder : modelFolders(places.bundled())) {
            look(folder, folder.getFileName().toString(), Origin.BUNDLED, taken).ifPresent(models::add);
        }
        for (Path folder : modelFolders(places.root())) {
            look(folder, folder.getFileName().toString(), Origin.INSTALLED, taken)
                    .ifPresent(models::add);
        }
        for (Path folder : links.read()) {
            look(folder, nameOf(folder), Origin.LINKED, taken).ifPresent(models::add);
        }
        for (HubCache.Cached cached : HubCache.models(places.hubCache())) {
            // A newer snapshot may lack most of its files: other programs fetch single ones.
            cached.snapshots().stream()
                    .flatMap(folder -> look(folder, cached.name(), Origin.FOUND, taken).stream())
                    .findFirst()
                    .ifPresent(models::add);
        }
        return List.copyOf(models);
    }

    /** The model with an id. */
    public Optional<LibraryModel> find(String id) throws ModelException {
        return models().stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /** How many bytes of a model have arrived before its download ended; 0 where nothing has been begun. */
    public long arrived(CatalogueEntry entry) {
        return staging().arrived(entry);
    }

    /** Deletes what has arrived of a model. */
    public void discard(CatalogueEntry entry) throws ModelException {
        staging().discard(entry);
    }

    /** Bytes free on the disk of the studio's folder; 0 where it does not tell. */
    public long freeBytes() {
        return Room.free(places.root());
    }

    /**
     * Adds a folder where it lies.
     *
     * @throws ModelException with a sentence, if it is not a model that the studio opens
     */
    public LibraryModel link(Path folder) throws ModelException {
        Path there = folder.toAbsolutePath().normalize();
        ModelLayout.read(there);
        Optional<LibraryModel> known = at(there);
        if (known.isEmpty()) {
            links.add(there);
        }
        return at(there).orElseThrow(() -> new ModelException(there + " could not be added."));
    }

    /**
     * Adds a copy of a folder. Nothing is left behind where it is cancelled.
     *
     * @throws ModelException with a sentence, if it is not a model that the studio opens, is a single file, is too large for
     *     the disk, or cannot be copied
     */
    public LibraryModel copy(Path folder, ProgressListener progress, CancellationToken cancellation)
            throws ModelException {
        Path there = folder.toAbsolutePath().normalize();
        ModelLayout.read(there);
        if (!Files.isDirectory(there)) {
            throw new ModelException(
                    there + " is a single file, which is added where it lies and not copied: leave --copy away.");
        }
        String name = nameOf(there);
        long bytes = Folders.bytesToCopy(there);
        Room.require(there, bytes, places.root());
        var meter = new ProgressMeter(bytes, progress);
        return install(
                there,
                name,
                growing -> Folders.copy(
                        there, growing, more -> meter.advance(new Activity.Named(name), more), cancellation));
    }

    /** Whether a file is an archive that may have a model in it, by its name. */
    public static boolean isArchive(Path file) {
        return ModelArchive.is(file);
    }

    /**
     * Unpacks a zip with a model's folder in it. Nothing is left behind where it is cancelled or refused.
     *
     * @throws ModelException with a sentence, if there is no model in it that the studio opens, it would lead out of its
     *     folder or has links, is damaged, or is too large for the disk
     */
    public LibraryModel unpack(Path zip, ProgressListener progress, CancellationToken cancellation)
            throws ModelException {
        Path there = zip.toAbsolutePath().normalize();
        String name = ModelArchive.name(there);
        try (ModelArchive archive = ModelArchive.open(there)) {
            Room.require(there, archive.bytes(), places.root());
            var meter = new ProgressMeter(archive.bytes(), progress);
            return install(
                    there,
                    name,
                    growing -> archive.unpack(
                            growing, bytes -> meter.advance(new Activity.Named(name), bytes), cancellation));
        }
    }

    private LibraryModel install(Path from, String name, Installer.Filler filler) throws ModelException {
        Path target = new Installer(places.root(), turns).install(from, name, filler);
        return at(target).orElseThrow(() -> new ModelException(target + " could not be added."));
    }

    /**
     * Deletes an installed model; forgets one that lies elsewhere, whose files stay.
     *
     * @throws ModelException if it is not the studio's to remove
     */
    public void remove(LibraryModel model) throws ModelException {
        switch (model.origin()) {
            case INSTALLED -> delete(model.folder());
            case LINKED -> links.remove(model.folder());
            case BUNDLED ->
                throw new ModelException(
                        ModelRefusal.COMES_WITH_THE_STUDIO.with(model.name()),
                        model.name() + " comes with the studio and cannot be removed.",
                        null);
            case FOUND ->
                throw new ModelException(
                        ModelRefusal.OF_ANOTHER_PROGRAM.with(model.name(), model.folder()),
                        model.name() + " belongs to another program; remove it there: " + model.folder(),
                        null);
        }
    }

    /** Under another name first, so that half a model never looks like one. */
    private void delete(Path folder) throws ModelException {
        try (WorkFolder going = WorkFolder.make(places.root(), WORK, turns)) {
            Files.move(folder, going.path().resolve(folder.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ModelException(
                    ModelRefusal.NOT_DELETED.with(folder),
                    folder + " could not be deleted: close what uses it, and check that you may write there.",
                    e);
        }
    }

    /**
     * Compares every file that has a checksum, published in the catalogue or kept with the model, with it.
     *
     * @param progress hears of each file
     */
    public List<FileCheck> verify(LibraryModel model, ProgressListener progress, CancellationToken cancellation)
            throws ModelException {
        return new Verification(model, catalogue).run(progress, cancellation);
    }

    private Optional<LibraryModel> at(Path folder) throws ModelException {
        return models().stream()
                .filter(model -> model.folder().toAbsolutePath().normalize().equals(folder))
                .findFirst();
    }

    /** What a folder is; nothing where it is of no interest. */
    private static Optional<LibraryModel> look(Path folder, String name, Origin origin, Set<String> taken) {
        Trouble trouble = null;
        String problem = "";
        String shown = name;
        String licence = "";
        String description = "";
        try {
            StudioManifest manifest = ModelLayout.read(folder).manifest();
            boolean named = Files.exists(folder.resolve(StudioManifest.FILE_NAME));
            shown = named ? manifest.name() : name;
            licence = manifest.licence();
            description = manifest.description();
        } catch (ModelException e) {
            if (origin == Origin.FOUND || origin == Origin.BUNDLED) {
                return Optional.empty();
            }
            problem = String.valueOf(e.getMessage());
            trouble = e.trouble();
        }
        return Optional.of(new LibraryModel(
                free(FileNames.idOf(name), taken),
                shown,
                folder,
                origin,
                licence,
                description,
                // The root of a drive that is no model may hold millions of files, which are not counted.
                trouble != null && folder.getFileName() == null ? 0 : Folders.bytes(folder),
                problem,
                Optional.ofNullable(trouble)));
    }

    /** What a folder or file is called; the root of a drive has only its path. */
    private static String nameOf(Path place) {
        Path name = place.getFileName();
        return (name == null ? place : name).toString();
    }

    private static String free(String wanted, Set<String> taken) {
        String id = wanted;
        for (int number = 2; !taken.add(id); number++) {
            id = wanted + "-" + number;
        }
        return id;
    }

    private static List<Path> modelFolders(Path parent) throws ModelException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ModelException(
                    ModelRefusal.UNREADABLE.with(parent, e.getMessage()), parent + " could not be read.", e);
        }
    }
}
