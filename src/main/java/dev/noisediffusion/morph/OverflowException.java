package dev.noisediffusion.morph;

import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.Trouble;

/** A model has made infinite values or NaN: its numbers grew beyond what its device computes with. */
public final class OverflowException extends IllegalStateException implements Trouble.Carrier {
    OverflowException() {
        super("The model's numbers have grown too large to compute with, so there is no picture: choose the"
                + " processor or another device, or a lesser depth.");
    }

    @Override
    public Trouble trouble() {
        return ModelRefusal.OVERFLOWED.with();
    }
}
