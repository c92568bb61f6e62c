package dev.noisediffusion.onnx;

import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.model.ModelException;

/** A call found a part of its model closed, and it could not be opened again. */
final class UnopenedException extends IllegalStateException implements Trouble.Carrier {
    private final transient Trouble trouble;

    UnopenedException(ModelException cause) {
        super(cause.getMessage(), cause);
        this.trouble = cause.trouble();
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }
}
