package dev.noisediffusion.library;

/**
 * What came of comparing a file with its checksum.
 *
 * @param path within the model's folder
 */
public record FileCheck(String path, Verdict verdict) {
    /** Good, unknown and bad. */
    public enum Verdict {
        /** As published. */
        VERIFIED,
        /** No checksum was published; as it was when the model's {@code studio.json} was written, by a download or by its maker. */
        UNCHANGED,
        /** There is no checksum to compare with. */
        NOT_VERIFIED,
        /** Not as it should be. */
        DAMAGED,
        /** Should be there and is not. */
        MISSING;

        /** Whether the file cannot be trusted. */
        public boolean isBad() {
            return this == DAMAGED || this == MISSING;
        }
    }
}
