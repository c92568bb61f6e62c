package dev.noisediffusion.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/** What is left of a {@link WorkFolder} whose process died. */
public final class Leftover {
    private Leftover() {}

    /**
     * Leaves one, with something in it.
     *
     * @param parent made where it is not there
     * @param hours since anything in it was changed
     */
    public static Path leave(Path parent, String prefix, int hours) throws IOException {
        Path left = Files.createDirectories(parent).resolve(prefix + UUID.randomUUID());
        Files.writeString(Files.createDirectories(left.resolve("unet")).resolve("config.json"), "{}");
        Files.createFile(lock(left));
        age(left, hours);
        return left;
    }

    /** The file beside a folder that is locked while it is in use. */
    public static Path lock(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }

    /** Makes a folder look as if it had not been changed for some hours. */
    static void age(Path folder, int hours) throws IOException {
        FileTime then = FileTime.from(Instant.now().minus(Duration.ofHours(hours)));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, then);
            }
        }
    }
}
