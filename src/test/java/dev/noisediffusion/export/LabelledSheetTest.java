package dev.noisediffusion.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.image.Picture;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelledSheetTest {
    private static Picture plain(int colour) {
        var rgb = new byte[3 * 64 * 64];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (colour >> (16 - 8 * (i % 3)));
        }
        return Picture.wrap(64, 64, rgb);
    }

    @Test
    void cellsStandInRowsBesideTheirLabels() {
        List<Picture> cells =
                IntStream.rangeClosed(1, 6).mapToObj(i -> plain(0x202020 * i)).toList();
        Picture sheet =
                new LabelledSheet("gamma", "boundary", List.of("0", "0.5", "1"), List.of("1", "2"), cells).draw();
        assertTrue(sheet.width() > 3 * 256 && sheet.height() > 2 * 256);
        // From the lower right corner, past the margin.
        assertEquals(0xc0c0c0, sheet.pixel(sheet.width() - 21, sheet.height() - 21));
        assertEquals(0xa0a0a0, sheet.pixel(sheet.width() - 21 - 262, sheet.height() - 21));
        assertEquals(0x606060, sheet.pixel(sheet.width() - 21, sheet.height() - 21 - 262));
        assertTrue(ink(sheet, sheet.width() - 3 * 262), "labels of the rows");
        assertEquals(
                sheet,
                new LabelledSheet("gamma", "boundary", List.of("0", "0.5", "1"), List.of("1", "2"), cells).draw());
    }

    /** As the fonts of Java do on a server that has none. */
    @Test
    void withoutFontsTheCellsStandThereAlone() {
        var labelled = new LabelledSheet(
                "gamma", "boundary", List.of("0", "0.5"), List.of("1"), List.of(plain(0x202020), plain(0x404040)));
        Picture bare = labelled.draw(font -> {
            throw new InternalError("no fonts");
        });
        assertEquals(20 + 256 + 6 + 256 + 20, bare.width());
        assertEquals(0x202020, bare.pixel(20, bare.height() - 21));
        assertEquals(0x404040, bare.pixel(bare.width() - 21, bare.height() - 21));
        assertFalse(ink(bare, bare.width() + 30));
        Picture sheet = labelled.draw();
        assertTrue(ink(sheet, sheet.width() + 30));
    }

    /** Whether there is bright writing left of a column of pixels. */
    private static boolean ink(Picture sheet, int end) {
        for (int x = 0; x < end - 30; x++) {
            for (int y = 0; y < sheet.height(); y++) {
                if ((sheet.pixel(x, y) & 0xff) > 0x80) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void aMissingCellIsRefused() {
        List<Picture> cells = Collections.nCopies(3, plain(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LabelledSheet("", "", List.of("a", "b"), List.of("c", "d"), cells));
    }
}
