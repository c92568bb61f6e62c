package dev.noisediffusion.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
    private static byte[] bytes(int last) {
        return new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, (byte) last};
    }

    @Test
    void picturesOfTheSameSizeAndPixelsAreEqualWhetherTheirHashesAreKnownOrNot() {
        Picture one = Picture.wrap(2, 2, bytes(12));
        Picture same = Picture.wrap(2, 2, bytes(12));
        Picture pixel = Picture.wrap(2, 2, bytes(13));
        Picture shape = Picture.wrap(4, 1, bytes(12));
        for (int round = 0; round < 2; round++) {
            assertEquals(one, same);
            assertNotEquals(one, pixel);
            assertNotEquals(one, shape);
            // Makes the hashes known for the second round.
            assertEquals(one.hashCode(), same.hashCode());
            assertNotEquals(one.hash(), pixel.hash());
            assertNotEquals(one.hash(), shape.hash());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_4BYTE_ABGR})
    void aPictureIsTheSameWhicheverWayItsBytesLie(int type) {
        var image = new BufferedImage(5, 4, type);
        for (int i = 0; i < 20; i++) {
            image.setRGB(i % 5, i / 5, 0xff000000 | i * 0x0c0703);
        }
        Picture whole = Pictures.of(image);
        Picture part = Pictures.of(image.getSubimage(1, 2, 3, 2));
        assertEquals(19 * 0x0c0703, whole.pixel(4, 3));
        assertEquals(
                List.of(11 * 0x0c0703, 12 * 0x0c0703, 13 * 0x0c0703, 16 * 0x0c0703, 17 * 0x0c0703, 18 * 0x0c0703),
                IntStream.range(0, 6).mapToObj(i -> part.pixel(i % 3, i / 3)).toList());
    }

    @Test
    void greyFractionsAreTakenFromBlackToWhite() {
        var colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, Transparency.OPAQUE, DataBuffer.TYPE_FLOAT);
        var raster = colours.createCompatibleWritableRaster(5, 1);
        raster.setPixels(0, 0, 5, 1, new float[] {-1, 0.25f, 1, 7, Float.NaN});
        Picture picture = Pictures.of(new BufferedImage(colours, raster, false, null));
        assertEquals(
                List.of(0, 0x404040, 0xffffff, 0xffffff, 0),
                IntStream.range(0, 5).mapToObj(x -> picture.pixel(x, 0)).toList());
    }

    @Test
    void greyOf32BitsIsTakenFromBlackToWhite() {
        assertEquals(
                List.of(0, 0x404040, 0x808080, 0xffffff), grey(DataBuffer.TYPE_INT, 0, 0x40404040, 0x80808080, -1));
    }

    @Test
    void greyWithASignIsBlackBelowZeroAndWhiteAtItsMost() {
        assertEquals(
                List.of(0, 0, 0, 0x808080, 0xffffff),
                grey(DataBuffer.TYPE_SHORT, Short.MIN_VALUE, -1000, 0, 16384, Short.MAX_VALUE));
    }

    private static List<Integer> grey(int type, int... samples) {
        var colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, Transparency.OPAQUE, type);
        var raster = colours.createCompatibleWritableRaster(samples.length, 1);
        raster.setPixels(0, 0, samples.length, 1, samples);
        Picture picture = Pictures.of(new BufferedImage(colours, raster, false, null));
        return IntStream.range(0, samples.length)
                .mapToObj(x -> picture.pixel(x, 0))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {ColorSpace.CS_sRGB, ColorSpace.CS_LINEAR_RGB})
    void colourFractionsBeyondBlackAndWhiteStayInTheirChannels(int space) {
        var colours = new ComponentColorModel(
                ColorSpace.getInstance(space), false, false, Transparency.OPAQUE, DataBuffer.TYPE_FLOAT);
        var raster = colours.createCompatibleWritableRaster(4, 1);
        raster.setPixels(0, 0, 4, 1, new float[] {1.2f, 0, 0, -0.5f, 1, 0, 7, 7, 7, 0, Float.NaN, 1});
        Picture picture = Pictures.of(new BufferedImage(colours, raster, false, null));
        assertEquals(
                List.of(0xff0000, 0x00ff00, 0xffffff, 0x0000ff),
                IntStream.range(0, 4).mapToObj(x -> picture.pixel(x, 0)).toList());
    }

    @Test
    void translucentGreyIsLaidOverWhiteWhetherItsFileHasMultipliedItOrNot() {
        // 200 at 128 of 255 is stored as 100 where it is multiplied.
        assertEquals(0xe3e3e3, translucentGrey(false, 200).pixel(0, 0));
        assertEquals(0xe3e3e3, translucentGrey(true, 100).pixel(0, 0));
    }

    private static Picture translucentGrey(boolean premultiplied, int grey) {
        var colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                premultiplied,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        var raster = colours.createCompatibleWritableRaster(1, 1);
        raster.setPixel(0, 0, new int[] {grey, 128});
        return Pictures.of(new BufferedImage(colours, raster, premultiplied, null));
    }

    @Test
    void aProfileThatLeadsNowhereIsLeftOut() {
        var image = new BufferedImage(2, 2, BufferedImage.TYPE_3BYTE_BGR);
        byte[] link = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        assertNotSame(image, Pictures.withProfile(image, ICC_Profile.getInstance(link)));
        System.arraycopy("link".getBytes(StandardCharsets.US_ASCII), 0, link, 12, 4);
        assertSame(image, Pictures.withProfile(image, ICC_Profile.getInstance(link)));
    }

    /** Nothing is read of the picture, which here is but a hole in the file. */
    @Test
    void theTextOfAnAnimationOfGigabytesIsRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("long.apng");
        try (var png = new RandomAccessFile(file.toFile(), "rw")) {
            png.write(PngChunks.SIGNATURE);
            png.writeInt(Integer.MAX_VALUE);
            png.writeBytes("fdAT");
            png.seek(png.getFilePointer() + Integer.MAX_VALUE + 4L);
            png.write(new byte[] {0, 0, 0, 0, 'I', 'E', 'N', 'D', 0, 0, 0, 0});
        }
        PngFile.appendText(file, "recipe", "flour");
        assertEquals(Optional.of("flour"), PngFile.readText(file, "recipe"));
    }

    @Test
    void onceTheHashIsKnownNoPixelIsReadToLookAPictureUp() {
        byte[] pixels = bytes(12);
        Picture picture = Picture.wrap(2, 2, pixels);
        Picture same = Picture.wrap(2, 2, bytes(12));
        assertEquals(picture.hash(), same.hash());
        // Nobody may write to them; this test does, to see whether they are read.
        pixels[0] = 99;
        assertEquals(same.hashCode(), picture.hashCode());
        assertEquals(same, picture);
    }
}
