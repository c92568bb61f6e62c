package dev.noisediffusion.critic;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.tensor.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trained critic of one model's frames. Its network starts with the first judgement. Safe for any thread; one judgement at a
 * time.
 */
public final class Critic implements AutoCloseable {
    private final String modelId;
    private final CriticReport report;
    private final Calibration calibration;
    private final float[] parameters;
    private final NativeArrays arrays;
    private @Nullable CriticNet net;
    private boolean closed;

    /** Takes the parameters over. */
    Critic(String modelId, CriticReport report, Calibration calibration, float[] parameters, NativeArrays arrays) {
        this.modelId = modelId;
        this.report = report;
        this.calibration = calibration;
        this.parameters = parameters;
        this.arrays = arrays;
    }

    /** The id of the model whose frames it knows. */
    public String modelId() {
        return modelId;
    }

    /** What it was found to be worth. */
    public CriticReport report() {
        return report;
    }

    Calibration calibration() {
        return calibration;
    }

    float[] parameters() {
        return parameters.clone();
    }

    /**
     * Judges a picture of the model's size.
     *
     * @throws CriticException if its report is too poor for it to score, or its network does not run on this computer
     * @throws IllegalStateException if it is closed
     */
    public Judgement judge(Picture picture) throws CriticException {
        Optional<String> refusal = report.refusal();
        if (refusal.isPresent()) {
            throw new CriticException(new Trouble.InEnglish(refusal.get()), refusal.get(), null);
        }
        Tensor evidence = evidence(picture.toTensor());
        var heat = new float[evidence.size()];
        double sum = 0;
        for (int i = 0; i < heat.length; i++) {
            heat[i] = (float) calibration.probability(evidence.get(i));
            sum += evidence.get(i);
        }
        return new Judgement(calibration.probability(sum / heat.length), Tensor.wrap(evidence.shape(), heat));
    }

    private synchronized Tensor evidence(Tensor pixels) throws CriticException {
        if (closed) {
            throw new IllegalStateException("The critic has been closed and judges no more.");
        }
        if (net == null) {
            net = CriticNet.started(() -> CriticNet.of(parameters, arrays));
        }
        return net.evidence(pixels);
    }

    /** Frees native memory; waits for a judgement in progress. Safe to call twice. */
    @Override
    public synchronized void close() {
        closed = true;
        if (net != null) {
            net.close();
            net = null;
        }
    }
}
