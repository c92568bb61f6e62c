package dev.noisediffusion.critic;

/**
 * How a critic is trained.
 *
 * @param photographs how many are used at most, at least {@link #LEAST_PHOTOGRAPHS}
 * @param calls network calls from a photograph to noise, and as many back, at least 1
 * @param updates steps of the training, over which its learning rate falls to a twentieth; at least 1
 * @param seed of everything drawn
 */
public record CriticSettings(int photographs, int calls, int updates, long seed) {
    /** Fewer cannot be divided into three parts that say anything. */
    public static final int LEAST_PHOTOGRAPHS = 20;

    /** A few minutes on two cores with the starter model. */
    public static final CriticSettings USUAL = new CriticSettings(100, 10, 300, 1);

    public CriticSettings {
        if (photographs < LEAST_PHOTOGRAPHS || calls < 1 || updates < 1) {
            throw new IllegalArgumentException("A critic needs at least " + LEAST_PHOTOGRAPHS
                    + " photographs, one network call and one step of training; found " + photographs + ", " + calls
                    + " and " + updates + ".");
        }
    }

    /** The same with other limits. */
    public CriticSettings withPhotographs(int most) {
        return new CriticSettings(most, calls, updates, seed);
    }

    /** The same with another length of the training. */
    public CriticSettings withUpdates(int number) {
        return new CriticSettings(photographs, calls, number, seed);
    }
}
