package dev.noisediffusion.lab;

/** Features in which the frames of a cell are compared, as a set, with the pictures of all pairs. */
public enum FeatureSpace {
    /** The narrowest block of the denoiser itself. */
    BOTTLENECK(
            "bottleneck",
            "set-kernel",
            "set-frechet",
            "the denoiser's own bottleneck features",
            "Frames and pictures as sets",
            "Distance of the frames in the middle (of the first seed) from the pictures, in the denoiser's own bottleneck"
                    + " features: neither FID nor KID. Both distances compare only with numbers from as many pairs.",
            "kernel distance x 1000",
            "Frechet distance"),
    /** The network for FID that the user has given. */
    INCEPTION(
            "inception",
            "kid",
            "fid",
            "the features of the network for FID that was given",
            "FID and KID",
            "Distance of the frames in the middle (of the first seed) from the pictures, in the features of the network for FID"
                    + " that was given (see Recipe). So few frames make the FID far too large; the KID (cubic kernel) is a"
                    + " little too small, since the frames were made of these very pictures. Both compare only with numbers"
                    + " from as many pairs, never with published ones.",
            "KID x 1000",
            "FID");

    private final String key;
    private final String kernelKey;
    private final String frechetKey;
    private final String name;
    private final String title;
    private final String meaning;
    private final String kernelTitle;
    private final String frechetTitle;

    FeatureSpace(
            String key,
            String kernelKey,
            String frechetKey,
            String name,
            String title,
            String meaning,
            String kernelTitle,
            String frechetTitle) {
        this.key = key;
        this.kernelKey = kernelKey;
        this.frechetKey = frechetKey;
        this.name = name;
        this.title = title;
        this.meaning = meaning;
        this.kernelTitle = kernelTitle;
        this.frechetTitle = frechetTitle;
    }

    /** As in results files. */
    String key() {
        return key;
    }

    /** The squared maximum mean discrepancy, as in tables. */
    String kernelKey() {
        return kernelKey;
    }

    /** The Frechet distance, as in tables. */
    String frechetKey() {
        return frechetKey;
    }

    /** What the features are called, in English. */
    String featureName() {
        return name;
    }

    /** Of the distances in it, for people, in English. */
    String title() {
        return title;
    }

    /** What the distances mean, in a few sentences. */
    String meaning() {
        return meaning;
    }

    String kernelTitle() {
        return kernelTitle;
    }

    String frechetTitle() {
        return frechetTitle;
    }
}
