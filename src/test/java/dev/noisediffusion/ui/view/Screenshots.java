package dev.noisediffusion.ui.view;

import static org.junit.jupiter.api.Assertions.assertTrue;

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

    /** Makes a picture, on which there must be something to be seen. */
    static void take(Scene scene, String name) {
        WaitForAsyncUtils.waitForFxEvents();
        BufferedImage picture = WaitForAsyncUtils.waitForAsyncFx(
                StudioStage.PATIENCE_MS,
                () -> SwingFXUtils.fromFXImage(scene.getRoot().snapshot(null, null), null));
        try {
            Files.createDirectories(FOLDER);
            Path file = FOLDER.resolve(name + ".png");
            // That of an earlier run would stand for one that was not written.
            Files.deleteIfExists(file);
            assertTrue(ImageIO.write(picture, "png", file.toFile()), () -> "Nothing writes " + file);
            assertTrue(hasColours(picture), () -> "There is nothing on " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is more than one. */
    private static boolean hasColours(BufferedImage picture) {
        int first = picture.getRGB(0, 0);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if (picture.getRGB(x, y) != first) {
                    return true;
                }
            }
        }
        return false;
    }
}
