package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.lab.PictureSet;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.ui.FakeWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabPhotographsTest {
    @Test
    void picturesWithLongNamesAreKeptUnderAsMuchOfThemAsAFileCanHave(@TempDir Path folder) throws Exception {
        var pictures = List.of(
                new Keyframe("a".repeat(300), FakeWorld.plain(8, 8, 0xff0000)),
                new Keyframe("b" + "花".repeat(100), FakeWorld.plain(8, 8, 0x0000ff)));
        PictureSet kept = new LabPhotographs.OfMorph(pictures, new FrameShape(8, 8)).lay(folder);
        assertEquals(List.of("A " + "a".repeat(240) + ".png", "B b" + "花".repeat(79) + ".png"), kept.names());
        for (String name : kept.names()) {
            assertTrue(Files.exists(kept.folder().resolve(name)));
        }
    }

    /** Runs are found again by it. */
    @Test
    void picturesThatAreNotMirroredHaveTheIdentityTheyHadBeforeMirroring() {
        Picture picture = FakeWorld.plain(8, 8, 0xff0000);
        var crop = new Crop(0.5, 0.25, 2);
        String identity = identity(new Keyframe("a.png", picture, crop));
        assertEquals("[a.png" + picture.hash() + "Crop[centerX=0.5, centerY=0.25, zoom=2.0]]", identity);
        assertNotEquals(identity, identity(new Keyframe("a.png", picture, crop.withMirrored(true))));
    }

    private static String identity(Keyframe keyframe) {
        return new LabPhotographs.OfMorph(List.of(keyframe), new FrameShape(8, 8)).identity();
    }
}
