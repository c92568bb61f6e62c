package dev.noisediffusion.critic;

import dev.noisediffusion.measure.Interval;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a critic was found to be worth, on pictures made from photographs it has never seen.
 *
 * @param photographs held out
 * @param pictures made from them, half of them with invalid noise
 * @param accuracy the share it judges right at a score of one half, in [0, 1]
 * @param auc area under the receiver operating characteristic: how probably a picture with artifacts scores above one without,
 *     and its 95 % interval by Student's t, within [0, 1], with the jackknife's error over the pairs of photographs; the count
 *     is that of the pairs
 * @param calibrationError the mean gap between score and share of artifacts in ten bins, weighed by their counts (Guo et al.
 *     2017), in [0, 1]
 * @param aucByKind the area for each kind of invalid noise against all clean pictures
 */
public record CriticReport(
        int photographs,
        int pictures,
        double accuracy,
        Interval auc,
        double calibrationError,
        Map<Invalidity, Double> aucByKind) {
    /** The lower end of the interval of the area must reach this. */
    public static final double LEAST_AUC = 0.75;

    /** The calibration error may be this at most. */
    public static final double MOST_CALIBRATION_ERROR = 0.2;

    public CriticReport {
        aucByKind = Map.copyOf(aucByKind);
    }

    /** Why the critic does not score; empty where it is good enough to. */
    public Optional<String> refusal() {
        if (auc.low() < LEAST_AUC) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "This critic tells artifacts from photographs too badly to score: on held-out photographs its AUC is"
                            + " %.2f (95 %% interval %.2f to %.2f; it must be surely above %.2f). Train it again with more"
                            + " photographs of what the model knows.",
                    auc.mean(),
                    auc.low(),
                    auc.high(),
                    LEAST_AUC));
        }
        if (calibrationError > MOST_CALIBRATION_ERROR) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "This critic's scores are no probabilities: on held-out photographs they are off by %.2f on average (at"
                            + " most %.2f). Train it again with more photographs.",
                    calibrationError,
                    MOST_CALIBRATION_ERROR));
        }
        return Optional.empty();
    }
}
