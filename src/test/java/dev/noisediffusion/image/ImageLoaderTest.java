package dev.noisediffusion.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLoaderTest {
    private final ImageLoader loader = new ImageLoader();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff"})
    void losslessFormatsComeBackExactly(String format) throws IOException {
        Picture picture = TestImages.waves(37, 23, 1);
        Path file = Files.write(folder.resolve("a." + format), TestImages.encode(picture, format));

        assertEquals(picture, loader.load(file));
    }

    @Test
    void aJpegComesBackNearly() throws IOException {
        Picture picture = TestImages.waves(64, 48, 1);

        assertTrue(TestImages.psnr(picture, loader.load(TestImages.encode(picture, "jpeg"), "a.jpg")) > 32);
    }

    @Test
    void theNameDoesNotMatterButTheContentsDo() throws IOException {
        Picture picture = TestImages.waves(16, 16, 0);
        Path file = Files.write(folder.resolve("really-a-png.jpg"), TestImages.encode(picture, "png"));

        assertEquals(picture, loader.load(file));
    }

    @Test
    void anAnimatedGifGivesItsFirstFrame() throws IOException {
        Picture loaded = loader.load(TestImages.animatedGif(20, 10, 0xff0000, 0x00ff00, 0x0000ff), "a.gif");

        assertEquals(TestImages.plain(20, 10, 0xff0000), loaded);
    }

    @Test
    void aWebpIsRead() throws IOException {
        byte[] simple = Base64.getDecoder().decode("UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAAAfQ//73v/+BiOh/AAA=");
        assertEquals(1, loader.load(simple, "a.webp").width());

        Picture extended = loader.load(TestImages.webp(1), "a.webp");
        assertEquals(2, extended.width());
        assertEquals(0xe60000, extended.pixel(0, 0));
        assertEquals(0x00e600, extended.pixel(1, 0));
    }

    @Test
    void sixteenBitsAreRoundedToEight() throws IOException {
        var samples = new byte[2 * (1 + 2 * 6)];
        for (int y = 0, at = 0; y < 2; y++) {
            at++;
            for (int i = 0; i < 6; i++) {
                samples[at++] = (byte) (40 * i);
                samples[at++] = (byte) (40 * i);
            }
        }
        byte[] png = TestImages.png(2, 2, samples);
        png[24] = 16;
        Picture picture = loader.load(png, "deep.png");

        assertEquals(0x002850, picture.pixel(0, 0));
        assertEquals(0x78a0c8, picture.pixel(1, 1));
    }

    @Test
    void aSixteenBitGreyPngKeepsItsTones() throws IOException {
        var image = new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setPixels(0, 0, 4, 1, new int[] {0, 0x4040, 0x8080, 0xffff});
        Picture picture = loader.load(TestImages.encode(image, "png"), "grey.png");

        assertEquals(0x404040, picture.pixel(1, 0));
        assertEquals(0x808080, picture.pixel(2, 0));
        assertEquals(0xffffff, picture.pixel(3, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "bmp"})
    void greyPicturesAreNotBrightened(String format) throws IOException {
        var image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, 16, 16, filled(256, 100));
        int pixel = loader.load(TestImages.encode(image, format), "grey").pixel(8, 8);

        assertEquals(100, pixel & 0xff, 1);
        assertEquals(pixel & 0xff, pixel >> 16);
    }

    @Test
    void aPaletteIsLookedUp() throws IOException {
        var palette = new IndexColorModel(
                2, 3, new byte[] {10, 20, (byte) 200}, new byte[] {0, 90, 100}, new byte[] {1, 2, 3});
        var image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 1, 2});
        Picture picture = loader.load(TestImages.encode(image, "png"), "palette.png");

        assertEquals(0x0a0001, picture.pixel(0, 0));
        assertEquals(0xc86403, picture.pixel(2, 0));
    }

    @Test
    void transparencyIsLaidOverWhite() throws IOException {
        var image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00123456);
        image.setRGB(1, 0, 0x80000000);
        image.setRGB(2, 0, 0xff123456);
        Picture picture = loader.load(TestImages.encode(image, "png"), "cut-out.png");

        assertEquals(0xffffff, picture.pixel(0, 0));
        assertEquals(0x7f7f7f, picture.pixel(1, 0));
        assertEquals(0x123456, picture.pixel(2, 0));
    }

    @Test
    void aCmykJpegShowsItsColours() throws IOException {
        int cyan = loader.load(TestImages.cmykJpeg(16, 16, 0, 255, 255, 255), "cyan.jpg")
                .pixel(8, 8);
        int yellow = loader.load(TestImages.cmykJpeg(16, 16, 255, 255, 0, 255), "yellow.jpg")
                .pixel(8, 8);

        assertTrue((cyan >> 16) < 80 && (cyan & 0xff) > 180, "cyan: " + Integer.toHexString(cyan));
        assertTrue((yellow >> 16) > 180 && (yellow & 0xff) < 80, "yellow: " + Integer.toHexString(yellow));
    }

    @Test
    void anEmbeddedProfileIsConvertedToSrgb() throws IOException {
        byte[] png = TestImages.png(1, 1, new byte[] {0, 55, 55, 55}, linearProfile());
        int pixel = loader.load(png, "linear.png").pixel(0, 0);

        assertEquals(128, pixel & 0xff, 2);
    }

    @Test
    void theColoursOfAPaletteAreConvertedToSrgbToo() throws IOException {
        byte[] tones = {0, 55, 55};
        var palette = new IndexColorModel(2, 3, tones, tones, tones, new byte[] {-1, -1, 0});
        var image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 1, 2});
        byte[] png = TestImages.encode(image, "png");
        var profiled = new ByteArrayOutputStream();
        // After the signature and the header.
        profiled.write(png, 0, 33);
        profiled.write(linearProfile());
        profiled.write(png, 33, png.length - 33);
        Picture picture = loader.load(profiled.toByteArray(), "linear.png");

        assertEquals(0, picture.pixel(0, 0) & 0xff, 1);
        assertEquals(128, picture.pixel(1, 0) & 0xff, 2);
        assertEquals(0xffffff, picture.pixel(2, 0));
    }

    private static byte[] linearProfile() throws IOException {
        ICC_Profile linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB);
        var chunk = new ByteArrayOutputStream();
        chunk.write(new byte[] {'p', 0, 0});
        chunk.write(TestImages.deflate(linear.getData()));
        return TestImages.chunk("iCCP", chunk.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 1, 0", "2, 1, 0, 0, 0", "3, 1, 1, 0, 1", "4, 0, 1, 1, 1",
        "5, 0, 0, 0, 1", "6, 1, 0, 1, 1", "7, 1, 1, 1, 0", "8, 0, 1, 0, 0"
    })
    void theOrientationIsObeyed(int orientation, int redX, int redY, int greenX, int greenY) throws IOException {
        // Stored: red at the top left, green at the top right, of a picture twice as wide as high.
        byte[] jpeg = TestImages.withOrientation(TestImages.encode(marked(64, 32), "jpeg"), orientation);
        Picture picture = loader.load(jpeg, "turned.jpg");

        assertEquals(orientation < 5 ? 64 : 32, picture.width());
        assertEquals(orientation < 5 ? 32 : 64, picture.height());
        int red = corner(picture, redX, redY);
        int green = corner(picture, greenX, greenY);
        assertTrue((red >> 16) > 180 && (red >> 8 & 0xff) < 80, "red: " + Integer.toHexString(red));
        assertTrue((green >> 16) < 80 && (green >> 8 & 0xff) > 180, "green: " + Integer.toHexString(green));
    }

    @Test
    void theOrientationOfAPngIsObeyed() throws IOException {
        byte[] png =
                TestImages.png(2, 1, new byte[] {0, 1, 2, 3, 4, 5, 6}, TestImages.chunk("eXIf", TestImages.exif(6)));

        assertEquals(2, loader.load(png, "turned.png").height());
    }

    /** A red pixel is stored on the left of a green one. */
    @ParameterizedTest
    @ValueSource(strings = {"webp", "tiff"})
    void theOrientationOfAWebpOrTiffIsObeyed(String format) throws IOException {
        Picture quarter = loader.load(turned(format, 6), "turned." + format);
        assertEquals(1, quarter.width());
        assertEquals(2, quarter.height());
        assertEquals(0xe60000, quarter.pixel(0, 0));
        assertEquals(0x00e600, quarter.pixel(0, 1));

        Picture half = loader.load(turned(format, 3), "turned." + format);
        assertEquals(2, half.width());
        assertEquals(0x00e600, half.pixel(0, 0));
        assertEquals(0xe60000, half.pixel(1, 0));
    }

    private static byte[] turned(String format, int orientation) {
        return format.equals("webp") ? TestImages.webp(orientation) : TestImages.tiff(orientation);
    }

    @Test
    void aLargePictureIsKeptSmaller() throws IOException {
        var strict = new ImageLoader(new ImageLimits(1_000_000, 100_000, 15_000, 80));
        Picture picture = strict.load(TestImages.encode(TestImages.waves(300, 200, 0), "png"), "large.png");

        assertEquals(80, picture.width());
        assertEquals(53, picture.height());
        assertTrue(TestImages.psnr(TestImages.waves(80, 53, 0), picture) > 30);
    }

    /** Every second pixel alone is white or black. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp", "tiff"})
    void aFineGridOfALargePictureTurnsGreyInsteadOfAliasing(String format) throws IOException {
        var strict = new ImageLoader(new ImageLimits(1_000_000, 100_000, 1_000, 80));
        Picture grid = TestImages.plain(61, 60, 0xffffff);
        for (int y = 0; y < 60; y++) {
            for (int x = y % 2; x < 61; x += 2) {
                Arrays.fill(grid.bytes(), 3 * (61 * y + x), 3 * (61 * y + x) + 3, (byte) 0);
            }
        }
        Picture picture = strict.load(TestImages.encode(grid, format), "grid." + format);

        assertEquals(30, picture.width());
        assertEquals(30, picture.height());
        for (int i = 0; i < 900; i++) {
            assertEquals(127.5, picture.pixel(i % 30, i / 30) & 0xff, 6);
        }
    }

    @Test
    void aPanoramaKeepsItsRows() throws IOException {
        Picture panorama = TestImages.waves(6_000, 1_000, 1);

        assertEquals(panorama, loader.load(TestImages.encode(panorama, "png"), "panorama.png"));
    }

    @ParameterizedTest
    @CsvSource({"6000, 4000, 4096, 2731", "300, 6000, 300, 6000", "6001, 2500, 4916, 2048", "9000, 999, 8192, 909"})
    void whatIsKeptStaysAsItIs(int width, int height, int keptWidth, int keptHeight) {
        Picture kept = ImageLimits.DEFAULT.fit(TestImages.plain(width, height, 0x808080));

        assertEquals(keptWidth, kept.width());
        assertEquals(keptHeight, kept.height());
        assertSame(kept, ImageLimits.DEFAULT.fit(kept));
    }

    @Test
    void aTiffOfAPhotoProgramIsRead() throws IOException {
        int[] samples = {0, 300, 65_535, 256, 65_000, 40_000, 12_345, 1, 2, 60_000, 500, 33_000};
        Picture picture = loader.load(TestImages.deepTiff(2, 2, samples), "deep.tif");

        for (int i = 0; i < samples.length; i++) {
            int expected = (int) Math.round(samples[i] / 257.0);
            assertEquals(expected, picture.bytes()[i] & 0xff, 1, "sample " + i);
        }
    }

    @Test
    void ofMoreThan25MegapixelsSquaresBecomeOne() {
        assertEquals(1, ImageLimits.DEFAULT.subsampling(5_000, 5_000));
        assertEquals(2, ImageLimits.DEFAULT.subsampling(5_001, 5_000));
        assertEquals(2, ImageLimits.DEFAULT.subsampling(10_000, 10_000));
    }

    @Test
    void aHundredMegapixelsAreReadInBoundedMemory() throws IOException {
        var rows = new byte[10_000 * (1 + 3 * 10_000)];
        byte[] png = TestImages.png(10_000, 10_000, rows);
        Picture picture = loader.load(png, "huge.png");

        assertEquals(4096, picture.width());
        assertEquals(4096, picture.height());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
    void everyCutIsAnErrorAndNothingElse(String format) throws IOException {
        byte[] whole = TestImages.encode(TestImages.waves(64, 64, 0), format);
        for (int length = 1; length < whole.length - 64; length += Math.max(1, whole.length / 40)) {
            byte[] cut = Arrays.copyOf(whole, length);
            ImageException error =
                    assertThrows(ImageException.class, () -> loader.load(cut, "cut"), "at " + cut.length);
            assertSentence(error, "cut");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp", "tiff"})
    void noDamagedByteEscapesAsAnotherError(String format) throws IOException {
        byte[] whole = TestImages.encode(TestImages.waves(24, 24, 0), format);
        for (int at = 0; at < Math.min(whole.length, 400); at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) 0xff;
            try {
                loader.load(damaged, "damaged");
            } catch (ImageException e) {
                assertSentence(e, "damaged");
            }
        }
    }

    @Test
    void textOfAPngComesBack() throws IOException {
        Path file = folder.resolve("text.png");
        String text = "{\"title\": \"Blüte → 花\"}\n".repeat(300);
        PngFile.write(TestImages.waves(8, 8, 0), file, Map.of("recipe", text));

        assertEquals(text, PngFile.readText(file, "recipe").orElseThrow());
        assertTrue(PngFile.readText(file, "other").isEmpty());
        assertEquals(TestImages.waves(8, 8, 0), loader.load(file));
    }

    static void assertSentence(Exception error, String name) {
        String message = String.valueOf(error.getMessage());
        assertTrue(message.contains('"' + name + '"') && message.endsWith("."), message);
        assertFalse(message.contains("Exception"), message);
    }

    private static Picture marked(int width, int height) {
        var rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            boolean top = i / width < height / 2;
            boolean left = i % width < width / 2;
            rgb[3 * i + (left ? 0 : 1)] = (byte) (top ? 230 : 0);
        }
        return Picture.wrap(width, height, rgb);
    }

    private static int corner(Picture picture, int right, int bottom) {
        return picture.pixel(picture.width() * (1 + 2 * right) / 4, picture.height() * (1 + 2 * bottom) / 4);
    }

    private static int[] filled(int length, int value) {
        var values = new int[length];
        Arrays.fill(values, value);
        return values;
    }
}
