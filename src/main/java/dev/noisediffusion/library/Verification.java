package dev.noisediffusion.library;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.job.ProgressMeter;
import dev.noisediffusion.library.FileCheck.Verdict;
import dev.noisediffusion.model.ContentHash;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.StudioManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares the files of a model with their checksums. */
final class Verification {
    private final LibraryModel model;
    private final Map<String, String> published = new TreeMap<>();

    Verification(LibraryModel model, Catalogue catalogue) {
        this.model = model;
        if (model.origin() == Origin.INSTALLED) {
            catalogue
                    .find(model.id())
                    .ifPresent(entry -> entry.files()
                            .forEach(file -> file.checksum().ifPresent(sum -> published.put(file.path(), sum))));
        }
    }

    List<FileCheck> run(ProgressListener progress, CancellationToken cancellation) throws ModelException {
        Map<String, String> kept = StudioManifest.of(model.folder()).sha256();
        var paths = new TreeSet<>(files());
        paths.addAll(kept.keySet());
        paths.addAll(published.keySet());
        var meter = new ProgressMeter(model.bytes(), progress);
        var checks = new ArrayList<FileCheck>();
        for (String path : paths) {
            String expected = published.getOrDefault(path, kept.getOrDefault(path, ""));
            checks.add(new FileCheck(path, verdict(path, expected, meter, cancellation)));
        }
        meter.advance(new Activity.Named(model.name()), model.bytes());
        return List.copyOf(checks);
    }

    private Verdict verdict(String path, String expected, ProgressMeter meter, CancellationToken cancellation)
            throws ModelException {
        Path file = inside(path);
        if (!Files.isRegularFile(file)) {
            return Verdict.MISSING;
        }
        if (expected.isEmpty()) {
            return Verdict.NOT_VERIFIED;
        }
        if (!hash(file, path, meter, cancellation).equals(expected)) {
            return Verdict.DAMAGED;
        }
        // What a manifest says that nobody but its writer vouches for is no more than what there was then.
        return model.origin() == Origin.BUNDLED || published.containsKey(path) ? Verdict.VERIFIED : Verdict.UNCHANGED;
    }

    private static String hash(Path file, String path, ProgressMeter meter, CancellationToken cancellation)
            throws ModelException {
        return ContentHash.ofFile(file, count -> {
            cancellation.throwIfCancelled();
            meter.advance(new Activity.Named(path), count);
        });
    }

    /** Where the paths of the files begin: a model may be a single file. */
    private Path root() {
        Path place = model.folder().toAbsolutePath();
        return Files.isRegularFile(place) ? place.resolveSibling("") : place;
    }

    private Path inside(String path) throws ModelException {
        Path root = root().toAbsolutePath().normalize();
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root)) {
            throw ModelException.in(
                    model.folder().resolve(StudioManifest.FILE_NAME),
                    "checksums of files in the folder",
                    "one of " + path);
        }
        return file;
    }

    /** The files that make the model what it is; texts about it beside them are nobody's concern. */
    private List<String> files() throws ModelException {
        Path root = root();
        try (Stream<Path> all = Files.walk(model.folder().toAbsolutePath(), FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file)
                            .toString()
                            .replace(root.getFileSystem().getSeparator(), "/"))
                    .filter(path -> path.matches(".*\\.(safetensors|onnx|onnx_data|json|txt)")
                            && !path.equals(StudioManifest.FILE_NAME))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ModelException(
                    ModelRefusal.UNREADABLE.with(model.folder(), e.getMessage()),
                    model.folder() + " could not be read.",
                    e);
        }
    }
}
