package dev.noisediffusion.image;

/**
 * The colours of a heat map: from nearly black through violet, red and orange to nearly white. Lightness climbs evenly,
 * so that twice the heat looks twice as bright, in grey and to the colour-blind as well.
 */
public final class HeatColours {
    private static final int COUNT = 256;
    private static final double DARKEST = 3;
    private static final double LIGHTEST = 97;
    private static final double FIRST_HUE = 290;
    private static final double LAST_HUE = 460;
    private static final double MOST_COLOURFUL = 78;
    private static final int[] RAMP = ramp();

    private HeatColours() {}

    private static int[] ramp() {
        var colours = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            double share = i / (COUNT - 1.0);
            double hue = Math.toRadians(FIRST_HUE + share * (LAST_HUE - FIRST_HUE));
            double chroma = MOST_COLOURFUL * Math.sin(Math.PI * share);
            colours[i] = new CieLab(
                            DARKEST + share * (LIGHTEST - DARKEST), chroma * Math.cos(hue), chroma * Math.sin(hue))
                    .toRgb();
        }
        return colours;
    }

    /**
     * A colour of the ramp.
     *
     * @param heat 0 for cold to 1 for hot; what lies beyond is as 0 or 1
     * @return 0xRRGGBB
     */
    public static int at(double heat) {
        return RAMP[(int) Math.round(Math.clamp(heat, 0.0, 1.0) * (COUNT - 1))];
    }
}
