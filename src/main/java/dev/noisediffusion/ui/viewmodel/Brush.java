package dev.noisediffusion.ui.viewmodel;

/**
 * A round brush.
 *
 * @param radius as a part of the frame's shorter side, above 0
 * @param softness in [0, 1]: the part of the radius over which the brush fades, from the rim inwards
 * @param strength in (0, 1]: how far one stroke goes towards the mode's target
 * @param mode what it does
 */
record Brush(double radius, double softness, double strength, BrushMode mode) {
    /**
     * How much of the brush is felt at a distance from its middle: 1 in the hard core, 0 beyond the rim, and between them
     * the smoothstep polynomial, so that neither edge shows.
     *
     * @param distance in the unit of the radius
     */
    double coverage(double distance) {
        double core = radius * (1 - softness);
        if (distance <= core) {
            return 1;
        }
        if (distance >= radius) {
            return 0;
        }
        double t = (radius - distance) / (radius - core);
        return t * t * (3 - 2 * t);
    }
}
