package dev.noisediffusion.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.image.TestImages;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ProgressListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FilmRoundTripTest {
    private static final String RECIPE = "{\"title\": \"Blüte → 花; a=b #1 \\\\ 'x'\",\n \"gamma\": 0.25}\n".repeat(200);

    @TempDir
    private Path folder;

    @Test
    void anMp4HasEveryFrameNearlyAsItWas() throws Exception {
        List<Picture> frames = Films.frames(9, 64, 48);
        Path film = write("a.mp4", settings(FilmFormat.MP4, 24, 100), frames);

        List<Picture> decoded = Films.decode(film, 64, 48);
        assertEquals(9, decoded.size());
        for (int i = 0; i < 9; i++) {
            assertTrue(TestImages.psnr(frames.get(i), decoded.get(i)) > 36, "frame " + i);
        }
        String stream = Films.describe(film);
        assertTrue(stream.contains("codec_name=h264"), stream);
        assertTrue(stream.contains("pix_fmt=yuv420p\n"), stream);
        assertTrue(stream.contains("color_space=bt709"), stream);
        assertTrue(stream.contains("r_frame_rate=24/1"), stream);
    }

    @Test
    void theIndexOfAnMp4StandsBeforeItsFrames() throws Exception {
        Path film = write("a.mp4", settings(FilmFormat.MP4), Films.frames(3, 32, 32));
        String bytes = new String(Files.readAllBytes(film), StandardCharsets.ISO_8859_1);

        assertTrue(bytes.indexOf("moov") > 0 && bytes.indexOf("moov") < bytes.indexOf("mdat"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MP4", "WEBM", "WEBP"})
    void moreQualityIsMoreBytesAndCloser(FilmFormat format) throws Exception {
        List<Picture> frames = Films.frames(5, 96, 96);
        Path low = write("low" + format.extension(), settings(format, 16, 10), frames);
        Path high = write("high" + format.extension(), settings(format, 16, 95), frames);

        assertTrue(Files.size(low) < Files.size(high));
        double far = TestImages.psnr(frames.get(2), decode(low, format, 96).get(2));
        double near = TestImages.psnr(frames.get(2), decode(high, format, 96).get(2));
        assertTrue(near > far + 2, near + " and " + far);
    }

    @ParameterizedTest
    @CsvSource({"33, 21, 1, 34, 22", "33, 20, 3, 100, 60", "16, 16, 4, 64, 64"})
    void anMp4HasEvenSidesAndTheSizeAskedFor(int w, int h, int multiple, int filmW, int filmH) throws Exception {
        List<Picture> frames = Films.frames(2, w, h);
        Path film = write("a.mp4", settings(FilmFormat.MP4, 16, 100).withSizeMultiple(multiple), frames);

        Picture decoded = Films.decode(film, filmW, filmH).getFirst();
        Picture expected = Resampler.upscale(frames.getFirst(), multiple);
        double difference = 0;
        for (int y = 0; y < expected.height(); y++) {
            for (int x = 0; x < expected.width(); x++) {
                difference += Math.abs((expected.pixel(x, y) >> 8 & 0xff) - (decoded.pixel(x, y) >> 8 & 0xff));
            }
        }
        assertTrue(difference / expected.width() / expected.height() < 4, "mean difference " + difference);
    }

    @Test
    void aGifHasEveryFrameInItsPaletteAndLoops() throws Exception {
        List<Picture> frames = Films.frames(7, 48, 40);
        Path film = write("a.gif", settings(FilmFormat.GIF, 10, 80), frames);

        List<Picture> decoded = Films.decode(film, 48, 40);
        assertEquals(7, decoded.size());
        for (int i = 0; i < 7; i++) {
            assertTrue(TestImages.psnr(frames.get(i), decoded.get(i)) > 24, "frame " + i);
        }
        assertTrue(text(film).contains("NETSCAPE2.0\3\1\0\0\0"));
        assertTrue(Films.describe(film).contains("r_frame_rate=10/1"));
    }

    @Test
    void aGifPlayedOnceDoesNotLoop() throws Exception {
        var once = settings(FilmFormat.GIF, Playback.ONCE);
        Path film = write("a.gif", once, Films.frames(3, 20, 20));

        assertTrue(!text(film).contains("NETSCAPE"));
        assertEquals(Optional.of(RECIPE), Recipes.read(film));
    }

    @Test
    void aPngSequenceKeepsEveryPixel() throws Exception {
        List<Picture> frames = Films.frames(3, 30, 20);
        Path film = write("frames", settings(FilmFormat.PNG_SEQUENCE).withSizeMultiple(2), frames);

        assertEquals(3, Films.entries(film));
        for (int i = 0; i < 3; i++) {
            Path file = film.resolve("frame-000" + (i + 1) + ".png");
            assertEquals(Resampler.upscale(frames.get(i), 2), new ImageLoader().load(file));
            assertEquals(Optional.of(RECIPE), Recipes.read(file));
        }
    }

    @Test
    void aWebmHasEveryFrameNearlyAsItWas() throws Exception {
        List<Picture> frames = Films.frames(9, 64, 48);
        Path film = write("a.webm", settings(FilmFormat.WEBM, 24, 100), frames);

        List<Picture> decoded = Films.decode(film, 64, 48);
        assertEquals(9, decoded.size());
        for (int i = 0; i < 9; i++) {
            assertTrue(TestImages.psnr(frames.get(i), decoded.get(i)) > 36, "frame " + i);
        }
        String stream = Films.describe(film);
        assertTrue(stream.contains("codec_name=vp9"), stream);
        assertTrue(stream.contains("color_space=bt709"), stream);
        assertTrue(stream.contains("r_frame_rate=24/1"), stream);
    }

    /** A decoder that goes wrong drifts, and shows it only in pictures of many blocks with much in them. */
    @Test
    void aDetailedWebpIsReadAsFfmpegReadsIt() throws Exception {
        Picture photograph = new ImageLoader().load(Path.of("assets", "samples", "01-dahlia.jpg"));
        Path film = write("a.webp", settings(FilmFormat.WEBP, 7, 50), List.of(photograph, photograph));
        Path still =
                Files.write(folder.resolve("still.webp"), Films.webpStills(film).getFirst());

        Picture expected =
                Films.decode(still, photograph.width(), photograph.height()).getFirst();
        assertTrue(TestImages.psnr(expected, new ImageLoader().load(still)) > 38);
    }

    @Test
    void anAnimatedWebpHasEveryFrameNearlyAsItWasAndTheLengthAskedFor() throws Exception {
        List<Picture> frames = Films.frames(7, 48, 41);
        Path film = write("a.webp", settings(FilmFormat.WEBP, 7, 100), frames);

        List<Picture> decoded = Films.decodeWebp(film);
        assertEquals(7, decoded.size());
        for (int i = 0; i < 7; i++) {
            assertTrue(TestImages.psnr(frames.get(i), decoded.get(i)) > 34, "frame " + i);
        }
        assertEquals(1000, Films.webpMillis(film));
    }

    @Test
    void anAnimatedPngKeepsEveryPixel() throws Exception {
        List<Picture> frames = Films.frames(5, 33, 20);
        Path film = write("a.apng", settings(FilmFormat.APNG), frames);

        assertEquals(frames, Films.decode(film, 33, 20));
        assertTrue(Films.describe(film).contains("codec_name=apng"));
        assertTrue(text(film).indexOf("acTL") < text(film).indexOf("iTXt"));
    }

    /** Browsers show frames that stay for 10 ms or less as 10 a second. */
    @Test
    void noFrameIsTooShortForBrowsers() throws Exception {
        List<Picture> frames = Films.frames(9, 20, 20);
        Path webp = write("a.webp", settings(FilmFormat.WEBP, 120, 80), frames);
        Path apng = write("a.apng", settings(FilmFormat.APNG, 120, 80), frames);

        assertEquals(100, Films.webpMillis(webp));
        String chunks = text(apng);
        for (int at = chunks.indexOf("fcTL"); at >= 0; at = chunks.indexOf("fcTL", at + 4)) {
            ByteBuffer delay =
                    ByteBuffer.wrap(chunks.substring(at + 24, at + 28).getBytes(StandardCharsets.ISO_8859_1));
            double millis = 1000.0 * delay.getShort(0) / delay.getShort(2);
            assertTrue(millis > 10.5 && millis < 12, "stays for " + millis + " ms");
        }
    }

    @Test
    void aContactSheetHasEachFrameOnceInRows() throws Exception {
        List<Picture> frames = Films.frames(5, 30, 20);
        var settings = settings(FilmFormat.CONTACT_SHEET, Playback.PING_PONG).withSizeMultiple(2);
        Picture sheet = new ImageLoader().load(write("sheet.png", settings, frames));

        ContactSheet plan = ContactSheet.of(5, 60, 40);
        assertEquals(2, plan.columns());
        assertEquals(3 * 40 + 2 * 4, plan.height());
        assertEquals(plan.width(), sheet.width());
        assertEquals(plan.height(), sheet.height());
        Picture third = Resampler.upscale(frames.get(2), 2);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 60; x++) {
                assertEquals(third.pixel(x, y), sheet.pixel(x, y + 44));
            }
        }
    }

    @Test
    void aSheetTooLargeForAnyMemoryIsRefused() throws Exception {
        var settings = settings(FilmFormat.CONTACT_SHEET).withSizeMultiple(8);
        Path target = folder.resolve("s.png");
        try (FrameSink sink = new FrameSinks().open(target, settings, RECIPE, new CancellationToken())) {
            for (int i = 0; i < 300; i++) {
                sink.write(TestImages.plain(128, 128, 0));
            }
            assertTrue(String.valueOf(assertThrows(ExportException.class, () -> sink.finish(ProgressListener.NONE))
                            .getMessage())
                    .contains("smaller size"));
        }
        assertEquals(0, Films.entries(folder));
    }

    /** As a picture's name has on a disk that allows it. */
    @ParameterizedTest
    @EnumSource(names = {"MP4", "WEBM", "GIF", "WEBP", "APNG"})
    void aRecipeWithHalfACharacterIsNoReasonToWriteNoFilm(FilmFormat format) throws Exception {
        Path target = folder.resolve("f" + format.extension());
        String recipe = "{\"name\": \"rose \ud83c.png\"}";
        try (FrameSink sink = new FrameSinks().open(target, settings(format), recipe, new CancellationToken())) {
            for (Picture frame : Films.frames(3, 20, 20)) {
                sink.write(frame);
            }
            sink.finish(ProgressListener.NONE);
        }
        assertEquals(Optional.of("{\"name\": \"rose ?.png\"}"), Recipes.read(target));
    }

    @ParameterizedTest
    @EnumSource(names = {"WEBP", "APNG"})
    void whatIsPlayedOnceSaysSo(FilmFormat format) throws Exception {
        List<Picture> frames = Films.frames(3, 20, 20);
        Path once = write("1" + format.extension(), settings(format, Playback.ONCE), frames);
        Path loop = write("2" + format.extension(), settings(format), frames);

        assertEquals(1, plays(once, format));
        assertEquals(0, plays(loop, format));
    }

    /** How often a film is shown, 0 for ever: the loop count of ANIM (RFC 9649), and num_plays of acTL (W3C PNG). */
    private static int plays(Path film, FilmFormat format) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(film));
        return format == FilmFormat.WEBP
                ? bytes.order(ByteOrder.LITTLE_ENDIAN).getShort(text(film).indexOf("ANIM") + 12)
                : bytes.getInt(text(film).indexOf("acTL") + 8);
    }

    @ParameterizedTest
    @CsvSource({
        "a.MP4, MP4",
        "a.m4v, MP4",
        "a.webm, WEBM",
        "a.webp, WEBP",
        "a.gif, GIF",
        "a.apng, APNG",
        "a.png, CONTACT_SHEET",
        "frames, PNG_SEQUENCE"
    })
    void theEndingOfTheNameChoosesTheFormat(String name, FilmFormat format) {
        assertEquals(Optional.of(format), FilmFormat.of(Path.of(name)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONTACT_SHEET")
    void pingPongGoesThereAndBackWithoutHalting(FilmFormat format) throws Exception {
        List<Picture> frames = List.of(
                TestImages.plain(32, 32, 0x101010),
                TestImages.plain(32, 32, 0x808080),
                TestImages.plain(32, 32, 0xf0f0f0));
        Path film = write("film" + format.extension(), settings(format, Playback.PING_PONG), frames);

        int[] expected = {0x10, 0x80, 0xf0, 0x80};
        int[] shown = decode(film, format, 32).stream()
                .mapToInt(frame -> frame.pixel(9, 9) & 0xff)
                .toArray();
        assertEquals(4, shown.length);
        for (int i = 0; i < 4; i++) {
            assertEquals(expected[i], shown[i], 8);
        }
    }

    @Test
    void anMp4RepeatsItsPasses() throws Exception {
        var twice = new ExportSettings(FilmFormat.MP4, 16, 80, 1, Playback.PING_PONG, 2);

        assertEquals(
                12,
                Films.decode(write("a.mp4", twice, Films.frames(4, 32, 32)), 32, 32)
                        .size());
    }

    @Test
    void thePlaybackOrderOfFewFramesMakesSense() {
        assertEquals(List.of(0, 1, 2, 3, 2, 1), Playback.PING_PONG.order(4));
        assertEquals(List.of(0, 1), Playback.PING_PONG.order(2));
        assertEquals(List.of(0), Playback.PING_PONG.order(1));
        assertEquals(List.of(0, 1, 2), Playback.LOOP.order(3));
    }

    @ParameterizedTest
    @EnumSource
    void theRecipeComesBack(FilmFormat format) throws Exception {
        Path film = write("with recipe" + format.extension(), settings(format), Films.frames(2, 32, 32));

        assertEquals(Optional.of(RECIPE), Recipes.read(film));
    }

    @Test
    void whatAMacLeavesBesideFramesHidesNoRecipe() throws Exception {
        Path film = write("frames", settings(FilmFormat.PNG_SEQUENCE), Films.frames(2, 32, 32));
        Files.write(film.resolve("._frame-0001.png"), new byte[] {0, 5, 22, 7});

        assertEquals(Optional.of(RECIPE), Recipes.read(film));
    }

    @ParameterizedTest
    @EnumSource
    void aFilmWithoutARecipeHasNone(FilmFormat format) throws Exception {
        Path film = folder.resolve("plain" + format.extension());
        try (FrameSink sink = new FrameSinks().open(film, settings(format), "", new CancellationToken())) {
            Films.writeAll(sink, Films.frames(2, 32, 32));
            sink.finish(ProgressListener.NONE);
        }

        assertEquals(Optional.empty(), Recipes.read(film));
    }

    @ParameterizedTest
    @EnumSource
    void theSameFramesGiveTheSameBytes(FilmFormat format) throws Exception {
        List<Picture> frames = Films.frames(4, 40, 40);
        Path one = write("one" + format.extension(), settings(format), frames);
        Path two = write("two" + format.extension(), settings(format), frames);
        if (format == FilmFormat.PNG_SEQUENCE) {
            one = one.resolve("frame-0003.png");
            two = two.resolve("frame-0003.png");
        }

        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
    }

    private Path write(String name, ExportSettings settings, List<Picture> frames) throws IOException {
        Path target = folder.resolve(name);
        try (FrameSink sink = new FrameSinks().open(target, settings, RECIPE, new CancellationToken())) {
            Films.writeAll(sink, frames);
            sink.finish(ProgressListener.NONE);
        }
        return target;
    }

    private static List<Picture> decode(Path film, FilmFormat format, int side) throws Exception {
        if (format == FilmFormat.WEBP) {
            return Films.decodeWebp(film);
        }
        if (format != FilmFormat.PNG_SEQUENCE) {
            return Films.decode(film, side, side);
        }
        try (var files = Files.list(film)) {
            var pictures = new ArrayList<Picture>();
            for (Path file : files.sorted().toList()) {
                pictures.add(new ImageLoader().load(file));
            }
            return pictures;
        }
    }

    private static ExportSettings settings(FilmFormat format) {
        return settings(format, 16, 80);
    }

    private static ExportSettings settings(FilmFormat format, int fps, int quality) {
        return new ExportSettings(format, fps, quality, 1, Playback.LOOP, 1);
    }

    private static ExportSettings settings(FilmFormat format, Playback playback) {
        return new ExportSettings(format, 16, 80, 1, playback, 1);
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
