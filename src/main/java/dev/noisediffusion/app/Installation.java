package dev.noisediffusion.app;

import dev.noisediffusion.onnx.OrtEngine;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the studio's own files lie.
 *
 * @param home the folder with {@code models} and {@code assets}: the unpacked application, or a checkout of the source
 */
public record Installation(Path home) {
    /** Set by the start script and by the build. */
    static final String HOME_PROPERTY = "noisediffusion.home";

    /** From the system property, else from where the classes were loaded, else the working directory. */
    static Installation locate() {
        String home = System.getProperty(HOME_PROPERTY);
        if (home != null) {
            return new Installation(Path.of(home).toAbsolutePath().normalize());
        }
        for (Path folder = codeLocation(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("models/flowers-128"))) {
                return new Installation(folder);
            }
        }
        return new Installation(Path.of("").toAbsolutePath());
    }

    private static Path codeLocation() {
        try {
            return Path.of(Installation.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The location of the application is not a path", e);
        }
    }

    /** The models that come with the studio. */
    Path models() {
        return home.resolve("models");
    }

    Path starterModel() {
        return models().resolve("flowers-128");
    }

    Path samples() {
        return home.resolve("assets/samples");
    }

    /** The experiments that come with the studio. */
    Path experiments() {
        return home.resolve("assets/experiments");
    }

    /** The two that are shown to someone who has no pictures yet; none where they are not installed. */
    List<Path> samplePair() {
        return Stream.of("01-dahlia.jpg", "02-anemone.jpg")
                .map(samples()::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    /** What decides the numbers that are measured here beside the model and the networks that measure, by name and version. */
    static List<String> software() {
        return List.of(
                applicationName(), "Java " + Runtime.version().feature(), "ONNX Runtime " + OrtEngine.runtimeVersion());
    }

    /** As people write it, with the version where the application was packaged. */
    static String applicationName() {
        String version = Installation.class.getPackage().getImplementationVersion();
        return version == null ? "NoiseDiffusion Studio" : "NoiseDiffusion Studio " + version;
    }
}
