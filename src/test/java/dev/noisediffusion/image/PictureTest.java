package dev.noisediffusion.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

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
