package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.measure.InceptionFeatures;

/** Pictures as a network for FID sees them. */
public final class InceptionEye implements Eye {
    private final InceptionFeatures features;

    public InceptionEye(InceptionFeatures features) {
        this.features = features;
    }

    @Override
    public FeatureSpace space() {
        return FeatureSpace.INCEPTION;
    }

    @Override
    public float[] vector(Picture picture) {
        return features.of(picture);
    }
}
