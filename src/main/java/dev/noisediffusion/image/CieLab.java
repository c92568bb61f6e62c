package dev.noisediffusion.image;

/**
 * A colour as the eye compares it: CIE L*a*b* under D65 (ISO/CIE 11664-4). Equal distances look about equally far apart.
 *
 * @param lightness L*, 0 for black to 100 for white
 * @param a from green, negative, to red
 * @param b from blue, negative, to yellow
 */
public record CieLab(double lightness, double a, double b) {
    private static final double[] LINEAR = linear();
    private static final double WHITE_X = 0.95047;
    private static final double WHITE_Z = 1.08883;
    private static final double KNEE = 6.0 / 29;

    private static double[] linear() {
        var values = new double[256];
        for (int i = 0; i < values.length; i++) {
            double s = i / 255.0;
            values[i] = s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4);
        }
        return values;
    }

    /**
     * The colour of an sRGB pixel.
     *
     * @param rgb 0xRRGGBB; what lies above is ignored
     */
    public static CieLab ofRgb(int rgb) {
        return ofLinear(linear(rgb >> 16), linear(rgb >> 8), linear(rgb));
    }

    /** A channel of an sRGB pixel, in its lowest byte, as light in [0, 1]. */
    static double linear(int channel) {
        return LINEAR[channel & 0xff];
    }

    /** The colour of light, each channel in [0, 1]. */
    static CieLab ofLinear(double red, double green, double blue) {
        double x = f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / WHITE_X);
        double y = f(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
        double z = f((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / WHITE_Z);
        return new CieLab(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double f(double t) {
        return t > KNEE * KNEE * KNEE ? Math.cbrt(t) : t / (3 * KNEE * KNEE) + 4.0 / 29;
    }

    private static double inverse(double t) {
        return t > KNEE ? t * t * t : 3 * KNEE * KNEE * (t - 4.0 / 29);
    }

    /** Delta E*ab, the distance of two colours: 100 from black to white, about 2.3 where the eye begins to see one. */
    public double distance(CieLab other) {
        double dl = lightness - other.lightness;
        double da = a - other.a;
        double db = b - other.b;
        return Math.sqrt(dl * dl + da * da + db * db);
    }

    /** The sRGB pixel 0xRRGGBB; a colour that the screen cannot show pales, at its own lightness, until it can. */
    public int toRgb() {
        for (int paled = 0; paled < 50; paled++) {
            double share = 1 - paled / 50.0;
            double[] rgb = linearRgb(share);
            if (isShown(rgb)) {
                return pixel(rgb);
            }
        }
        return pixel(linearRgb(0));
    }

    private double[] linearRgb(double colourfulness) {
        double y = (lightness + 16) / 116;
        double x = WHITE_X * inverse(y + colourfulness * a / 500);
        double z = WHITE_Z * inverse(y - colourfulness * b / 200);
        double yLinear = inverse(y);
        return new double[] {
            3.2404542 * x - 1.5371385 * yLinear - 0.4985314 * z,
            -0.9692660 * x + 1.8760108 * yLinear + 0.0415560 * z,
            0.0556434 * x - 0.2040259 * yLinear + 1.0572252 * z
        };
    }

    private static boolean isShown(double[] rgb) {
        for (double value : rgb) {
            if (value < -1e-4 || value > 1 + 1e-4) {
                return false;
            }
        }
        return true;
    }

    private static int pixel(double[] linear) {
        int rgb = 0;
        for (double value : linear) {
            double clipped = Math.clamp(value, 0.0, 1.0);
            double s = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * Math.pow(clipped, 1 / 2.4) - 0.055;
            rgb = rgb << 8 | (int) Math.round(255 * s);
        }
        return rgb;
    }
}
