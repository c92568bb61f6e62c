package dev.noisediffusion.app;

import dev.noisediffusion.onnx.ExecutionProvider;
import dev.noisediffusion.remote.RemoteDevice;
import java.util.Locale;

/** Where the user wants networks to run. */
sealed interface DeviceChoice {
    /** The forms that {@link #parse} reads. */
    String FORMS = "auto, cpu, cuda, or http://host:port/model for a model on a server";

    /** The processor or the GPU of this computer. */
    record Here(ExecutionProvider provider) implements DeviceChoice {}

    /** A server. */
    record There(RemoteDevice device) implements DeviceChoice {}

    /** The best device of this computer. */
    static DeviceChoice automatic() {
        return new Here(ExecutionProvider.best());
    }

    /**
     * Reads a choice.
     *
     * @throws IllegalArgumentException with a sentence for the user, if it is none
     */
    static DeviceChoice parse(String text) {
        if (RemoteDevice.isAddress(text)) {
            return new There(RemoteDevice.parse(text));
        }
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "auto", "" -> automatic();
            case "cpu" -> new Here(ExecutionProvider.CPU);
            case "cuda" -> new Here(ExecutionProvider.CUDA);
            default -> throw new IllegalArgumentException("Expected " + FORMS + ", found '" + text + "'.");
        };
    }
}
