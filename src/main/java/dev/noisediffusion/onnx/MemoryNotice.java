package dev.noisediffusion.onnx;

/**
 * The device's memory was too small, and what was done about it.
 *
 * @param pictures that a network call takes from now on; 0 where the network has moved to the CPU
 */
public record MemoryNotice(int pictures) {
    /** The network has moved. */
    static final MemoryNotice MOVED = new MemoryNotice(0);

    public boolean moved() {
        return pictures == 0;
    }
}
