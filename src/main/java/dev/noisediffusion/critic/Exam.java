package dev.noisediffusion.critic;

import dev.noisediffusion.measure.Interval;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.classification.EvaluationCalibration;
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Examines a critic's scores of held-out pictures. */
final class Exam {
    private static final int BINS = 10;

    /**
     * An answer to a question.
     *
     * @param score in [0, 1]
     */
    record Answer(double score, int pair, Optional<Invalidity> truth) {}

    private final NativeArrays arrays;
    private final List<Answer> answers;

    /** Of some answers about two pairs at least, in each of them clean and invalid pictures. */
    Exam(List<Answer> answers, NativeArrays arrays) {
        this.answers = List.copyOf(answers);
        this.arrays = arrays;
    }

    CriticReport report() {
        int n = answers.size();
        var labels = new float[2 * n];
        var scores = new float[2 * n];
        for (int i = 0; i < n; i++) {
            Answer answer = answers.get(i);
            labels[2 * i + (answer.truth().isPresent() ? 1 : 0)] = 1;
            scores[2 * i] = (float) (1 - answer.score());
            scores[2 * i + 1] = (float) answer.score();
        }
        var evaluation = new Evaluation();
        var roc = new ROC(0);
        var calibration = new EvaluationCalibration(BINS, BINS);
        try (NativeArrays.Owned truth = arrays.own(Nd4j.create(labels, n, 2));
                NativeArrays.Owned said = arrays.own(Nd4j.create(scores, n, 2))) {
            evaluation.eval(truth.get(), said.get());
            roc.eval(truth.get(), said.get());
            calibration.eval(truth.get(), said.get());
        }
        int photographs = 2
                * Math.toIntExact(
                        answers.stream().mapToInt(Answer::pair).distinct().count());
        return new CriticReport(
                photographs, n, evaluation.accuracy(), interval(roc.calculateAUC()), error(calibration), byKind());
    }

    private double error(EvaluationCalibration calibration) {
        INDArray counts = calibration.getRDiagBinTotalCount();
        INDArray invalid = calibration.getRDiagBinPosCount();
        INDArray sums = calibration.getRDiagBinSumPredictions();
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(sums.getDouble(bin, 1) - invalid.getDouble(bin, 1));
        }
        double total = 0;
        for (int bin = 0; bin < BINS; bin++) {
            total += counts.getDouble(bin, 1);
        }
        return error / total;
    }

    /** A bootstrap over the three pairs of a small training would hardly look beyond the worst of them. */
    private Interval interval(double auc) {
        double[] left = answers.stream()
                .mapToInt(Answer::pair)
                .distinct()
                .mapToDouble(this::areaWithout)
                .toArray();
        Interval range = Interval.student(auc, Interval.jackknifeError(left), left.length - 1, left.length);
        return new Interval(auc, Math.max(0, range.low()), Math.min(1, range.high()), range.count());
    }

    private double areaWithout(int pair) {
        return area(answers.stream().filter(answer -> answer.pair() != pair).toList());
    }

    private Map<Invalidity, Double> byKind() {
        var areas = new EnumMap<Invalidity, Double>(Invalidity.class);
        for (Invalidity kind : Invalidity.values()) {
            List<Answer> ofKind = answers.stream()
                    .filter(answer -> answer.truth().equals(Optional.of(kind)))
                    .toList();
            if (!ofKind.isEmpty()) {
                Stream<Answer> clean =
                        answers.stream().filter(answer -> answer.truth().isEmpty());
                areas.put(kind, area(Stream.concat(clean, ofKind.stream()).toList()));
            }
        }
        return areas;
    }

    /** The area by the ranks (Mann and Whitney 1947), ties at their mean rank. */
    static double area(List<Answer> answers) {
        List<Answer> sorted = answers.stream()
                .sorted(Comparator.comparingDouble(Answer::score))
                .toList();
        double ranks = 0;
        double invalid = 0;
        int from = 0;
        while (from < sorted.size()) {
            int to = from;
            int ofInvalid = 0;
            while (to < sorted.size()
                    && sorted.get(to).score() == sorted.get(from).score()) {
                ofInvalid += sorted.get(to).truth().isPresent() ? 1 : 0;
                to++;
            }
            ranks += ofInvalid * (from + 1 + to) / 2.0;
            invalid += ofInvalid;
            from = to;
        }
        double clean = sorted.size() - invalid;
        return (ranks - invalid * (invalid + 1) / 2) / (invalid * clean);
    }
}
