package dev.noisediffusion.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The model folders that tests use, and copies of them to spoil. */
public final class Fixtures {
    public static final Path STARTER = Path.of("models", "flowers-128");

    private Fixtures() {}

    /** A fixture by its name under {@code src/test/resources/fixtures}. */
    public static Path folder(String name) {
        return Path.of("src", "test", "resources", "fixtures", name);
    }

    /** A copy of a fixture that a test may change. */
    public static Path copy(String name, Path target) throws IOException {
        Path source = folder(name);
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(source)) {
            paths = tree.toList();
        }
        for (Path path : paths) {
            Files.copy(
                    path, target.resolve(source.relativize(path)), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return target;
    }

    /**
     * The export {@code sd-tiny-onnx} with its network as the studio writes it, of the same weights: the fixture's own takes
     * seconds to open.
     */
    public static Path leanExport(Path target) throws IOException, ModelException {
        Path export = copy("sd-tiny-onnx", target);
        Path unet = export.resolve(StableDiffusion.Part.UNET.folder());
        Files.delete(unet.resolve(GraphBuilder.GRAPH_FILE));
        ((StableDiffusionWeights) ModelLayout.read(folder("sd-tiny-diffusers")))
                .write(StableDiffusion.Part.UNET, Precision.FULL, unet);
        return export;
    }

    /**
     * A zip with the files of a fixture.
     *
     * @param within the folder in it that they lie in, with its slash; empty for none
     */
    public static Path zip(String name, String within, Path target) throws IOException {
        Path source = folder(name);
        try (var out = new ZipOutputStream(Files.newOutputStream(target));
                Stream<Path> tree = Files.walk(source)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(within + source.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
        return target;
    }

    /** Replaces text in a file, which must be there. */
    public static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        if (!text.contains(from)) {
            throw new IllegalArgumentException(file + " does not contain " + from);
        }
        Files.writeString(file, text.replace(from, to));
    }
}
