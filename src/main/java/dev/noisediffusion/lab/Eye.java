package dev.noisediffusion.lab;

import dev.noisediffusion.image.Picture;

/** Sees pictures as vectors of features. */
public interface Eye {
    /** The features; one eye of a run for each. */
    FeatureSpace space();

    /** The features of a picture at the model's size: as many values for all. Equal pictures have equal ones. */
    float[] vector(Picture picture);
}
