package dev.noisediffusion.export;

import dev.noisediffusion.image.Lettering;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Pictures;
import dev.noisediffusion.image.Resampler;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pictures in rows and columns with what the axes mean written beside them, where there are fonts to write with.
 *
 * @param across what changes from column to column; blank for nothing
 * @param down what changes from row to row; blank for nothing
 * @param columns a label for each
 * @param rows a label for each
 * @param cells pictures of one size, row by row, one for each row and column
 */
public record LabelledSheet(String across, String down, List<String> columns, List<String> rows, List<Picture> cells) {
    /** A cell is enlarged by a whole factor until its width is about this. */
    private static final int CELL_WIDTH = 256;

    private static final int GAP = 6;
    private static final int MARGIN = 20;
    private static final Color GROUND = new Color(0x101114);
    private static final Color INK = new Color(0xd6d6da);
    private static final Color QUIET_INK = new Color(0x98989f);

    public LabelledSheet {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        cells = List.copyOf(cells);
        if (cells.isEmpty() || cells.size() != columns.size() * rows.size()) {
            throw new IllegalArgumentException(
                    "Expected " + columns.size() + " x " + rows.size() + " pictures, found " + cells.size());
        }
    }

    private static int multiple(int width) {
        return Math.max(1, CELL_WIDTH / width);
    }

    /** Pixels of so many cells on the sheet, without what lies around them. */
    public static long pixels(int cells, int width, int height) {
        long multiple = multiple(width);
        return cells * multiple * width * multiple * height;
    }

    /** The whole sheet as a picture. */
    public Picture draw() {
        return draw(LabelledSheet::measured);
    }

    /** @param fonts what measures the words, and fails where there are no fonts */
    Picture draw(Function<Font, FontMetrics> fonts) {
        Picture first = cells.getFirst();
        int multiple = multiple(first.width());
        int width = first.width() * multiple;
        int height = first.height() * multiple;
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(12, width / 16));
        int line = 2 * font.getSize();
        Optional<FontMetrics> metrics = Lettering.attempt(() -> fonts.apply(font));
        int left = MARGIN + metrics.map(this::widest).orElse(0);
        int top = MARGIN + (across.isBlank() ? 0 : line) + line;
        var image = new BufferedImage(
                left + columns.size() * (width + GAP) - GAP + MARGIN,
                top + rows.size() * (height + GAP) - GAP + MARGIN,
                BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setColor(GROUND);
            pen.fillRect(0, 0, image.getWidth(), image.getHeight());
            pen.setFont(font);
            for (int i = 0; i < cells.size(); i++) {
                Picture cell = Resampler.upscale(cells.get(i), multiple);
                int x = left + i % columns.size() * (width + GAP);
                int y = top + i / columns.size() * (height + GAP);
                pen.drawImage(Pictures.toBufferedImage(cell), x, y, null);
            }
            if (metrics.isPresent()) {
                label(pen, left, top, width + GAP, height + GAP);
            }
        } finally {
            pen.dispose();
        }
        return Pictures.of(image);
    }

    private static FontMetrics measured(Font font) {
        Graphics2D scratch = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY).createGraphics();
        try {
            return scratch.getFontMetrics(font);
        } finally {
            scratch.dispose();
        }
    }

    private int widest(FontMetrics metrics) {
        int widest = rows.stream().mapToInt(metrics::stringWidth).max().orElse(0);
        return Math.max(widest, metrics.stringWidth(down)) + metrics.getFont().getSize();
    }

    private void label(Graphics2D pen, int left, int top, int stepX, int stepY) {
        FontMetrics metrics = pen.getFontMetrics();
        int line = 2 * pen.getFont().getSize();
        int baseline = top - line / 2 + metrics.getAscent() / 2 - metrics.getDescent();
        pen.setColor(QUIET_INK);
        pen.drawString(across, left, baseline - line);
        pen.drawString(down, MARGIN, baseline);
        pen.setColor(INK);
        for (int i = 0; i < columns.size(); i++) {
            int center = left + i * stepX + (stepX - GAP) / 2;
            pen.drawString(columns.get(i), center - metrics.stringWidth(columns.get(i)) / 2, baseline);
        }
        for (int i = 0; i < rows.size(); i++) {
            int middle = top + i * stepY + (stepY - GAP) / 2 + metrics.getAscent() / 2;
            pen.drawString(rows.get(i), MARGIN, middle);
        }
    }
}
