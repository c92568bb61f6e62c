package dev.noisediffusion.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.PictureRefusal;
import dev.noisediffusion.job.Trouble;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of bad picture files: each is refused with one sentence that names the file and says what to do. */
class BadPictureTest {
    @FunctionalInterface
    interface Contents {
        byte[] bytes() throws IOException;
    }

    record BadFile(String name, Contents contents, String says, PictureRefusal refusal) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Contents NOTHING = () -> new byte[0];

    static Stream<BadFile> badFiles() {
        return Stream.of(
                new BadFile("missing.png", NOTHING, "was not found", PictureRefusal.GONE),
                new BadFile("folder.png", NOTHING, "is a folder", PictureRefusal.IS_A_FOLDER),
                new BadFile("empty.jpg", () -> new byte[] {}, "is empty", PictureRefusal.EMPTY),
                new BadFile(
                        "letter.png",
                        () -> "Dear Sir or Madam".repeat(20).getBytes(StandardCharsets.UTF_8),
                        "is not a picture",
                        PictureRefusal.UNKNOWN_FORMAT),
                new BadFile("noise.jpg", BadPictureTest::noise, "is not a picture", PictureRefusal.UNKNOWN_FORMAT),
                new BadFile("zeros.bmp", () -> new byte[5000], "is not a picture", PictureRefusal.UNKNOWN_FORMAT),
                new BadFile(
                        "phone.heic",
                        () -> "\0\0\0\30ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1),
                        "HEIC",
                        PictureRefusal.HEIC_OR_AVIF),
                new BadFile("cut.png", () -> half("png"), "is damaged or cut off", PictureRefusal.DAMAGED),
                new BadFile("cut.jpg", () -> half("jpeg"), "is damaged or cut off", PictureRefusal.DAMAGED),
                new BadFile("cut.gif", () -> half("gif"), "is damaged or cut off", PictureRefusal.DAMAGED),
                new BadFile("cut.bmp", () -> half("bmp"), "is damaged or cut off", PictureRefusal.DAMAGED),
                new BadFile(
                        "bomb.png",
                        () -> TestImages.png(60_000, 60_000, new byte[100]),
                        "declares 60000 x 60000 pixels",
                        PictureRefusal.TOO_MANY_PIXELS),
                new BadFile(
                        "bomb.gif",
                        BadPictureTest::gifBomb,
                        "declares 65535 x 65535 pixels",
                        PictureRefusal.TOO_MANY_PIXELS),
                new BadFile(
                        "lying.png",
                        () -> TestImages.png(4000, 4000, new byte[100]),
                        "is damaged or cut off",
                        PictureRefusal.DAMAGED));
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("badFiles")
    void isRefusedWithASentence(BadFile bad) throws IOException {
        Path file = folder.resolve(bad.name);
        if (bad.says.contains("folder")) {
            Files.createDirectory(file);
        } else if (!bad.name.startsWith("missing")) {
            Files.write(file, bad.contents.bytes());
        }

        ImageException error = assertThrows(ImageException.class, () -> new ImageLoader().load(file));

        ImageLoaderTest.assertSentence(error, bad.name);
        var refused = assertInstanceOf(Trouble.Refused.class, error.trouble());
        assertEquals(bad.refusal, refused.refusal());
        assertEquals(bad.name, refused.details().getFirst());
        assertTrue(String.valueOf(error.getMessage()).contains(bad.says), error.getMessage());
    }

    @Test
    void aFileBeyondTheLimitIsNotEvenOpened() throws IOException {
        Path file = Files.write(folder.resolve("large.png"), half("png"));
        var strict = new ImageLoader(new ImageLimits(50, 1000, 1000, 100));

        ImageException error = assertThrows(ImageException.class, () -> strict.load(file));

        assertTrue(String.valueOf(error.getMessage()).contains("MB can be read"), error.getMessage());
    }

    /** More bytes than an array holds, which the platform reports before it reads any; the file is but a hole. */
    @Test
    void aFileThatDoesNotFitIntoMemoryIsRefused() throws IOException {
        Path file = folder.resolve("endless.tif");
        try (var hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(Integer.MAX_VALUE + 1L);
        }
        var generous = new ImageLoader(new ImageLimits(Long.MAX_VALUE, 1000, 1000, 100));

        ImageException error = assertThrows(ImageException.class, () -> generous.load(file));

        ImageLoaderTest.assertSentence(error, "endless.tif");
        var refused = assertInstanceOf(Trouble.Refused.class, error.trouble());
        assertEquals(PictureRefusal.OUT_OF_MEMORY, refused.refusal());
    }

    private static byte[] half(String format) throws IOException {
        byte[] whole = TestImages.encode(TestImages.waves(100, 100, 0), format);
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static byte[] noise() {
        var bytes = new byte[4000];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static byte[] gifBomb() throws IOException {
        byte[] gif = TestImages.encode(TestImages.plain(4, 4, 0), "gif");
        for (int i = 0; i < gif.length - 9; i++) {
            // The image descriptor: ',', left, top, width, height.
            if (gif[i] == ',' && gif[i + 5] == 4 && gif[i + 7] == 4) {
                Arrays.fill(gif, i + 5, i + 9, (byte) 0xff);
                return gif;
            }
        }
        throw new IOException("No image descriptor found");
    }
}
