package dev.noisediffusion.ui.view;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javax.imageio.ImageIO;
import org.testfx.util.WaitForAsyncUtils;

/** Pictures of the window, to be looked at. */
final class Screenshots {
    private static final Path FOLDER = Path.of("target", "screenshots");

    private Screenshots() {}

    static Path take(Scene scene, String name) {
        WaitForAsyncUtils.waitForFxEvents();
        BufferedImage picture = WaitForAsyncUtils.waitForAsyncFx(
                10_000, () -> SwingFXUtils.fromFXImage(scene.getRoot().snapshot(null, null), null));
        try {
            Files.createDirectories(FOLDER);
            Path file = FOLDER.resolve(name + ".png");
            ImageIO.write(picture, "png", file.toFile());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
