package dev.noisediffusion.morph;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.Picture;

/**
 * A picture that the morph passes through.
 *
 * @param name for people, usually the file's
 * @param picture of any size
 * @param crop which part of it is used
 */
public record Keyframe(String name, Picture picture, Crop crop) {
    public Keyframe(String name, Picture picture) {
        this(name, picture, Crop.CENTER);
    }
}
