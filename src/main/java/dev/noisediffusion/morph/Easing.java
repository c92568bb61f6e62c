package dev.noisediffusion.morph;

import java.util.List;

/** How a morph moves from one keyframe to the next. Every easing keeps 0 at 0 and 1 at 1 and never turns back. */
public sealed interface Easing {
    /**
     * Where the morph is.
     *
     * @param t the share of the time that has passed, in [0, 1]
     * @return the fraction of the way, in [0, 1]
     */
    double apply(double t);

    /** The same movement seen in a film that is played backwards. */
    Easing reversed();

    /** The movements with a name. */
    enum Preset implements Easing {
        /** At one speed. */
        LINEAR,
        /** Slowly away from the first picture. */
        EASE_IN,
        /** Slowly towards the second. */
        EASE_OUT,
        /** Slowly away and slowly on: the smoothstep polynomial {@code 3 t^2 - 2 t^3}. */
        EASE_IN_OUT;

        @Override
        public double apply(double t) {
            return switch (this) {
                case LINEAR -> t;
                case EASE_IN -> t * t;
                case EASE_OUT -> t * (2 - t);
                case EASE_IN_OUT -> t * t * (3 - 2 * t);
            };
        }

        @Override
        public Easing reversed() {
            return switch (this) {
                case LINEAR, EASE_IN_OUT -> this;
                case EASE_IN -> EASE_OUT;
                case EASE_OUT -> EASE_IN;
            };
        }
    }

    /**
     * A cubic Bezier curve from (0, 0) to (1, 1), time to the right and the way upwards, as {@code cubic-bezier} of CSS
     * Easing Functions Level 1. Its control points stay in the unit square, so that it never leaves the way.
     *
     * @param x1 of the first control point, in [0, 1]
     * @param y1 of the first control point, in [0, 1]
     * @param x2 of the second control point, in [0, 1]
     * @param y2 of the second control point, in [0, 1]
     */
    record Curve(double x1, double y1, double x2, double y2) implements Easing {
        /** Bisection steps: each halves the error, so that 50 reach the last bits of a double. */
        private static final int HALVINGS = 50;

        public Curve {
            requireShare("x1", x1);
            requireShare("y1", y1);
            requireShare("x2", x2);
            requireShare("y2", y2);
        }

        @Override
        public double apply(double t) {
            if (t <= 0 || t >= 1) {
                return t <= 0 ? 0 : 1;
            }
            double low = 0;
            double high = 1;
            for (int i = 0; i < HALVINGS; i++) {
                double middle = (low + high) / 2;
                if (bezier(x1, x2, middle) < t) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return Math.clamp(bezier(y1, y2, (low + high) / 2), 0, 1);
        }

        private static double bezier(double first, double second, double s) {
            double rest = 1 - s;
            return 3 * rest * rest * s * first + 3 * rest * s * s * second + s * s * s;
        }

        @Override
        public Easing reversed() {
            return new Curve(1 - x2, 1 - y2, 1 - x1, 1 - y1);
        }
    }

    /**
     * Stands still on the pictures and moves at one speed between.
     *
     * @param before share of the time on the first picture, in [0, 1]
     * @param after share of the time on the second; together less than 1
     */
    record Hold(double before, double after) implements Easing {
        public Hold {
            requireShare("hold before", before);
            requireShare("hold after", after);
            if (before + after >= 1) {
                throw new IllegalArgumentException(
                        "Expected holds that leave time to move, found " + before + " and " + after);
            }
        }

        @Override
        public double apply(double t) {
            return t >= 1 ? 1 : Math.clamp((t - before) / (1 - before - after), 0, 1);
        }

        @Override
        public Easing reversed() {
            return new Hold(after, before);
        }
    }

    /**
     * So that the eye sees one speed. How fast a morph changes is known only to the model: {@link MorphRenderer#paced}
     * measures it and puts a {@link Measured} in place of this. Until then it moves linearly.
     */
    record ConstantSpeed() implements Easing {
        @Override
        public double apply(double t) {
            return t;
        }

        @Override
        public Easing reversed() {
            return this;
        }
    }

    /**
     * Constant speed, once it was measured.
     *
     * @param travelled the share of the whole perceptual distance that lies behind the fractions 0, 1/n, ..., 1; from 0
     *     to 1, growing strictly
     */
    record Measured(List<Double> travelled) implements Easing {
        public Measured {
            travelled = List.copyOf(travelled);
            if (travelled.size() < 2 || travelled.getFirst() != 0 || travelled.getLast() != 1) {
                throw new IllegalArgumentException("Expected shares of a distance from 0 to 1, found " + travelled);
            }
            for (int i = 1; i < travelled.size(); i++) {
                if (!(travelled.get(i) > travelled.get(i - 1))) {
                    throw new IllegalArgumentException("Expected growing shares of a distance, found " + travelled);
                }
            }
        }

        /** The fraction behind which the share t of the distance lies, linear between the places that were measured. */
        @Override
        public double apply(double t) {
            int pieces = travelled.size() - 1;
            int piece = 0;
            while (piece < pieces - 1 && travelled.get(piece + 1) < t) {
                piece++;
            }
            double from = travelled.get(piece);
            double inside = (t - from) / (travelled.get(piece + 1) - from);
            return Math.clamp((piece + inside) / pieces, 0, 1);
        }

        @Override
        public Measured reversed() {
            return new Measured(
                    travelled.reversed().stream().map(share -> 1 - share).toList());
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("Expected " + name + " in [0, 1], found " + value);
        }
    }
}
