package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.FrameSink;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.TestImages;
import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.morph.Crossfade;
import dev.noisediffusion.morph.Easing;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.MorphSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmWriterTest {
    @TempDir
    private Path folder;

    private static MorphRequest crossfade(int frames) {
        var keyframes =
                List.of(new Keyframe("a", TestImages.waves(16, 16, 0)), new Keyframe("b", TestImages.waves(16, 16, 2)));
        return new MorphRequest(
                keyframes, MorphSettings.DEFAULT.withMethod(new Crossfade()).withFrames(frames));
    }

    private FilmTarget film(String name, FilmFormat format) {
        return new FilmTarget(folder.resolve(name), ExportSettings.defaults(format));
    }

    @Test
    void theWholeWorkHasOneProgressThatNeverFalls() throws Exception {
        var paced = crossfade(5).withPath(new MorphPath(new Easing.ConstantSpeed(), false));
        List<FilmTarget> films =
                List.of(film("sheet.png", FilmFormat.CONTACT_SHEET), film("frames", FilmFormat.PNG_SEQUENCE));
        var news = new ArrayList<Progress>();
        try (DiffusionModel model = Models.open(Fixtures.folder("unet2d-modern"))) {
            new FilmWriter(model).write(List.of(paced), films, news::add, new CancellationToken());
        }
        List<Double> fractions = news.stream().map(Progress::fraction).toList();
        assertEquals(fractions.stream().sorted().toList(), fractions);
        assertEquals(1.0, fractions.getLast());
        long encoded = news.stream()
                .filter(now -> now.activity().equals(Activity.Work.ENCODING_FILM))
                .map(Progress::fraction)
                .distinct()
                .count();
        assertTrue(encoded > 2 * 5, fractions::toString);
    }

    /** A folder takes the place of a target while the frames are made, so that this film alone cannot be finished. */
    @Test
    void aFilmThatCannotBeFinishedDoesNotTakeTheOthersWithIt() throws Exception {
        Path taken = folder.resolve("first.gif");
        ProgressListener takes = progress -> {
            try {
                Files.createDirectories(taken.resolve("in-use"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        List<FilmTarget> films = List.of(
                film("first.gif", FilmFormat.GIF),
                film("second.apng", FilmFormat.APNG),
                film("third.png", FilmFormat.CONTACT_SHEET));
        try (DiffusionModel model = Models.open(Fixtures.folder("unet2d-modern"))) {
            var writer = new FilmWriter(model);
            var failure = assertThrows(
                    ExportException.class,
                    () -> writer.write(List.of(crossfade(3)), films, takes, new CancellationToken()));
            assertTrue(String.valueOf(failure.getMessage()).contains("first.gif"), failure::toString);
        }
        try (var left = Files.list(folder)) {
            assertEquals(
                    List.of("first.gif", "second.apng", "third.png"),
                    left.map(Path::getFileName).map(String::valueOf).sorted().toList());
        }
    }

    @Test
    void whoCancelsWhileTheLastFilmIsEncodedFindsNoneAndTheEarlierOnesAsTheyWere() throws Exception {
        Path earlier = Files.writeString(folder.resolve("first.png"), "old");
        var token = new CancellationToken();
        ProgressListener cancels = progress -> {
            // The second half of the encoding, from 0.925 on, is that of the second film.
            if (progress.activity().equals(Activity.Work.ENCODING_FILM) && progress.fraction() > 0.92) {
                token.cancel();
            }
        };
        List<FilmTarget> films =
                List.of(film("first.png", FilmFormat.CONTACT_SHEET), film("second", FilmFormat.PNG_SEQUENCE));
        try (DiffusionModel model = Models.open(Fixtures.folder("unet2d-modern"))) {
            var writer = new FilmWriter(model);
            assertThrows(CancellationException.class, () -> writer.write(List.of(crossfade(3)), films, cancels, token));
        }
        assertEquals("old", Files.readString(earlier));
        try (var left = Files.list(folder)) {
            assertEquals(List.of(earlier), left.toList());
        }
    }

    /** A sink whose disk is full after so many frames. */
    private static final class FullSink implements FrameSink {
        private final FrameSink sink;
        private int room;

        FullSink(FrameSink sink, int room) {
            this.sink = sink;
            this.room = room;
        }

        @Override
        public void write(Picture frame) throws IOException {
            if (room == 0) {
                throw new IOException("No space left on device");
            }
            room--;
            sink.write(frame);
        }

        @Override
        public void encode(ProgressListener progress) throws IOException {
            sink.encode(progress);
        }

        @Override
        public void finish(ProgressListener progress) throws IOException {
            sink.finish(progress);
        }

        @Override
        public void close() {
            sink.close();
        }
    }

    @Test
    void aFilmWhoseDiskIsFullDoesNotTakeTheOthersWithIt() throws Exception {
        List<FilmTarget> films = List.of(
                film("first.gif", FilmFormat.GIF),
                film("second.apng", FilmFormat.APNG),
                film("third.png", FilmFormat.CONTACT_SHEET));
        var isFirst = new AtomicBoolean(true);
        try (DiffusionModel model = Models.open(Fixtures.folder("unet2d-modern"))) {
            var writer = new FilmWriter(model, sink -> isFirst.getAndSet(false) ? new FullSink(sink, 1) : sink);
            var failure = assertThrows(
                    IOException.class,
                    () -> writer.write(List.of(crossfade(3)), films, ProgressListener.NONE, new CancellationToken()));
            assertEquals("No space left on device", failure.getMessage());
        }
        try (var left = Files.list(folder)) {
            assertEquals(
                    List.of("second.apng", "third.png"),
                    left.map(Path::getFileName).map(String::valueOf).sorted().toList());
        }
    }

    @Test
    void whereNoFilmCanBeWrittenOnTheRenderEnds() throws Exception {
        List<FilmTarget> films = List.of(film("first.gif", FilmFormat.GIF), film("second.apng", FilmFormat.APNG));
        var news = new ArrayList<Progress>();
        try (DiffusionModel model = Models.open(Fixtures.folder("unet2d-modern"))) {
            var writer = new FilmWriter(model, sink -> new FullSink(sink, 1));
            assertThrows(
                    IOException.class,
                    () -> writer.write(List.of(crossfade(97)), films, news::add, new CancellationToken()));
        }
        assertTrue(news.getLast().fraction() < 0.5, news::toString);
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
