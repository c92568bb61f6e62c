package dev.noisediffusion.image;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** A line of words as a picture. */
public final class Caption {
    private static final Color WORDS = new Color(0xc8c8cc);
    private static final double FONT_SHARE = 0.55;
    private static final double MARGIN_SHARE = 0.3;

    private Caption() {}

    /**
     * Light words in the middle of a dark strip, made smaller where they would not fit. A system without fonts, as
     * servers may be, gives the strip alone.
     *
     * @param width of the strip, in pixels
     * @param height of the strip, in pixels
     */
    public static Picture of(String words, int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(new Color(Montage.GAP_COLOUR));
            graphics.fillRect(0, 0, width, height);
            if (!words.isBlank()) {
                Lettering.attempt(() -> line(words, width, height, graphics)).ifPresent(line -> line.draw(graphics));
            }
        } finally {
            graphics.dispose();
        }
        return Pictures.of(image);
    }

    private record Line(TextLayout words, float x, float y) {
        void draw(Graphics2D graphics) {
            graphics.setColor(WORDS);
            words.draw(graphics, x, y);
        }
    }

    private static Line line(String words, int width, int height, Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        var font = new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) (height * FONT_SHARE));
        double room = Math.max(1, width - 2 * MARGIN_SHARE * height);
        double wide = new TextLayout(words, font, graphics.getFontRenderContext()).getAdvance();
        if (wide > room) {
            font = font.deriveFont((float) (font.getSize2D() * room / wide));
        }
        var layout = new TextLayout(words, font, graphics.getFontRenderContext());
        // Capitals decide the middle, so that captions with and without descenders stand on one line.
        Rectangle2D capital = new TextLayout("H", font, graphics.getFontRenderContext()).getBounds();
        return new Line(layout, (width - layout.getAdvance()) / 2, (float) ((height + capital.getHeight()) / 2));
    }
}
