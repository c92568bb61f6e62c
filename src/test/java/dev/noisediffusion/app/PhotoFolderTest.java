package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoFolderTest {
    @TempDir
    private Path folder;

    private Picture photograph(String name, int width, int height) throws IOException {
        var rgb = new byte[3 * width * height];
        new Random(width).nextBytes(rgb);
        Picture picture = Picture.wrap(width, height, rgb);
        PngFile.write(picture, folder.resolve(name), Map.of());
        return picture;
    }

    @Test
    void photographsAreKeptInTheModelsSizeAndThoseThatHaveItAsTheyAre() throws Exception {
        Picture wide = photograph("wide.png", 90, 40);
        Picture fitting = photograph("fitting.png", 16, 12);
        var skipped = new ArrayList<String>();
        List<Picture> loaded = PhotoFolder.load(folder, 16, 12, 9, skipped::add, new CancellationToken());
        Picture middle = Resampler.crop(wide, Crop.CENTER, 16, 12);
        assertEquals(2, loaded.size());
        assertEquals(Set.of(middle, fitting), Set.copyOf(loaded));
        assertEquals(middle, Resampler.crop(middle, Crop.CENTER, 16, 12), "fitting it again changes nothing");
        assertEquals(List.of(), skipped);
    }

    @Test
    void thoseBeyondTheLimitAndThoseThatCannotBeReadAreLeftOut() throws Exception {
        Files.writeString(folder.resolve("broken.png"), "no picture");
        for (int i = 0; i < 3; i++) {
            photograph(i + ".png", 16 + i, 16);
        }
        var skipped = new ArrayList<String>();
        assertEquals(
                2,
                PhotoFolder.load(folder, 8, 8, 2, skipped::add, new CancellationToken())
                        .size());
        skipped.clear();
        assertEquals(
                3,
                PhotoFolder.load(folder, 8, 8, 9, skipped::add, new CancellationToken())
                        .size());
        assertEquals(1, skipped.size());
        Path none = folder.resolve("none");
        assertThrows(
                ImageException.class, () -> PhotoFolder.load(none, 8, 8, 9, skipped::add, new CancellationToken()));
    }

    @Test
    void copiesAreLeftOutAndDoNotCountToTheLimit() throws Exception {
        Files.createDirectory(folder.resolve("backup"));
        for (String name : List.of("rose.png", "copy of rose.png", "backup/rose.png", "backup/copy of rose.png")) {
            photograph(name, 16, 16);
        }
        photograph("tulip.png", 17, 16);
        photograph("daisy.png", 18, 16);
        for (int limit : List.of(3, 9)) {
            List<Picture> loaded = PhotoFolder.load(folder, 16, 16, limit, skipped -> {}, new CancellationToken());
            assertEquals(3, loaded.size());
            assertEquals(3, Set.copyOf(loaded).size());
        }
    }

    @Test
    void theContactSheetOfResultsIsNoPhotograph() throws Exception {
        Files.createDirectory(folder.resolve("results"));
        Files.createDirectory(folder.resolve("own"));
        Files.writeString(folder.resolve("results").resolve("results.jsonl"), "");
        photograph("results/contact-sheet.png", 16, 16);
        Picture own = photograph("own/contact-sheet.png", 17, 17);
        Picture rose = photograph("results/rose.png", 18, 18);

        List<Picture> loaded = PhotoFolder.load(folder, 17, 17, 9, skipped -> {}, new CancellationToken());

        assertEquals(Set.of(own, Resampler.crop(rose, Crop.CENTER, 17, 17)), Set.copyOf(loaded));
    }

    @Test
    void loadingEndsAtTheNextPhotographOnceItIsCancelled() throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.writeString(folder.resolve(i + ".png"), "no picture");
        }
        var token = new CancellationToken();
        var skipped = new ArrayList<String>();
        assertThrows(
                CancellationException.class,
                () -> PhotoFolder.load(
                        folder,
                        8,
                        8,
                        9,
                        sentence -> {
                            skipped.add(sentence);
                            token.cancel();
                        },
                        token));
        assertEquals(1, skipped.size());
    }
}
