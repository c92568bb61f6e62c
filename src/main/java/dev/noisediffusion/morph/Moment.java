package dev.noisediffusion.morph;

/**
 * A moment on the way from one keyframe to the next, as a share of its time in lowest terms: so the fourth of eight
 * frames and the eighth of sixteen are the same. 0/1 is the first keyframe itself.
 *
 * @param step at least 0
 * @param steps above {@code step}
 */
public record Moment(int step, int steps) {
    /** The moment of a keyframe. */
    public static final Moment START = new Moment(0, 1);

    public Moment {
        if (step < 0 || steps <= step) {
            throw new IllegalArgumentException(
                    "Expected a step below the number of steps, found " + step + "/" + steps);
        }
        int divisor = greatestCommonDivisor(step, steps);
        step /= divisor;
        steps /= divisor;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /** In [0, 1). */
    public double time() {
        return (double) step / steps;
    }

    /** The same moment in a film that is played backwards; a keyframe stays. */
    Moment reversed() {
        return step == 0 ? this : new Moment(steps - step, steps);
    }
}
